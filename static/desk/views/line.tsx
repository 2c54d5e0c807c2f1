// One row of the list, two lines: who and how pressing, then the first words or where a search found its own.
import { Component, type JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Hit, Row } from "../../shared/wire";
import { badge, type Badge } from "../inbox";
import type { Desk } from "../model";
import { fill, language, w } from "../words";
import { HitWords } from "./hit";

interface LineProps {
  desk: Desk;
  row: Row;
  hit: Hit | null;
  clock: string;
  state: Badge["state"] | "";
  isCursor: boolean;
  isTabbed: boolean;
  isDue: boolean;
  isSelected: boolean;
}

/** Drawn again only when it says something else. */
class Line extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps): boolean {
    return (Object.keys(next) as (keyof LineProps)[]).some((key) => next[key] !== this.props[key]);
  }

  override render({ desk, row, hit, clock, state, isCursor, isTabbed, isSelected, isDue }: LineProps): JSX.Element {
    return (
        <button
          class={`line${row.owes_reply ? " owes" : ""}${isCursor ? " cursor" : ""}`}
          aria-current={isSelected}
          tabIndex={isTabbed ? 0 : -1}
          onFocus={() => isCursor || desk.point(row.conversation)}
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
            {row.reported_by > 1 && (
              <em class="pill" title={fill(w.reportedByWhy, { count: row.reported_by })}>
                {fill(w.reportedBy, { count: row.reported_by })}
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
            {row.merged_into !== null && <small>{mergedWords(row)} · </small>}
            {row.tags.length > 0 && <small class="tags">{row.tags.join(", ")} · </small>}
            {hit ? <HitWords hit={hit} /> : row.first_words}
          </span>
        </button>
    );
  }
}

export function asideWords({ snoozed_until }: Row): string {
  if (snoozed_until === null) return w.asideUntilWrites;
  return fill(w.asideUntil, { time: dayAndTime(snoozed_until, undefined, language) });
}

export function mergedWords({ merged_into: ticket }: Row): string {
  return ticket ? fill(w.mergedInto, { ticket }) : w.mergedIntoTalk;
}

export function line(desk: Desk, row: Row, now: number, isTabbed: boolean): JSX.Element {
  const { conversation } = row;
  const clock = badge(row, desk.opening(row), desk.since.get(conversation) ?? 0, now);
  return (
    <Line
      desk={desk}
      row={row}
      hit={desk.query.trim() ? desk.finding.hitIn(conversation) : null}
      clock={clock?.words ?? ""}
      state={clock?.state ?? ""}
      isDue={row.follow_up_at !== null && Date.parse(row.follow_up_at) <= now}
      isTabbed={isTabbed}
      isCursor={conversation === desk.cursor}
      isSelected={conversation === desk.selected}
    />
  );
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
