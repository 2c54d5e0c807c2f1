// Where a conversation was found: who said it and the words around it, the hits marked; text is only ever text.
import type { JSX } from "preact";
import type { Hit } from "../../shared/wire";
import { fill, w } from "../words";

/** The words that were found, as they stand there. */
export function foundWords({ text, marks }: Hit): string[] {
  const letters = [...text];
  return marks.map(([start, end]) => letters.slice(start, end).join(""));
}

export function HitWords({ hit }: { hit: Hit }): JSX.Element {
  const parts: (string | JSX.Element)[] = [];
  let at = 0;
  // The server counts characters, a string here counts half of those that lie beyond the first 65,536.
  const text = [...hit.text];
  for (const [start, end] of hit.marks) {
    parts.push(text.slice(at, start).join(""), <mark key={start}>{text.slice(start, end).join("")}</mark>);
    at = end;
  }
  parts.push(text.slice(at).join(""));
  return (
    <span class="hit">
      <small>{w.saidBy[hit.role]}</small> {parts}
      {hit.article && <small> · {fill(w.showsArticle, { article: hit.article })}</small>}
    </span>
  );
}
