// The form in which queues, customers and pages are changed; what changes is shown before it is in force.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { fill, w as d } from "../../desk/words";
import type { PolicySheet, Proposal } from "../api";
import { arranged, type Form, faultsOf, formOf, numbered, places, placed, propose, put } from "../arranging";
import type { Administration } from "../model";
import { w } from "../words";
import { Cell } from "./cell";
import { Field, focusOn, focusWrong } from "./field";
import { ProposalDialog } from "./proposal";

export function Arranging({ admin, sheet }: { admin: Administration; sheet: PolicySheet }): JSX.Element {
  const [form, setForm] = useState<Form>(() => formOf(sheet.arrangement));
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const found = (faults: Record<string, string>) => {
    setWrong(faults);
    focusWrong(faults);
  };
  const review = async () => {
    const faults = faultsOf(form);
    if (Object.keys(faults).length) return found(faults);
    const answer = await propose(admin.workspace, sheet, arranged(form));
    if (answer.ok) {
      admin.complain(null);
      setWrong({});
      return setProposal(answer);
    }
    setProposal(null);
    const { code, fields } = answer.error;
    const at = placed(fields ?? {}, form);
    found(at);
    const isBeside = Object.keys(at).some((place) => document.getElementsByName(place).length);
    if (code === "unchanged") admin.complain({ code, message: w.arrange.unchanged });
    else admin.complain(isBeside ? null : answer.error);
  };
  const force = async (drawn: Proposal) => {
    const answer = await put(admin.workspace, drawn);
    if (answer.ok) return admin.goes(admin.to("policy"), w.arrange.said);
    // Somebody was quicker: the same question again, on top of what stands there now.
    if (answer.error.code === "moved" || answer.error.code === "doubts") return review();
    setProposal(null);
    admin.complain(answer.error);
  };
  const contacts = Object.entries(sheet.contacts);
  return (
    <section class="room" aria-label={d.adminRooms.policy}>
      <p>
        <a href={admin.to("policy")}>{d.adminRooms.policy}</a>
      </p>
      <p class="soft">{w.arrange.how}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void review();
        }}
      >
        <Queues form={form} setForm={setForm} wrong={wrong} sheet={sheet} />
        <section class="apart" aria-label={w.customers}>
          <h2>{w.customers}</h2>
          {form.customers.length > 0 && (
            <table class="cards edits">
              <thead>
                <tr>
                  <th scope="col">{w.arrange.domain}</th>
                  <th scope="col">{w.arrange.contact}</th>
                  <th scope="col">{w.act}</th>
                </tr>
              </thead>
              <tbody>
                {form.customers.map((line) => {
                  const change = (part: Partial<typeof line>) =>
                    setForm({ ...form, customers: form.customers.map((each) => (each.id === line.id ? { ...each, ...part } : each)) });
                  return (
                    <tr key={line.id}>
                      <Cell label={w.arrange.domain} name={places.domain(line.id)} wrong={wrong}>
                        {(field) => <input {...field} type="text" value={line.domain} onInput={(event) => change({ domain: event.currentTarget.value })} />}
                      </Cell>
                      <Cell label={w.arrange.contact} name={places.contact(line.id)} wrong={wrong}>
                        {(field) => (
                          <select {...field} value={line.contact} onChange={(event) => change({ contact: event.currentTarget.value })}>
                            {!line.contact && <option value="" />}
                            <Contacts contacts={contacts} />
                          </select>
                        )}
                      </Cell>
                      <td>
                        <Remove what={line.domain} run={() => setForm({ ...form, customers: form.customers.filter(({ id }) => id !== line.id) })} />
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          )}
          <Add
            label={w.arrange.addCustomer}
            run={() => {
              const line = numbered({ domain: "", contact: "" });
              setForm({ ...form, customers: [...form.customers, line] });
              return places.domain(line.id);
            }}
          />
          <Field name="customers_else" label={w.everybodyElse} wrong={wrong}>
            {(field) => (
              <select
                {...field}
                value={form.customers_else ?? ""}
                onChange={(event) => setForm({ ...form, customers_else: event.currentTarget.value || null })}
              >
                <option value="">{w.arrange.nobody}</option>
                <Contacts contacts={contacts} />
              </select>
            )}
          </Field>
        </section>
        <section class="apart" aria-label={w.origins}>
          <h2>{w.origins}</h2>
          <p class="soft">{w.arrange.originHow}</p>
          {form.origins.length > 0 && (
            <table class="cards edits">
              <thead class="hidden">
                <tr>
                  <th scope="col">{w.arrange.origin}</th>
                  <th scope="col">{w.act}</th>
                </tr>
              </thead>
              <tbody>
                {form.origins.map(({ id, origin }) => (
                  <tr key={id}>
                    <Cell label={w.arrange.origin} name={places.origin(id)} wrong={wrong}>
                      {(field) => (
                        <input
                          {...field}
                          type="url"
                          value={origin}
                          onInput={(event) => {
                            const now = event.currentTarget.value;
                            setForm({ ...form, origins: form.origins.map((each) => (each.id === id ? { id, origin: now } : each)) });
                          }}
                        />
                      )}
                    </Cell>
                    <td>
                      <Remove what={origin} run={() => setForm({ ...form, origins: form.origins.filter((each) => each.id !== id) })} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <Add
            label={w.arrange.addOrigin}
            run={() => {
              const line = numbered({ origin: "" });
              setForm({ ...form, origins: [...form.origins, line] });
              return places.origin(line.id);
            }}
          />
        </section>
        <p class="buttons">
          <button class="primary">{w.arrange.review}</button>
          <a class="button" href={admin.to("policy")}>
            {d.cancel}
          </a>
        </p>
      </form>
      {proposal && (
        <ProposalDialog
          key={proposal.digest}
          proposal={proposal}
          left={() => setProposal(null)}
          put={force}
          again={() => {
            setProposal(null);
            void admin.load();
          }}
        />
      )}
    </section>
  );
}

function Queues(props: {
  form: Form;
  setForm: (form: Form) => void;
  wrong: Record<string, string>;
  sheet: PolicySheet;
}): JSX.Element {
  const { form, setForm, wrong, sheet } = props;
  return (
    <section aria-label={w.queues}>
      <table class="cards edits queues">
        <caption>{w.queues}</caption>
        <thead>
          <tr>
            <th scope="col">{w.arrange.key}</th>
            <th scope="col">{w.arrange.name}</th>
            <th scope="col">{w.routing}</th>
            <th scope="col">{w.arrange.hours}</th>
            <th scope="col">{w.arrange.waits}</th>
            <th scope="col">{w.act}</th>
          </tr>
        </thead>
        <tbody>
          {form.queues.map((line) => {
            const change = (part: Partial<typeof line>) =>
              setForm({ ...form, queues: form.queues.map((each) => (each.id === line.id ? { ...each, ...part } : each)) });
            const levels = (line.isNew ? undefined : sheet.levels[line.key]) ?? [];
            return (
              <tr key={line.id}>
                <Cell label={w.arrange.key} name={places.key(line.id)} wrong={wrong} hint={line.isNew ? w.arrange.keyHint : undefined}>
                  {(field) =>
                    line.isNew ? (
                      <input {...field} type="text" maxLength={60} spellcheck={false} value={line.key} onInput={(event) => change({ key: event.currentTarget.value })} />
                    ) : (
                      <code>{line.key}</code>
                    )
                  }
                </Cell>
                <Cell label={w.arrange.name} name={places.name(line.id)} wrong={wrong}>
                  {(field) => <input {...field} type="text" maxLength={120} value={line.name} onInput={(event) => change({ name: event.currentTarget.value })} />}
                </Cell>
                <Cell label={w.routing} name={places.routing(line.id)} wrong={wrong}>
                  {(field) => (
                    <select {...field} value={line.routing} onChange={(event) => change({ routing: event.currentTarget.value })}>
                      {Object.entries(d.board.routings).map(([routing, words]) => (
                        <option key={routing} value={routing}>
                          {words}
                        </option>
                      ))}
                    </select>
                  )}
                </Cell>
                <Cell label={w.arrange.hours} name={places.calendar(line.id)} wrong={wrong}>
                  {(field) => (
                    <select {...field} value={line.calendar ?? ""} onChange={(event) => change({ calendar: event.currentTarget.value || null })}>
                      <option value="">{w.arrange.desksHours}</option>
                      {sheet.calendars.map((calendar) => (
                        <option key={calendar} value={calendar}>
                          {calendar}
                        </option>
                      ))}
                    </select>
                  )}
                </Cell>
                <td data-label={w.arrange.waits}>{levels.join(", ") || <span class="soft">{w.arrange.noLevel}</span>}</td>
                <td>
                  {levels.length === 0 ? (
                    <Remove what={line.key} run={() => setForm({ ...form, queues: form.queues.filter(({ id }) => id !== line.id) })} />
                  ) : (
                    <span class="hidden">{fill(w.arrange.stays, { levels: levels.join(", ") })}</span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Add
        byKey
        label={w.arrange.addQueue}
        run={() => {
          const line = numbered({ key: "", name: "", routing: "by_hand", calendar: null, isNew: true });
          setForm({ ...form, queues: [...form.queues, line] });
          return places.key(line.id);
        }}
      />
    </section>
  );
}

/** Adds a line and says where its first field is, which gets the caret. `byKey`: the key for something new does it too. */
function Add({ label, run, byKey }: { label: string; run: () => string; byKey?: boolean }): JSX.Element {
  return (
    <p>
      <button type="button" data-new={byKey} onClick={() => focusOn(run())}>
        {label}
      </button>
    </p>
  );
}

function Contacts({ contacts }: { contacts: [string, string][] }): JSX.Element {
  return (
    <>
      {contacts.map(([key, name]) => (
        <option key={key} value={key}>
          {name} · {key}
        </option>
      ))}
    </>
  );
}

function Remove({ what, run }: { what: string; run(): void }): JSX.Element {
  return (
    <button type="button" aria-label={fill(w.arrange.removeThis, { what: what || "…" })} onClick={run}>
      {w.arrange.remove}
    </button>
  );
}
