// Rules of the accent: a customer's colour is kept as far as it can be read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accents, contrast } from "../shared/accent";

const COLOURS = ["#ffff00", "#000000", "#ffffff", "#3b5bdb", "#d9480f", "#7fff00", "#808080", "1d6f5c"];

test("any accent can be read on both grounds after correction", () => {
  for (const colour of COLOURS) {
    const { light, dark } = accents(colour);
    assert.ok(contrast(light, "#f0f2f7") >= 4.5, `${colour} → ${light} on a light field`);
    assert.ok(contrast(dark, "#2a2e36") >= 4.5, `${colour} → ${dark} on a dark card`);
  }
});

test("a colour that passes is left as it is", () => {
  assert.equal(accents("#1d6f5c").light, "#1d6f5c");
});

test("what is no colour falls back to one that passes", () => {
  assert.ok(contrast(accents("javascript:alert(1)").light, "#ffffff") >= 4.5);
});
