// The keys that host pages sign identities with: added, retired; a secret is shown once.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { dayAndTime } from "../../shared/times";
import { fill } from "../../desk/words";
import { type Administration, isMade } from "../model";
import { language, w } from "../words";
import { Field, focusWrong } from "./field";

export function Keys({ admin }: { admin: Administration }): JSX.Element {
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const workspace = encodeURIComponent(admin.workspace);
  const when = (at: string) => dayAndTime(at, undefined, language);
  const add = async (form: HTMLFormElement | null) => {
    const pem = String((form && new FormData(form).get("public_key")) ?? "").trim();
    const faults = form && !pem ? { public_key: w.wrong.public_key! } : {};
    setWrong(faults);
    if ("public_key" in faults) return focusWrong(faults);
    const outcome = await admin.act("POST", `/workspaces/${workspace}/keys`, pem ? { public_key: pem } : {}, w.saidKeyAdded);
    if (!isMade(outcome)) {
      setWrong(outcome);
      return focusWrong(outcome);
    }
    form?.reset();
    if (outcome.secret) {
      const title = fill(w.secretOf, { what: outcome.id });
      admin.float({ kind: "secret", title, words: w.keyOnce, secret: outcome.secret });
    }
  };
  const keys = admin.here?.keys ?? [];
  return (
    <section class="room" aria-label={w.keys}>
      <p class="soft">{w.keysHow}</p>
      <div class="tools">
        <button class="primary" data-new onClick={() => void add(null)}>
          {w.addKey}
        </button>
      </div>
      {keys.length > 0 ? (
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{w.key}</th>
              <th scope="col">{w.algorithm}</th>
              <th scope="col">{w.added}</th>
              <th scope="col">{w.state}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map(({ kid, algorithm, created_at, retired_at }) => (
              <tr key={kid} class={retired_at ? "is-off" : ""}>
                <th scope="row">
                  <code>{kid}</code>
                </th>
                <td data-label={w.algorithm}>{algorithm}</td>
                <td data-label={w.added}>{when(created_at)}</td>
                <td data-label={w.state}>
                  {retired_at ? (
                    fill(w.retiredAt, { time: when(retired_at) })
                  ) : (
                    <button
                      aria-label={fill(w.retireKey, { kid })}
                      onClick={() =>
                        admin.confirm(fill(w.retireTitle, { kid }), w.retireWords, w.retire, () =>
                          admin.act("DELETE", `/workspaces/${workspace}/keys/${encodeURIComponent(kid)}`, undefined, fill(w.saidRetired, { kid })),
                        )
                      }
                    >
                      {w.retire}…
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p class="empty">{w.noKeys}</p>
      )}
      <details class="apart">
        <summary>{w.ownKey}</summary>
        <form
          class="narrow"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void add(event.currentTarget);
          }}
        >
          <Field name="public_key" label={w.publicKey} hint={w.publicKeyHint} wrong={wrong}>
            {(field) => <textarea {...field} rows={6} maxLength={10000} spellcheck={false} />}
          </Field>
          <p class="buttons">
            <button>{w.addPublicKey}</button>
          </p>
        </form>
      </details>
    </section>
  );
}
