// The search field: rows that are here are shown at once, what the server finds is added, and an old answer is never shown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Finding } from "../desk/finding";
import type { Answer, Found, Row } from "../shared/wire";

const row = (conversation: string, first_words = "") =>
  ({ conversation, name: "", first_words, last_words: "", ticket: null, level_name: null, tags: [] }) as unknown as Row;
const hit = { seq: 3, role: "visitor", text: "the needle", marks: [[4, 10]], article: null } as Found["hit"];

function searching() {
  const asked: { words: string; answer: (answer: Answer<unknown>) => void }[] = [];
  let changes = 0;
  const live = {
    ask: (_: string, { words }: { words: string }) => new Promise((answer) => asked.push({ words, answer })),
  };
  const finding = new Finding(live as never, () => (changes += 1));
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((next) => setTimeout(next, 5));
  };
  return { asked, finding, until, changed: () => changes };
}
const answer = (...rows: Row[]) => ({ ok: true as const, found: rows.map((one) => ({ row: one, hit })), more: false });

test("rows that are here are shown before the server has answered, then those it found", async () => {
  const { asked, finding, until, changed } = searching();
  const rows = new Map([["here", row("here", "a needle")], ["other", row("other")]]);
  finding.look("needle");
  assert.deepEqual(finding.among(rows).map((one) => one.conversation), ["here"]);
  assert.ok(finding.isAsking);
  await until(() => asked.length === 1);
  asked[0]!.answer(answer(row("other"), row("old")));
  await until(() => changed() === 1);
  assert.deepEqual(finding.among(rows).map((one) => one.conversation), ["here", "other", "old"]);
  assert.equal(finding.isAsking, false);
});

test("an answer to words that are no longer asked for changes nothing", async () => {
  const { asked, finding, until, changed } = searching();
  finding.look("old");
  await until(() => asked.length === 1);
  finding.look("new");
  await until(() => asked.length === 2);
  asked[1]!.answer(answer(row("new")));
  await until(() => changed() === 1);
  asked[0]!.answer(answer(row("old")));
  await new Promise((next) => setImmediate(next));
  assert.deepEqual([...finding.found.keys()], ["new"]);
});

test("keys in quick order are one question", async () => {
  const { asked, finding, until } = searching();
  for (const words of ["n", "ne", "nee"]) finding.look(words);
  await until(() => asked.length > 0);
  assert.deepEqual(asked.map(({ words }) => words), ["nee"]);
});

test("what is said while somebody looks is found as well", async () => {
  const { asked, finding, until, changed } = searching();
  finding.look("needle");
  await until(() => asked.length === 1);
  asked[0]!.answer(answer(row("first")));
  await until(() => changed() === 1);
  finding.heard();
  finding.heard();
  await until(() => asked.length === 2);
  assert.deepEqual([...finding.found.keys()], ["first"], "what was found stays until then");
  asked[1]!.answer(answer(row("second"), row("first")));
  await until(() => changed() === 2);
  assert.deepEqual([...finding.found.keys()], ["second", "first"]);
});

test("a search that fails says so", async () => {
  const { asked, finding, until, changed } = searching();
  finding.look("needle");
  await until(() => asked.length === 1);
  asked[0]!.answer({ ok: false, error: { code: "unavailable", message: "Try again." } });
  await until(() => changed() === 1);
  assert.equal(finding.problem, "Try again.");
});
