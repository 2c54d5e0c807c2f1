// One person: what they may do and serve; a new password; shut out and let in again.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { fill, LANGUAGES, w as d } from "../../desk/words";
import type { Account } from "../api";
import { type Administration, isMade } from "../model";
import { w } from "../words";
import { Choices, Field, focusWrong } from "./field";

const SHORTEST_PASSWORD = 8;
const CAPACITY = 12;

export function PersonForm({ admin, person }: { admin: Administration; person: Account | null }): JSX.Element {
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const isSelf = person?.id === admin.agent.id;
  const found = (faults: Record<string, string>) => {
    setWrong(faults);
    focusWrong(faults);
  };
  const save = async (form: HTMLFormElement) => {
    const facts = read(form);
    const faults = faultsOf(facts, !person);
    if (Object.keys(faults).length) return found(faults);
    const { password, ...rest } = facts;
    const { name } = rest;
    const outcome = person
      ? await admin.act("PATCH", `/agents/${encodeURIComponent(person.id)}`, rest, fill(w.saidChanged, { name }))
      : await admin.act("POST", "/agents", { password, ...rest }, fill(w.saidAdded, { name }), () => admin.to("people"));
    if (!isMade(outcome)) return found(outcome);
    found({});
    if (!person) {
      admin.float({ kind: "secret", title: fill(w.passwordOf, { name }), words: fill(w.passwordOnce, { name }), secret: password });
    }
  };
  const queues = admin.facts!.workspaces.flatMap(({ workspace, queues }) =>
    queues.map(({ key, name }): [string, string] => [`${workspace}/${key}`, `${workspace} · ${name || key}`]),
  );
  return (
    <section class="room narrow" aria-label={person?.name ?? w.addPerson}>
      <p>
        <a href={admin.to("people")}>{w.allPeople}</a>
      </p>
      <h2>{person?.name ?? w.addPerson}</h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(event.currentTarget);
        }}
      >
        <Field name="name" label={d.name} wrong={wrong}>
          {(field) => <input {...field} type="text" maxLength={120} autoComplete="off" defaultValue={person?.name ?? ""} />}
        </Field>
        <Field name="email" label={d.email} hint={w.emailHint} wrong={wrong}>
          {(field) => <input {...field} type="email" maxLength={254} autoComplete="off" defaultValue={person?.email ?? ""} />}
        </Field>
        {!person && <Password wrong={wrong} />}
        <Field name="role" label={w.role} hint={w.roleHint} wrong={wrong}>
          {(field) => (
            <select {...field} disabled={isSelf}>
              {admin.facts!.roles.map((role) => (
                <option key={role} value={role} selected={role === (person?.role ?? "agent")}>
                  {w.roles[role] ?? role}
                </option>
              ))}
            </select>
          )}
        </Field>
        {isSelf && <p class="soft">{w.yourself}</p>}
        <Choices
          name="workspaces"
          label={w.workspaces}
          hint={w.noneIsEvery}
          wrong={wrong}
          all={admin.facts!.workspaces.map(({ workspace, name }): [string, string] => [workspace, name])}
          has={(workspace) => person?.workspaces.includes(workspace) ?? false}
        />
        <Choices
          name="queues"
          label={w.queues}
          hint={w.noneIsEvery}
          wrong={wrong}
          all={queues}
          has={(queue) => person?.queues.some((own) => own === queue || own === queue.split("/")[1]) ?? false}
        />
        <Choices
          name="languages"
          label={w.languages}
          hint={w.noneIsAny}
          wrong={wrong}
          all={Object.entries(LANGUAGES)}
          has={(key) => person?.languages.includes(key) ?? false}
        />
        <Field name="capacity" label={w.capacity} hint={w.capacityHint} wrong={wrong}>
          {(field) => <input {...field} type="number" min={1} max={500} defaultValue={String(person?.capacity ?? CAPACITY)} />}
        </Field>
        <p class="buttons">
          <button class="primary">{person ? d.save : w.addPerson}</button>
        </p>
      </form>
      {person && <Access admin={admin} person={person} isSelf={isSelf} />}
    </section>
  );
}

/** What ends sessions stands apart from what can be tried and taken back. */
function Access({ admin, person, isSelf }: { admin: Administration; person: Account; isSelf: boolean }): JSX.Element {
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const { id, name } = person;
  const change = (body: object, said: string) => admin.act("PATCH", `/agents/${encodeURIComponent(id)}`, body, fill(said, { name }));
  const renew = async (form: HTMLFormElement) => {
    const { password } = read(form);
    const faults = password.length < SHORTEST_PASSWORD ? { password: w.wrong.password! } : {};
    setWrong(faults);
    if ("password" in faults) return focusWrong(faults);
    admin.confirm(fill(w.renewTitle, { name }), w.renewWords, w.renew, async () => {
      const outcome = await change({ password }, w.saidRenewed);
      if (!isMade(outcome)) return setWrong(outcome);
      form.reset();
      admin.float({ kind: "secret", title: fill(w.passwordOf, { name }), words: fill(w.passwordOnce, { name }), secret: password });
    });
  };
  return (
    <section class="apart" aria-label={w.access}>
      <h2>{w.access}</h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void renew(event.currentTarget);
        }}
      >
        <Password wrong={wrong} />
        <p class="buttons">
          <button>{w.renew}</button>
        </p>
      </form>
      {isSelf ? (
        <p class="soft">{w.notYourself}</p>
      ) : person.disabled_at ? (
        <p class="buttons">
          <button onClick={() => void change({ disabled: false }, w.saidEnabled)}>{fill(w.enable, { name })}</button>
        </p>
      ) : (
        <p class="buttons">
          <button
            onClick={() =>
              admin.confirm(fill(w.disableTitle, { name }), fill(w.disableWords, { name }), fill(w.disable, { name }), () =>
                change({ disabled: true }, w.saidDisabled),
              )
            }
          >
            {fill(w.disable, { name })}…
          </button>
        </p>
      )}
    </section>
  );
}

function Password({ wrong }: { wrong: Record<string, string> }): JSX.Element {
  const make = (button: HTMLElement) => {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    button.closest("form")!.querySelector<HTMLInputElement>("[name=password]")!.value = btoa(String.fromCharCode(...bytes));
  };
  return (
    <Field name="password" label={w.newPassword} hint={w.passwordHint} wrong={wrong}>
      {(field) => (
        <span class="with">
          <input {...field} type="text" autoComplete="new-password" spellcheck={false} maxLength={1000} />
          <button type="button" onClick={(event) => make(event.currentTarget)}>
            {w.makeOne}
          </button>
        </span>
      )}
    </Field>
  );
}

interface Facts {
  name: string;
  email: string;
  password: string;
  role?: string;
  workspaces: string[];
  queues: string[];
  languages: string[];
  capacity: number;
}

function read(form: HTMLFormElement): Facts {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? "").trim();
  const many = (name: string) => data.getAll(name).map(String);
  return {
    name: text("name"),
    email: text("email"),
    password: String(data.get("password") ?? ""),
    // One's own role is not sent: its field is shut.
    ...(data.has("role") && { role: text("role") }),
    workspaces: many("workspaces"),
    queues: many("queues"),
    languages: many("languages"),
    capacity: Number(text("capacity")),
  };
}

function faultsOf({ name, email, password, capacity }: Facts, isNew: boolean): Record<string, string> {
  const faults: Record<string, string> = {};
  if (!name) faults.name = w.wrong.name!;
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) faults.email = w.wrong.email!;
  if (isNew && password.length < SHORTEST_PASSWORD) faults.password = w.wrong.password!;
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > 500) faults.capacity = w.wrong.capacity!;
  return faults;
}
