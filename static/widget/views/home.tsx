// Home has three things: the question box, the visitor's open tickets, and who to contact now.
import type { JSX } from "preact";
import { Icon } from "../../shared/icons";
import type { Model } from "../model";
import { isSpoken } from "../reading";
import { Contacts } from "./contacts";
import { Field } from "./composer";

export function Home({ model }: { model: Model }): JSX.Element {
  const { words, info, talk } = model;
  const { found } = model.finder;
  const last = talk.events.filter(isSpoken).at(-1);
  const isOpen = ({ state }: { state: string }) => state !== "resolved";
  // The open ones first; of those that are done the latest, for somebody may ask for them by number.
  const tickets = [...talk.tickets.filter(isOpen), ...talk.tickets.filter((ticket) => !isOpen(ticket)).slice(0, 3)];
  const { Tickets, Talks } = model.chunks.cards ?? {};
  const earlier = talk.talks.filter(({ id }) => id !== talk.id);
  return (
    <div class="body home">
      {info?.maintenance.map((window) => (
        <p class="state" key={window.starts}>
          <Icon name="alert" size={16} /> {window.line}
        </p>
      ))}
      <h2>{words.title}</h2>
      <Field model={model} label={words.ask} fresh={talk.status === "resolved"} />
      {found.length > 0 && (
        <ul class="found" aria-label={words.articles}>
          {found.map(({ slug, title, snippet }) => (
            <li key={slug}>
              <button class="row" onClick={() => model.read(slug)}>
                <Icon name="page" />
                <span>
                  <b>{title}</b>
                  <small>{snippet}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {last && (
        <button class="row talk-row" onClick={() => model.go("talk")}>
          <span>
            <b>{words.conversation}</b>
            <small>
              {last.who.role === "visitor" ? words.you : last.who.name}: {last.text}
            </small>
          </span>
          {model.reading.unread > 0 && <em class="pill">{model.reading.unread}</em>}
        </button>
      )}
      {tickets.length > 0 && Tickets && <Tickets model={model} tickets={tickets} />}
      {earlier.length > 0 && Talks && <Talks model={model} talks={earlier} />}
      {info && (
        <section>
          <h3>{words.callNow}</h3>
          {info.call_now.length > 0 ? (
            <Contacts model={model} contacts={info.call_now} />
          ) : (
            <p class="soft">{info.help_words}</p>
          )}
        </section>
      )}
    </div>
  );
}
