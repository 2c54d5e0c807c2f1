// Receivers of webhooks: added, given a new secret, paused, dropped; what each was sent, and what it was not.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { dayAndTime } from "../../shared/times";
import { fill, w as d } from "../../desk/words";
import type { Receiver } from "../api";
import { type Administration, isMade } from "../model";
import { language, w } from "../words";
import { Choices, Field, focusWrong } from "./field";
import { Sendings } from "./sendings";

export function Receivers({ admin }: { admin: Administration }): JSX.Element {
  const there = admin.facts!.webhooks.filter(({ workspace }) => workspace === admin.workspace);
  return (
    <section class="room" aria-label={d.adminRooms.webhooks}>
      <p class="soft">{w.webhooksHow}</p>
      <div class="tools">
        <a class="button primary" data-new href={admin.to("webhooks", "new")}>
          {w.addReceiver}
        </a>
      </div>
      {there.length > 0 ? (
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{w.receiver}</th>
              <th scope="col">{w.isTold}</th>
              <th scope="col">{w.state}</th>
            </tr>
          </thead>
          <tbody>
            {there.map((one) => (
              <tr key={one.id} class={one.disabled_at ? "is-off" : ""}>
                <th scope="row">
                  <a href={admin.to("webhooks", one.id)}>{one.url}</a>
                  <small>{one.id}</small>
                </th>
                <td data-label={w.isTold}>{told(one)}</td>
                <td data-label={w.state}>
                  <State receiver={one} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p class="empty">{w.noReceivers}</p>
      )}
    </section>
  );
}

export function NewReceiver({ admin }: { admin: Administration }): JSX.Element {
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const found = (faults: Record<string, string>) => {
    setWrong(faults);
    focusWrong(faults);
  };
  const add = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const url = String(data.get("url") ?? "").trim();
    if (!URL.canParse(url)) return found({ url: w.wrong.url! });
    const body = { workspace: admin.workspace, url, types: data.getAll("types") };
    const outcome = await admin.act("POST", "/webhooks", body, w.saidReceiverAdded, ({ id }) => admin.to("webhooks", id));
    if (!isMade(outcome)) return found(outcome);
    shown(admin, url, outcome.secret);
  };
  return (
    <section class="room narrow" aria-label={w.addReceiver}>
      <p>
        <a href={admin.to("webhooks")}>{w.allReceivers}</a>
      </p>
      <h2>{fill(w.addReceiverOf, { workspace: admin.here?.name ?? admin.workspace })}</h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void add(event.currentTarget);
        }}
      >
        <Field name="url" label={w.address} hint={w.addressHint} wrong={wrong}>
          {(field) => <input {...field} type="url" maxLength={2000} />}
        </Field>
        <Choices
          name="types"
          label={w.isTold}
          hint={w.noneIsEvery}
          wrong={wrong}
          all={admin.facts!.types.map((type): [string, string] => [type, w.types[type] ?? type])}
          has={() => false}
        />
        <p class="buttons">
          <button class="primary">{w.addReceiver}</button>
        </p>
      </form>
    </section>
  );
}

export function ReceiverSheet({ admin, receiver }: { admin: Administration; receiver: Receiver }): JSX.Element {
  const { id, url, disabled_at, old_secret_until } = receiver;
  const path = `/webhooks/${encodeURIComponent(id)}`;
  const act = (name: string, said: string) => admin.act("POST", `${path}/acts/${name}`, {}, said);
  const rotate = async () => {
    const outcome = await act("rotate", w.saidRotated);
    if (isMade(outcome)) shown(admin, url, outcome.secret);
  };
  const drop = async () => {
    // Left before it is shown again: of what is gone nothing can be shown.
    await admin.act("POST", `${path}/acts/drop`, {}, fill(w.saidDropped, { url }), () => admin.to("webhooks"));
  };
  return (
    <section class="room" aria-label={url}>
      <p>
        <a href={admin.to("webhooks")}>{w.allReceivers}</a>
      </p>
      <h2 class="address">{url}</h2>
      <dl>
        <dt>{w.state}</dt>
        <dd>
          <State receiver={receiver} />
        </dd>
        <dt>{w.isTold}</dt>
        <dd>{told(receiver)}</dd>
        {old_secret_until && Date.parse(old_secret_until) > Date.now() && (
          <>
            <dt>{w.oldSecret}</dt>
            <dd>{fill(w.oldSecretUntil, { time: dayAndTime(old_secret_until, undefined, language) })}</dd>
          </>
        )}
      </dl>
      <p class="acts">
        {disabled_at ? (
          <button onClick={() => void act("resume", w.saidResumed)}>{w.resume}</button>
        ) : (
          <button onClick={() => void act("pause", w.saidPaused)}>{w.pause}</button>
        )}
        <button onClick={() => admin.confirm(w.rotateTitle, w.rotateWords, w.rotate, rotate)}>{w.rotate}…</button>
        <button onClick={() => admin.confirm(w.dropTitle, fill(w.dropWords, { url }), w.drop, drop)}>{w.drop}…</button>
      </p>
      <Sendings
        admin={admin}
        caption={w.deliveries}
        empty={w.noDeliveries}
        sendings={admin.deliveries}
        what={({ type, id }) => (
          <>
            {w.types[type] ?? type} <small>{id}</small>
          </>
        )}
        canGo={({ state }) => state !== "waiting"}
        again={(delivery) =>
          admin.act("POST", `${path}/replay`, { delivery }, delivery ? w.saidAgain : fill(w.saidAgainAll, { what: w.deliveries }))
        }
      />
    </section>
  );
}

function State({ receiver: { disabled_at, why_disabled } }: { receiver: Receiver }): JSX.Element {
  if (!disabled_at) return <em class="pill">{w.on}</em>;
  // By hand it says nothing new; a refusal is the receiver's own words.
  const why = why_disabled === "paused by hand" ? "" : why_disabled;
  return (
    <>
      <em class="pill amber">{w.paused}</em> {why && <small>{why}</small>}
    </>
  );
}

const told = ({ types }: Receiver) => types.map((type) => w.types[type] ?? type).join(", ") || w.everything;

function shown(admin: Administration, url: string, secret: string | null): void {
  if (secret) admin.float({ kind: "secret", title: fill(w.secretOf, { what: new URL(url).host }), words: w.receiverOnce, secret });
}
