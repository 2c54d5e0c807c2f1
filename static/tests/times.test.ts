// Rules of how instants and spans are written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bothTimes, dayAndTime, leftNow, span } from "../shared/times";

const halifax = { desk: "America/Halifax", deskWords: "Halifax", yours: "{time} your time" };

test("a deadline names the desk's time first and the reader's beside it", () => {
  assert.equal(
    bothTimes("2026-03-09T14:30:00Z", { ...halifax, mine: "Europe/London" }),
    "Mon 9 Mar, 11:30 Halifax (14:30 your time)",
  );
});

test("the reader's day is named only where it differs", () => {
  assert.equal(
    bothTimes("2026-03-09T14:30:00Z", { ...halifax, mine: "Australia/Sydney" }),
    "Mon 9 Mar, 11:30 Halifax (Tue 10 Mar, 01:30 your time)",
  );
});

test("one time is enough where both clocks agree", () => {
  assert.equal(bothTimes("2026-03-09T14:30:00Z", { ...halifax, mine: "America/Halifax" }), "Mon 9 Mar, 11:30 Halifax");
});

test("midnight is 00:00, never 24:00", () => {
  assert.equal(dayAndTime("2026-03-09T00:00:00Z", "UTC"), "Mon 9 Mar, 00:00");
});

test("the clock change is the zone's, not a fixed offset", () => {
  assert.equal(dayAndTime("2026-03-08T06:59:00Z", "America/New_York"), "Sun 8 Mar, 01:59");
  assert.equal(dayAndTime("2026-03-08T07:00:00Z", "America/New_York"), "Sun 8 Mar, 03:00");
});

test("days and months are in the reader's language, without dots", () => {
  assert.equal(dayAndTime("2026-10-05T12:00:00Z", "UTC", "de"), "Mo 5 Okt, 12:00");
  assert.equal(dayAndTime("2026-10-05T12:00:00Z", "UTC", "es"), "lun 5 oct, 12:00");
  assert.equal(dayAndTime("2026-10-05T12:00:00Z", "UTC", "fr"), "lun 5 oct, 12:00");
});

test("a zone that the browser does not know shows the reader's own time instead of failing", () => {
  assert.match(dayAndTime("2026-03-09T14:30:00Z", "Atlantis/Lost"), /^\w{3} \d+ \w{3}, \d\d:\d\d$/);
});

test("spans are hours and minutes, late ones with a true minus", () => {
  assert.equal(span(2 * 3600 + 600), "2 h 10 m");
  assert.equal(span(18 * 60 + 59), "18 m");
  assert.equal(span(-35 * 60), "−35 m");
  assert.equal(span(4 * 3600), "4 h");
  assert.equal(span(120 * 3600 + 1800), "120 h");
});

const at = (hhmm: string) => Date.parse(`2026-03-09T${hhmm}:00Z`);

test("open time runs while the desk is open and stops when it closes", () => {
  const opening = { open_now: true, next_change: "2026-03-09T16:30:00Z" };
  assert.equal(leftNow(3600, opening, at("16:00"), at("16:10")), 3000);
  assert.equal(leftNow(3600, opening, at("16:00"), at("18:00")), 1800);
});

test("open time waits for the opening and runs from then on", () => {
  const opening = { open_now: false, next_change: "2026-03-09T08:00:00Z" };
  assert.equal(leftNow(3600, opening, at("07:00"), at("07:59")), 3600);
  assert.equal(leftNow(3600, opening, at("07:00"), at("08:15")), 2700);
});

test("a desk that never changes keeps counting, or never starts", () => {
  assert.equal(leftNow(60, { open_now: true, next_change: null }, at("07:00"), at("07:02")), -60);
  assert.equal(leftNow(60, { open_now: false, next_change: null }, at("07:00"), at("09:00")), 60);
});
