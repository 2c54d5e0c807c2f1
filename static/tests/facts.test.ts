import assert from "node:assert/strict";
import { test } from "node:test";
import { factsWords, grouped } from "../desk/views/facts";
import type { DeskEvent } from "../shared/wire";

let seq = 0;
const happened = (kind: string, more: Partial<DeskEvent> = {}): DeskEvent => ({
  seq: (seq += 1),
  at: "2026-03-09T14:00:10.000Z",
  kind,
  who: { role: "agent", name: "Aidan" },
  ...more,
});

test("what happened together between two messages is one line", () => {
  const timeline = [
    happened("visitor_wrote"),
    happened("severity_assessed", { data: { severity: "high", claimed: "high" } }),
    happened("ticket_opened", { data: { number: "HES-1" }, at: "2026-03-09T14:00:40.000Z" }),
    happened("bot_wrote"),
  ];
  const groups = grouped(timeline);
  assert.equal(groups.length, 3);
  assert.equal("facts" in groups[1]! && factsWords(groups[1].facts), "Assessed as high · HES-1 opened");
});

test("what happened in another minute is a line of its own", () => {
  const groups = grouped([happened("claimed"), happened("released", { at: "2026-03-09T14:01:00.000Z" })]);
  assert.equal(groups.length, 2);
});

test("a clock past its time never hides among quiet facts", () => {
  const groups = grouped([happened("claimed"), happened("breached", { data: { metric: "first_response" } })]);
  assert.deepEqual(
    groups.map((group) => "facts" in group && factsWords(group.facts)),
    ["Aidan claimed it; the bot is silent", "First response is past its time"],
  );
});

test("a reason that an agent gave stands with what they did", () => {
  const [group] = grouped([happened("transferred", { data: { queue: "csm" }, text: "Asks for a new project" })]);
  assert.equal(group && "facts" in group && factsWords(group.facts), "Aidan passed it on to csm: “Asks for a new project”");
});

test("a kind that this desk does not know yet leaves no empty line", () => {
  assert.deepEqual(grouped([happened("something_new")]), []);
});

test("a severity that the visitor named is said only where it differs", () => {
  const [group] = grouped([happened("severity_assessed", { data: { severity: "T2", claimed: "T1" } })]);
  assert.equal(group && "facts" in group && factsWords(group.facts), "Assessed as T2; the visitor says T1");
});
