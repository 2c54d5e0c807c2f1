// Everybody who may log in: what they may do, where, and whether they still may.
import type { JSX } from "preact";
import { LANGUAGES } from "../../desk/words";
import type { Account } from "../api";
import type { Administration } from "../model";
import { w } from "../words";

export function People({ admin }: { admin: Administration }): JSX.Element {
  const words = admin.query.toLowerCase().split(/\s+/);
  const people = admin.facts!.agents.filter((person) => {
    const text = [person.name, person.email, w.roles[person.role], ...person.workspaces, ...person.queues].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <section class="room" aria-label={w.people}>
      <div class="tools">
        <input
          type="search"
          aria-label={w.findPeople}
          placeholder={w.findPeople}
          value={admin.query}
          onInput={(event) => admin.look({ query: event.currentTarget.value })}
        />
        <a class="button primary" data-new href={admin.to("people", "new")}>
          {w.addPerson}
        </a>
      </div>
      {people.length > 0 && (
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{w.person}</th>
              <th scope="col">{w.role}</th>
              <th scope="col">{w.workspaces}</th>
              <th scope="col">{w.queues}</th>
              <th scope="col">{w.languages}</th>
              <th scope="col" class="number">
                {w.capacity}
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <Line key={person.id} admin={admin} person={person} />
            ))}
          </tbody>
        </table>
      )}
      {!people.length && <p class="empty">{w.nobodyFits}</p>}
    </section>
  );
}

function Line({ admin, person }: { admin: Administration; person: Account }): JSX.Element {
  return (
    <tr class={person.disabled_at ? "is-off" : ""}>
      <th scope="row">
        <a href={admin.to("people", person.id)}>{person.name}</a> {person.disabled_at && <em class="pill">{w.disabled}</em>}
        <small>{person.email}</small>
      </th>
      <td data-label={w.role}>{w.roles[person.role]}</td>
      <td data-label={w.workspaces}>{person.workspaces.join(", ") || w.everyOne}</td>
      <td data-label={w.queues}>{person.queues.join(", ") || w.everyOne}</td>
      <td data-label={w.languages}>{person.languages.map((key) => LANGUAGES[key] ?? key).join(", ") || w.any}</td>
      <td data-label={w.capacity} class="number">
        {person.capacity}
      </td>
    </tr>
  );
}
