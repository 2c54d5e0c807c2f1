// Rules of the desk's list: who is in a view, in which order, and what the clock badge says.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "../shared/wire";
import { badge, belongs, inOrder, matches } from "../desk/inbox";

const NOW = Date.parse("2026-03-09T12:00:00Z");
const OPEN = { open_now: true, next_change: null };

function row(id: string, with_: Partial<Row> = {}): Row {
  return {
    conversation: id,
    workspace: "velsoft",
    visitor: "vera",
    name: "Vera",
    status: "waiting",
    holder: null,
    queue: "helpdesk",
    level: "high",
    level_name: "High",
    rank: 0,
    claim_differs: false,
    ticket: "VS-1",
    first_words: "",
    last_words: "",
    last_role: "visitor",
    last_at: "2026-03-09T11:00:00Z",
    next_due: null,
    next_metric: null,
    open_seconds_left: null,
    is_paused: false,
    owes_reply: true,
    tags: [],
    is_snoozed: false,
    snoozed_until: null,
    follow_up_at: null,
    reported_by: 1,
    merged_into: null,
    open_now: true,
    state: "none",
    ...with_,
  };
}
const ids = (rows: Row[]) => rows.map((one) => one.conversation);

test("what people must answer comes first by due time; the bot's talks follow, newest first", () => {
  const rows = [
    row("old talk", { status: "bot", last_at: "2026-03-09T09:00:00Z" }),
    row("new talk", { status: "bot", last_at: "2026-03-09T10:00:00Z" }),
    row("later", { next_due: "2026-03-09T16:00:00Z" }),
    row("sooner", { next_due: "2026-03-09T13:00:00Z", status: "held" }),
    row("words only"),
  ];
  assert.deepEqual(ids(inOrder(rows, "due")), ["sooner", "later", "words only", "new talk", "old talk"]);
});

test("by severity, a claim that differs stands first within its severity", () => {
  const rows = [
    row("medium", { rank: 1, next_due: "2026-03-09T12:30:00Z" }),
    row("high", { next_due: "2026-03-09T13:00:00Z" }),
    row("high, claim differs", { next_due: "2026-03-09T15:00:00Z", claim_differs: true }),
  ];
  assert.deepEqual(ids(inOrder(rows, "severity")), ["high, claim differs", "high", "medium"]);
});

test("a resolved conversation is in no working view", () => {
  const done = row("done", { status: "resolved", holder: "aidan", state: "breached" });
  for (const view of ["open", "mine", "unassigned", "due", "breached"] as const)
    assert.ok(!belongs(view, done, "aidan"), view);
  assert.ok(belongs("all", done, "aidan"));
});

test("every word of a search must be found, in any field", () => {
  const one = row("one", { name: "Vera", ticket: "VS-17", first_words: "Nobody can log in" });
  assert.ok(matches(one, "vs-17 nobody"));
  assert.ok(!matches(one, "vs-17 somebody"));
});

test("a badge counts open time down and turns at half an hour", () => {
  const clock = { state: "running", open_seconds_left: 2400 };
  assert.deepEqual(badge(clock, OPEN, NOW, NOW), { state: "running", words: "40 m" });
  assert.deepEqual(badge(clock, OPEN, NOW, NOW + 15 * 60_000), { state: "warned", words: "25 m" });
  assert.deepEqual(badge(clock, OPEN, NOW, NOW + 45 * 60_000), { state: "breached", words: "−5 m" });
});

test("while the desk is closed a badge stands still, a breached one grows", () => {
  const closed = { open_now: false, next_change: null };
  assert.equal(badge({ state: "running", open_seconds_left: 7200 }, closed, NOW, NOW + 3_600_000)?.words, "2 h");
  assert.equal(badge({ state: "breached", open_seconds_left: -600 }, closed, NOW, NOW + 600_000)?.words, "−20 m");
});

test("paused says so in a word; met and absent clocks show nothing", () => {
  assert.equal(badge({ state: "paused", open_seconds_left: 60 }, OPEN, NOW, NOW)?.words, "paused");
  assert.equal(badge({ state: "met", open_seconds_left: 60 }, OPEN, NOW, NOW), null);
  assert.equal(badge({ state: "running", open_seconds_left: null }, OPEN, NOW, NOW), null);
});
