// What was published before, what each version changed, and the way back.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Sheet } from "../sheet";
import { fill, language, w } from "../words";

export function History({ sheet }: { sheet: Sheet }): JSX.Element {
  const { versions, shownVersion } = sheet;
  return (
    <details
      class="history"
      onToggle={(event) => void (event.currentTarget.open && !versions && sheet.showVersions())}
    >
      <summary>{w.history}</summary>
      {versions && !versions.length && <p class="soft">{w.nothingPublished}</p>}
      <ol>
        {versions?.map(({ number, editor, at, reason }) => (
          <li key={number}>
            <button class="plain" onClick={() => void sheet.showVersion(number)}>
              {fill(w.version, { number })}
            </button>{" "}
            <small>
              {editor || w.onDisk}, {dayAndTime(at, undefined, language)}
              {reason && ` · “${reason}”`}
            </small>
            {shownVersion?.version.number === number && (
              <div class="change">
                <pre tabIndex={0} role="region" aria-label={fill(w.changes, { number })}>
                  {shownVersion.changes.map(({ sign, line }, at) => (
                    <span key={at} class={sign === "+" ? "added" : sign === "-" ? "removed" : ""}>
                      {sign} {line}
                      {"\n"}
                    </span>
                  ))}
                </pre>
                <button onClick={() => void sheet.restore(shownVersion.text)}>{w.makeDraft}</button>
              </div>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
