// Nothing at the desk or in its administration is said in one language alone.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import adminDe from "../admin/words/de";
import adminEn from "../admin/words/en";
import adminEs from "../admin/words/es";
import adminFr from "../admin/words/fr";
import de from "../desk/words/de";
import en from "../desk/words/en";
import es from "../desk/words/es";
import fr from "../desk/words/fr";
import { LANGUAGES } from "../desk/words";

type Tree = { [key: string]: string | Tree };
/** Key path → text. */
function flat(tree: Tree, before = ""): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(tree).map(([key, value]) =>
      typeof value === "string" ? { [before + key]: value } : flat(value, `${before}${key}.`),
    ),
  );
}
const english = { ...flat(en), ...flat(adminEn, "admin ") };
const others: Record<string, Record<string, string>> = {
  de: { ...flat(de), ...flat(adminDe, "admin ") },
  es: { ...flat(es), ...flat(adminEs, "admin ") },
  fr: { ...flat(fr), ...flat(adminFr, "admin ") },
};
const places = (text: string) => (text.replace(/\{\{[^{}]*\}\}/g, "").match(/\{\w+\}/g) ?? []).sort().join(" ");

for (const [language, words] of Object.entries(others)) {
  test(`every word of the desk is said in ${language}, with the same places to fill`, () => {
    assert.deepEqual(Object.keys(words).sort(), Object.keys(english).sort());
    for (const [key, text] of Object.entries(english)) {
      assert.equal(places(words[key]!), places(text), `${language} ${key}`);
      assert.equal(words[key] === "", text === "", `${language} ${key} is empty`);
      // Short words may be the same in two languages; a sentence never is.
      if (text.replace(/\{\w+\}/g, "").length > 14) assert.notEqual(words[key], text, `${language} ${key} is English`);
    }
  });
}

test("each language can be chosen by its own name", () => {
  assert.deepEqual(Object.keys(LANGUAGES).sort(), ["en", ...Object.keys(others)].sort());
});

test("no view says anything in its own words", () => {
  const found: string[] = [];
  const views = ["desk/views", "admin/views"].flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`));
  for (const name of views) {
    const lines = readFileSync(name, "utf8").split("\n");
    lines.forEach((line, i) => {
      if (/^\s*(\/\/|\/?\*|import)/.test(line)) return;
      const bare = line.replace(/\{[^{}]*\}/g, "{}");
      const between = bare.match(/>\s*([^<>{}=();]*[A-Za-z]{3,}[^<>{}=();]*)\s*<\//)?.[1];
      const alone = /^\s*[A-Z][a-z]+( [a-z]+)*[.…]?\s*$/.test(bare) ? bare.trim() : undefined;
      const given = bare.match(/\b(?:aria-label|title|placeholder|alt)="([^"]*[A-Za-z]{3,}[^"]*)"/)?.[1];
      const quoted = bare.match(/"([A-Z][a-z]+ [a-z][^"]*)"/)?.[1];
      for (const said of [between, alone, given, quoted]) if (said) found.push(`${name}:${i + 1} ${said.trim()}`);
    });
  }
  assert.deepEqual(found, []);
});
