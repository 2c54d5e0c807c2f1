// Which rows a view shows, in which order, and what their clock says now.
import type { Row } from "../shared/wire";
import { leftNow, span, type Opening } from "../shared/times";

export const VIEWS = ["open", "mine", "unassigned", "waiting", "due", "breached", "aside", "bot", "all"] as const;
export type ViewName = (typeof VIEWS)[number];
export type Order = "due" | "severity";

const isOpen = (row: Row) => row.status === "waiting" || row.status === "held";
/** Open and not put aside; what runs out is listed all the same. */
const isHere = (row: Row) => isOpen(row) && !row.is_snoozed;

const BELONGS: Record<ViewName, (row: Row, me: string) => boolean> = {
  open: isHere,
  mine: (row, me) => row.holder === me && isHere(row),
  unassigned: (row) => row.status === "waiting" && !row.holder && isHere(row),
  waiting: (row) => isOpen(row) && row.is_paused,
  due: (row) => isOpen(row) && (row.state === "warned" || row.state === "breached"),
  breached: (row) => isOpen(row) && row.state === "breached",
  aside: (row) => isOpen(row) && row.is_snoozed,
  bot: (row) => row.status === "bot",
  all: () => true,
};

export function belongs(view: ViewName, row: Row, me: string): boolean {
  return BELONGS[view](row, me);
}

/** Found by every word of the query, in names, words, ticket number or severity. */
export function matches(row: Row, query: string): boolean {
  const text = [row.name, row.first_words, row.last_words, row.ticket, row.level_name, row.holder_name, ...row.tags]
    .join(" ")
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}


const NEVER = Number.MAX_SAFE_INTEGER;

/** People's conversations first, by next due instant or by severity (a claim that differs first within it); the rest newest first. */
export function inOrder(rows: Row[], order: Order): Row[] {
  const bySeverity = order === "severity";
  return rows
    .map((row) => ({ row, isOpen: isOpen(row), due: row.next_due ? Date.parse(row.next_due) : NEVER, last: Date.parse(row.last_at) }))
    .sort((a, b) => {
      if (!a.isOpen || !b.isOpen) return Number(b.isOpen) - Number(a.isOpen) || b.last - a.last;
      const claim = Number(b.row.claim_differs) - Number(a.row.claim_differs);
      const severity = bySeverity ? a.row.rank - b.row.rank || claim : 0;
      return severity || a.due - b.due || a.last - b.last;
    })
    .map(({ row }) => row);
}

export interface Badge {
  state: "running" | "warned" | "breached" | "paused";
  words: string;
}

interface Clocked {
  state: string;
  open_seconds_left: number | null;
  due?: string | null;
  next_due?: string | null;
}

/** What the clock badge shows at `now` for facts received at `since`; null: nothing is owed. */
export function badge(clock: Clocked, opening: Opening, since: number, now: number): Badge | null {
  if (clock.state === "paused") return { state: "paused", words: "paused" };
  if (clock.open_seconds_left === null || clock.state === "none" || clock.state === "met") return null;
  // Past its time a clock counts on through the night: how late it is, not how much open time.
  const isLate = clock.state === "breached";
  const left = leftNow(clock.open_seconds_left, isLate ? { open_now: true, next_change: null } : opening, since, now);
  if (isLate || left < 0) return { state: "breached", words: span(-Math.abs(left)) };
  return { state: clock.state === "warned" || left < 1800 ? "warned" : "running", words: span(left) };
}
