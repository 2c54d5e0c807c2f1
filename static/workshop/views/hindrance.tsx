// What keeps a text from being saved or published: another text in its place, or questions that would be lost.
import type { JSX } from "preact";
import type { Sheet } from "../sheet";

export function Hindrance({ sheet }: { sheet: Sheet }): JSX.Element | null {
  if (sheet.conflict) return <Conflict sheet={sheet} />;
  if (sheet.lost) return <Lost sheet={sheet} />;
  return null;
}

function Conflict({ sheet }: { sheet: Sheet }): JSX.Element {
  const { message, theirs, where } = sheet.conflict!;
  return (
    <div class="notice" role="alert">
      <p>
        <b>{message}</b>
      </p>
      <p>Nothing was overwritten. Your text is in the form below; this is the other one{where === "file" ? ", as it is on disk" : ""}:</p>
      <pre tabIndex={0}>{theirs ?? "(it is gone)"}</pre>
      <button onClick={() => void sheet.settle(true)}>Keep mine</button>{" "}
      <button onClick={() => void sheet.settle(false)}>Take the other</button>
    </div>
  );
}

function Lost({ sheet }: { sheet: Sheet }): JSX.Element {
  const { lost, visitors } = sheet.lost!;
  return (
    <div class="notice" role="alert">
      <p>
        <b>Not published.</b> {lost.length ? "These questions would no longer find their article:" : ""}
      </p>
      <ul>
        {lost.map(({ slug, question, finds }) => (
          <li key={slug + question}>
            “{question}” of <b>{slug}</b> {finds ? <>would find {finds}</> : "would find nothing"}
          </li>
        ))}
      </ul>
      <p>
        {visitors
          ? `Of last month's visitors ${visitors} who got this article would not get it any more.`
          : "None of last month's visitors would have been hit."}{" "}
        Mend the text or the questions, or give a reason below.
      </p>
    </div>
  );
}
