// Rules of what an agent writes and of what the desk offers while they do.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Canned } from "../shared/wire";
import { openPlaces } from "../desk/drafts";
import { distance } from "../desk/views/palette";
import { actsOf, fitting, wanted } from "../desk/views/picker";
import { chosen, offers } from "../desk/views/times";
import { fill } from "../desk/words";

function canned(key: string, more: Partial<Canned> = {}): Canned {
  const none = { level: null, reason: "", tags: [], then: "" as const, wait_reason: "", code: "" };
  return { workspace: "velsoft", key, title: key, text: "", ...none, ...more };
}

test("a slash asks for a canned reply only where a word begins", () => {
  assert.deepEqual(wanted("/", 1), { words: "", from: 0 });
  assert.deepEqual(wanted("Hello /rest", 11), { words: "rest", from: 6 });
  assert.deepEqual(wanted("Hello /course re later", 16), { words: "course re", from: 6 });
  assert.equal(wanted("and/or", 6), null);
  assert.equal(wanted("https://example.org", 19), null);
  assert.equal(wanted("/first\nsecond", 13), null);
});

test("canned replies are found by every word, a beginning of the key first", () => {
  const replies = [canned("course-move", { text: "after a restart" }), canned("restart", { title: "Restarted" }), canned("other")];
  assert.deepEqual(fitting(replies, "rest").map(({ key }) => key), ["restart", "course-move"]);
  assert.deepEqual(fitting(replies, "course restart").map(({ key }) => key), ["course-move"]);
  assert.equal(fitting(replies, "").length, 3);
});

test("a reply of words alone does nothing else", () => {
  assert.equal(actsOf(canned("a", { text: "Hello" })), undefined);
  assert.deepEqual(actsOf(canned("a", { then: "resolve", code: "solved" }))?.then, "resolve");
});

test("places that nothing filled are named once each", () => {
  assert.deepEqual(openPlaces("{visitor_name}, {due} and {due} {other}"), ["{visitor_name}", "{due}"]);
  assert.deepEqual(openPlaces("Hello Vera"), []);
});

test("the palette finds an act by its beginning, its words, or a few letters in order", () => {
  assert.equal(distance("Put aside", "put"), 0);
  assert.equal(distance("Put aside", "aside"), 0);
  assert.equal(distance("Put aside", "side"), 1);
  assert.ok(distance("Put aside", "psd")! > 1);
  assert.equal(distance("Put aside", "xyz"), null);
});

test("offered times lie ahead, tomorrow and Monday at nine", () => {
  const friday = new Date(2026, 2, 6, 15, 20);
  const [hour, three, tomorrow, monday] = offers(friday);
  assert.equal(hour!.at.getTime() - friday.getTime(), 3_600_000);
  assert.equal(three!.at.getTime() - friday.getTime(), 3 * 3_600_000);
  assert.equal(tomorrow!.at.getTime(), new Date(2026, 2, 7, 9).getTime());
  assert.equal(monday!.at.getTime(), new Date(2026, 2, 9, 9).getTime());
  assert.equal(offers(new Date(2026, 2, 8, 12)).length, 3, "on a Sunday, tomorrow is Monday");
});

test("a time that has passed is none", () => {
  const now = new Date(2026, 2, 6, 15, 20);
  assert.equal(chosen("2026-03-06T15:19", now), null);
  assert.equal(chosen("", now), null);
  assert.equal(chosen("2026-03-06T16:00", now)?.getTime(), new Date(2026, 2, 6, 16).getTime());
});

test("doubled braces stand for themselves", () => {
  assert.equal(fill("waits in {queue}", { queue: "csm" }), "waits in csm");
  assert.equal(fill("as {{visitor_name|there}}", {}), "as {visitor_name|there}");
});
