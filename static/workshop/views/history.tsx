// What was published before, what each version changed, and the way back.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Sheet } from "../sheet";

export function History({ sheet }: { sheet: Sheet }): JSX.Element {
  const { versions, shownVersion } = sheet;
  return (
    <details
      class="history"
      onToggle={(event) => void (event.currentTarget.open && !versions && sheet.showVersions())}
    >
      <summary>History</summary>
      {versions && !versions.length && <p class="soft">Nothing was published yet.</p>}
      <ol>
        {versions?.map(({ number, editor, at, reason }) => (
          <li key={number}>
            <button class="plain" onClick={() => void sheet.showVersion(number)}>
              Version {number}
            </button>{" "}
            <small>
              {editor || "on disk"}, {dayAndTime(at)}
              {reason && ` · “${reason}”`}
            </small>
            {shownVersion?.version.number === number && (
              <div class="change">
                <pre tabIndex={0} aria-label={`What version ${number} changed`}>
                  {shownVersion.changes.map(({ sign, line }, at) => (
                    <span key={at} class={sign === "+" ? "added" : sign === "-" ? "removed" : ""}>
                      {sign} {line}
                      {"\n"}
                    </span>
                  ))}
                </pre>
                <button onClick={() => void sheet.restore(shownVersion.text)}>Make this the draft</button>
              </div>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
