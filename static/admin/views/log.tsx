// Who did what, newest first: at the desk by name, at a terminal of the server by that.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Deed } from "../api";
import type { Administration } from "../model";
import { language, w } from "../words";
import { Turned } from "./turned";

const TERMINAL = "cli";

export function Log({ admin }: { admin: Administration }): JSX.Element {
  const { deeds, filter } = admin;
  const look = (change: Partial<typeof filter>) => admin.look({ filter: { ...filter, ...change } });
  return (
    <section class="room" aria-label={w.log}>
      <div class="tools">
        <input
          type="search"
          aria-label={w.findDeeds}
          placeholder={w.findDeeds}
          defaultValue={filter.words}
          onChange={(event) => look({ words: event.currentTarget.value.trim() })}
        />
        <select aria-label={w.who} value={filter.by} onChange={(event) => look({ by: event.currentTarget.value })}>
          <option value="">{w.anybody}</option>
          <option value={TERMINAL}>{w.terminal}</option>
          {admin.facts!.agents.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <select aria-label={w.kind} value={filter.noun} onChange={(event) => look({ noun: event.currentTarget.value })}>
          <option value="">{w.everything}</option>
          {Object.entries(w.nouns).map(([noun, words]) => (
            <option key={noun} value={noun}>
              {words}
            </option>
          ))}
        </select>
      </div>
      {deeds && deeds.length > 0 && (
        <ol class="deeds">
          {deeds.map((deed) => (
            <Line key={`${deed.at} ${deed.what} ${deed.subject}`} deed={deed} />
          ))}
        </ol>
      )}
      {deeds && !deeds.length && <p class="empty">{w.noDeeds}</p>}
      {!deeds && !admin.problem && <p class="empty late">{w.loading}</p>}
      {admin.hasEarlier && (
        <p>
          <button onClick={() => void admin.earlier()}>{w.earlier}</button>
        </p>
      )}
    </section>
  );
}

function Line({ deed }: { deed: Deed }): JSX.Element {
  const { at, by, name, what, subject, workspace, before, after } = deed;
  const who = by === TERMINAL ? w.terminal : name || by;
  return (
    <li>
      <time dateTime={at}>{dayAndTime(at, undefined, language)}</time>
      <div>
        <p>
          <b>{who}</b> {w.deeds[what] ?? what} <b class="subject">{subject}</b>
          {workspace && <span class="soft"> · {workspace}</span>}
        </p>
        <Turned before={before} after={after} />
      </div>
    </li>
  );
}
