// The list: views with their counts, then rows of two lines sorted by what is due next.
import { Component, type JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Row } from "../../shared/wire";
import { Icon } from "../../shared/icons";
import { badge, VIEWS, type Badge, type ViewName } from "../inbox";
import type { Desk } from "../model";
import { Waiting } from "./notices";
import { Availability, Team } from "./team";

const NOTHING: Record<ViewName, string> = {
  open: "Nobody waits. Conversations appear here when the bot hands one off.",
  mine: "You hold no conversation. Claim one from Unassigned.",
  unassigned: "Nothing waits for an agent. New tickets appear here at once.",
  waiting: "No ticket waits for its visitor.",
  due: "No clock is close to its time.",
  breached: "No clock is past its time.",
  bot: "The bot is talking to nobody.",
  all: "No conversations yet. Open a demo page and ask something.",
};

export function Inbox({ desk }: { desk: Desk }): JSX.Element {
  const rows = desk.shown;
  const now = Date.now();
  return (
    <nav class="inbox" aria-label="Inbox">
      <h1 class="hidden">slabot desk</h1>
      <div class="me">
        <b>{desk.agent.name}</b>
        <Availability desk={desk} />
        {desk.agent.role !== "agent" && <a href="/desk/articles">Articles</a>}
        <button class="plain" onClick={() => void desk.logOut()}>
          Log out
        </button>
      </div>
      <Team desk={desk} />
      <div class="filters">
        <select
          aria-label="View"
          value={desk.view}
          onChange={(event) => change(desk, { view: event.currentTarget.value as ViewName })}
        >
          {Object.entries(VIEWS).map(([view, name]) => (
            <option key={view} value={view}>
              {name} ({desk.count(view as ViewName)})
            </option>
          ))}
        </select>
        <select
          aria-label="Order"
          value={desk.order}
          onChange={(event) => change(desk, { order: event.currentTarget.value as Desk["order"] })}
        >
          <option value="due">By due time</option>
          <option value="severity">By severity</option>
        </select>
        <label class="find">
          <Icon name="search" size={16} />
          <input
            id="find"
            type="search"
            placeholder="Find"
            aria-label="Find in all conversations"
            value={desk.query}
            onInput={(event) => change(desk, { query: event.currentTarget.value })}
          />
        </label>
      </div>
      <Waiting desk={desk} />
      <ul class="rows">{rows.map((row) => line(desk, row, now))}</ul>
      {desk.hasLoaded && !rows.length && (
        <p class="empty">{desk.query ? `Nothing matches “${desk.query}”.` : NOTHING[desk.view]}</p>
      )}
    </nav>
  );
}

function change(desk: Desk, to: Partial<Pick<Desk, "view" | "order" | "query">>): void {
  Object.assign(desk, to);
  desk.changed();
}

interface LineProps {
  desk: Desk;
  row: Row;
  clock: string;
  state: Badge["state"] | "";
  isCursor: boolean;
  isSelected: boolean;
}

/** Two thousand of these are on the page: each is drawn again only when it says something else. */
class Line extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps): boolean {
    return (Object.keys(next) as (keyof LineProps)[]).some((key) => next[key] !== this.props[key]);
  }

  override render({ desk, row, clock, state, isCursor, isSelected }: LineProps): JSX.Element {
    return (
      <li>
        <button
          class={`line${row.owes_reply ? " owes" : ""}${isCursor ? " cursor" : ""}`}
          aria-current={isSelected}
          ref={(line) => void (isCursor && line?.scrollIntoView({ block: "nearest" }))}
          onClick={() => void desk.open(row.conversation)}
        >
          <span class="top">
            <b>{row.name || row.ticket || desk.workspaces.get(row.workspace)?.name || "Visitor"}</b>
            {row.level_name && (
              <em class="pill" data-rank={row.rank}>
                {row.level_name}
              </em>
            )}
            {row.claim_differs && (
              <em class="pill claim" title="The visitor names another severity; decide">
                claim differs
              </em>
            )}
            {state && <ClockBadge clock={{ state, words: clock }} due={row.next_due} />}
          </span>
          <span class="words">
            {row.owes_reply && <i class="owed" title="The visitor waits for an answer" />}
            {row.holder && <small>{desk.nameOf(row)} · </small>}
            {row.first_words}
          </span>
        </button>
      </li>
    );
  }
}

function line(desk: Desk, row: Row, now: number): JSX.Element {
  const { conversation } = row;
  const clock = badge(row, desk.opening(row), desk.since.get(conversation) ?? 0, now);
  return (
    <Line
      key={conversation}
      desk={desk}
      row={row}
      clock={clock?.words ?? ""}
      state={clock?.state ?? ""}
      isCursor={conversation === desk.cursor}
      isSelected={conversation === desk.selected}
    />
  );
}

const STATES: Record<Badge["state"], string> = {
  running: "open time left",
  warned: "open time left, due soon",
  breached: "past the due time",
  paused: "waiting on the visitor",
};

export function ClockBadge({ clock, due }: { clock: Badge; due: string | null }): JSX.Element {
  const words = `${clock.words} ${STATES[clock.state]}${due ? `, due ${dayAndTime(due)} your time` : ""}`;
  return (
    <span class={`badge ${clock.state}`} title={words}>
      <span class="hidden">{words}</span>
      <span aria-hidden="true">{clock.words}</span>
    </span>
  );
}
