// The list: views with their counts, then rows of two lines sorted by what is due next.
import { Component, type JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Hit, Row } from "../../shared/wire";
import { Icon } from "../../shared/icons";
import { badge, VIEWS, type Badge, type ViewName } from "../inbox";
import type { Desk } from "../model";
import { fill, language, w } from "../words";
import { HitWords } from "./hit";
import { Waiting } from "./notices";
import { Availability, Team } from "./team";

export function Inbox({ desk }: { desk: Desk }): JSX.Element {
  const rows = desk.shown;
  const now = Date.now();
  return (
    <nav class="inbox" aria-label={w.inbox}>
      <h1 class="hidden">{w.desk}</h1>
      <div class="me">
        <b>{desk.agent.name}</b>
        <Availability desk={desk} />
        {desk.agent.role !== "agent" && <a href="/desk/articles">{w.articles}</a>}
        <button class="plain" aria-label={w.settings} title={w.settings} onClick={() => desk.show("settings")}>
          <Icon name="gear" />
        </button>
        <button class="plain" onClick={() => void desk.logOut()}>
          {w.logOut}
        </button>
      </div>
      <Team desk={desk} />
      <div class="filters">
        <select
          aria-label={w.view}
          value={desk.view}
          onChange={(event) => desk.look({ view: event.currentTarget.value as ViewName })}
        >
          {VIEWS.map((view) => (
            <option key={view} value={view}>
              {w.views[view]} ({desk.count(view)})
            </option>
          ))}
        </select>
        <select
          aria-label={w.order}
          value={desk.order}
          onChange={(event) => desk.look({ order: event.currentTarget.value as Desk["order"] })}
        >
          <option value="due">{w.byDue}</option>
          <option value="severity">{w.bySeverity}</option>
        </select>
        <label class="find">
          <Icon name="search" size={16} />
          <input
            id="find"
            type="search"
            placeholder={w.find}
            aria-label={w.findAll}
            value={desk.query}
            onInput={(event) => desk.look({ query: event.currentTarget.value })}
          />
        </label>
      </div>
      <Waiting desk={desk} />
      <ul class="rows">{rows.map((row) => line(desk, row, now))}</ul>
      {desk.query.trim() ? (
        <Findings desk={desk} count={rows.length} />
      ) : (
        desk.hasLoaded && !rows.length && <p class="empty">{w.nothing[desk.view]}</p>
      )}
    </nav>
  );
}

/** How the search stands, said aloud as well. */
function Findings({ desk, count }: { desk: Desk; count: number }): JSX.Element {
  const { isAsking, problem, hasMore } = desk.finding;
  const words = desk.query.trim();
  let said = fill(count === 1 ? w.foundOne : w.foundMany, { count });
  if (problem) said = fill(w.findFailed, { why: problem });
  else if (isAsking) said = w.finding;
  else if (!count) said = fill(w.nothingMatches, { words });
  else if (hasMore) said = fill(w.foundNewest, { count });
  return (
    <p class={count ? "found" : "empty"} role="status">
      {said}
    </p>
  );
}

interface LineProps {
  desk: Desk;
  row: Row;
  hit: Hit | null;
  clock: string;
  state: Badge["state"] | "";
  isCursor: boolean;
  isDue: boolean;
  isSelected: boolean;
}

/** Two thousand of these are on the page: each is drawn again only when it says something else. */
class Line extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps): boolean {
    return (Object.keys(next) as (keyof LineProps)[]).some((key) => next[key] !== this.props[key]);
  }

  override render({ desk, row, hit, clock, state, isCursor, isSelected, isDue }: LineProps): JSX.Element {
    return (
      <li>
        <button
          class={`line${row.owes_reply ? " owes" : ""}${isCursor ? " cursor" : ""}`}
          aria-current={isSelected}
          ref={(line) => void (isCursor && line?.scrollIntoView({ block: "nearest" }))}
          onClick={() => void desk.open(row.conversation)}
        >
          <span class="top">
            <b>{row.name || row.ticket || desk.workspaces.get(row.workspace)?.name || w.visitor}</b>
            {row.level_name && (
              <em class="pill" data-rank={row.rank}>
                {row.level_name}
              </em>
            )}
            {row.claim_differs && (
              <em class="pill claim" title={w.claimDiffersWhy}>
                {w.claimDiffers}
              </em>
            )}
            {state && <ClockBadge clock={{ state, words: clock }} due={row.next_due} />}
          </span>
          <span class="words">
            {row.owes_reply && <i class="owed" title={w.waitsForAnswer} />}
            {row.holder && <small>{desk.nameOf(row)} · </small>}
            {isDue && (
              <em class="pill due" title={w.followUpNowWhy}>
                {w.followUpNow}
              </em>
            )}
            {row.is_snoozed && <small>{asideWords(row)} · </small>}
            {row.tags.length > 0 && <small class="tags">{row.tags.join(", ")} · </small>}
            {hit ? <HitWords hit={hit} /> : row.first_words}
          </span>
        </button>
      </li>
    );
  }
}

export function asideWords({ snoozed_until }: Row): string {
  if (snoozed_until === null) return w.asideUntilWrites;
  return fill(w.asideUntil, { time: dayAndTime(snoozed_until, undefined, language) });
}

function line(desk: Desk, row: Row, now: number): JSX.Element {
  const { conversation } = row;
  const clock = badge(row, desk.opening(row), desk.since.get(conversation) ?? 0, now);
  return (
    <Line
      key={conversation}
      desk={desk}
      row={row}
      hit={hitOf(desk, conversation)}
      clock={clock?.words ?? ""}
      state={clock?.state ?? ""}
      isDue={row.follow_up_at !== null && Date.parse(row.follow_up_at) <= now}
      isCursor={conversation === desk.cursor}
      isSelected={conversation === desk.selected}
    />
  );
}

/** Only words that were said are worth showing in place of the first ones. */
function hitOf(desk: Desk, conversation: string): Hit | null {
  const hit = desk.query.trim() ? desk.finding.found.get(conversation)?.hit : undefined;
  return hit?.text ? hit : null;
}

export function ClockBadge({ clock, due }: { clock: Badge; due: string | null }): JSX.Element {
  const state = w.clock[clock.state];
  const when = due ? fill(w.dueYourTime, { time: dayAndTime(due, undefined, language) }) : "";
  const shown = clock.state === "paused" ? w.paused : clock.words;
  const words = `${shown} ${state}${when}`;
  return (
    <span class={`badge ${clock.state}`} title={words}>
      <span class="hidden">{words}</span>
      <span aria-hidden="true">{shown}</span>
    </span>
  );
}
