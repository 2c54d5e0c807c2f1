// People and addresses as the document publishes them, to tap.
import type { JSX } from "preact";
import type { Contact } from "../../shared/wire";
import { Icon } from "../../shared/icons";
import type { Model } from "../model";

export function Contacts({ model, contacts }: { model: Model; contacts: Contact[] }): JSX.Element {
  const { openNow, closedNow } = model.words;
  return (
    <ul class="contacts">
      {contacts.map(({ name, person, phones, email, hours, when, open, unset }) => (
        <li key={name}>
          <b>{name}</b>
          {person && <small> {person}</small>}
          {open != null && <small class={open ? "is-open" : ""}> {open ? openNow : closedNow}</small>}
          {when && <small class="when">{when}</small>}
          {hours && <small class="when">{hours}</small>}
          {phones?.map(({ country, number }) => (
            <a key={number} href={`tel:${number.replace(/[^+\d]/g, "")}`}>
              <Icon name="phone" size={16} />
              <span>{number}</span> {country && <small>{country}</small>}
            </a>
          ))}
          {email && (
            <a href={`mailto:${email}`}>
              <Icon name="mail" size={16} />
              <span>{email}</span>
            </a>
          )}
          {unset && <small class="when">{unset}</small>}
        </li>
      ))}
    </ul>
  );
}
