// What the outbox holds, newest first: messages for a receiver or letters, each with what became of it.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import { fill } from "../../desk/words";
import type { Fate, Sending } from "../api";
import type { Administration } from "../model";
import { language, w } from "../words";

const FATES: (Fate | "")[] = ["", "waiting", "sent", "dead"];

interface Props<T extends Sending> {
  admin: Administration;
  caption: string;
  empty: string;
  sendings: T[] | null;
  what(sending: T): JSX.Element | string;
  /** Which can go again. */
  canGo(sending: T): boolean;
  /** Sends one again, or every dead one. */
  again(id: string | null): Promise<unknown>;
}

export function Sendings<T extends Sending>({ admin, caption, empty, sendings, what, canGo, again }: Props<T>): JSX.Element {
  const dead = sendings?.filter(({ state }) => state === "dead").length ?? 0;
  return (
    <section class="apart" aria-label={caption}>
      <div class="tools">
        <label>
          {w.state}{" "}
          <select value={admin.fate} onChange={(event) => admin.look({ fate: event.currentTarget.value as Fate | "" })}>
            {FATES.map((fate) => (
              <option key={fate} value={fate}>
                {fate ? w.fates[fate] : w.all}
              </option>
            ))}
          </select>
        </label>
        <button
          disabled={!dead}
          onClick={() => admin.confirm(w.againTitle, w.againWords, w.againAll, () => again(null))}
        >
          {w.againAll}…
        </button>
      </div>
      {sendings && sendings.length > 0 && (
        <table class="cards">
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{w.what}</th>
              <th scope="col">{w.when}</th>
              <th scope="col">{w.state}</th>
              <th scope="col">{w.lastAnswer}</th>
              <th scope="col">
                <span class="hidden">{w.act}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sendings.map((sending) => (
              <tr key={sending.id}>
                <th scope="row">{what(sending)}</th>
                <td data-label={w.when}>{dayAndTime(sending.at, undefined, language)}</td>
                <td data-label={w.state}>
                  <em class={sending.state === "dead" ? "pill red" : "pill"}>{w.fates[sending.state]}</em>{" "}
                  <small>{inWords(sending)}</small>
                </td>
                <td data-label={w.lastAnswer}>{sending.error ?? "–"}</td>
                <td>{canGo(sending) && <button onClick={() => void again(sending.id)}>{w.sendAgain}</button>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {sendings && !sendings.length && <p class="empty">{empty}</p>}
      {!sendings && !admin.problem && <p class="empty late">{w.loading}</p>}
    </section>
  );
}

function inWords({ tries, next_try_at }: Sending): string {
  const tried = tries ? fill(tries === 1 ? w.triedOnce : w.tried, { count: tries }) : "";
  const next = next_try_at && tries ? fill(w.nextTry, { time: dayAndTime(next_try_at, undefined, language) }) : "";
  return [tried, next].filter(Boolean).join(", ");
}
