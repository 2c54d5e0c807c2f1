// What keeps a text from being saved or published: another text in its place, or questions that would be lost.
import type { JSX } from "preact";
import type { Sheet } from "../sheet";
import { fill, w } from "../words";

export function Hindrance({ sheet }: { sheet: Sheet }): JSX.Element | null {
  if (sheet.conflict) return <Conflict sheet={sheet} />;
  if (sheet.lost) return <Lost sheet={sheet} />;
  return null;
}

function Conflict({ sheet }: { sheet: Sheet }): JSX.Element {
  const { theirs, where } = sheet.conflict!;
  return (
    <div class="notice" role="alert">
      <p>
        <b>{theirs === null ? w.goneByThem : w.changedByThem}</b>
      </p>
      <p>{where === "file" ? w.nothingLostDisk : w.nothingLost}</p>
      <pre tabIndex={0} role="region" aria-label={w.otherText}>
        {theirs ?? w.isGone}
      </pre>
      <button onClick={() => void sheet.settle(true)}>{w.keepMine}</button>{" "}
      <button onClick={() => void sheet.settle(false)}>{w.takeOther}</button>
    </div>
  );
}

function Lost({ sheet }: { sheet: Sheet }): JSX.Element {
  const { lost, visitors } = sheet.lost!;
  return (
    <div class="notice" role="alert">
      <p>
        <b>{w.notPublished}</b> {lost.length ? w.losesThese : ""}
      </p>
      <ul>
        {lost.map(({ slug, question, finds }) => (
          <li key={slug + question}>
            {fill(finds ? w.wouldFind : w.wouldFindNothing, { question, slug, finds: finds ?? "" })}
          </li>
        ))}
      </ul>
      <p>
        {visitors ? fill(w.hit, { count: visitors }) : w.hitNone} {w.mend}
      </p>
    </div>
  );
}
