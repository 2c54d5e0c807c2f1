// What is drawn only once it is needed: the cards for hours, contacts, tickets and deadlines, the explanation, the rating.
import type { JSX } from "preact";
import type { Card, Deadline, MyTalk, MyTicket, Step, TicketCard } from "../shared/wire";
import { Icon } from "../shared/icons";
import { dayOf } from "../shared/times";
import type { Model } from "./model";
import { Contacts } from "./views/contacts";

export function CardView({ model, card }: { model: Model; card: Card }): JSX.Element | null {
  switch (card.kind) {
    case "hours":
      return (
        <div class="card">
          <h2>
            <Icon name="clock" size={16} /> {card.zone_words}
            <em class="pill">{card.open ? model.words.openNow : model.words.closedNow}</em>
          </h2>
          <table class="steps">
            <tbody>
              {card.week.map(({ days, hours }) => (
                <tr key={days}>
                  <th scope="row">{days}</th>
                  <td>{hours}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "contacts":
      return (
        <div class="card">
          <Contacts model={model} contacts={card.contacts} />
        </div>
      );
    case "ticket":
      return <Ticket model={model} ticket={card} />;
    case "deadline":
      return (
        <div class="card">
          <Due model={model} deadline={card} />
        </div>
      );
    default:
      return null;
  }
}

function Ticket({ model, ticket }: { model: Model; ticket: TicketCard }): JSX.Element {
  const { words } = model;
  const { number, severity, reason, deadlines, provisional, contacts } = ticket;
  return (
    <div class="card">
      <h2>
        <Icon name="ticket" size={16} /> {number} <em class="pill">{severity}</em>
      </h2>
      {provisional && (
        <p class="state">
          <Icon name="alert" size={16} /> {words.provisional}
        </p>
      )}
      {deadlines.map((deadline) => (
        <Due key={deadline.metric} model={model} deadline={deadline} />
      ))}
      {reason && (reason.quote || reason.because) && (
        <details>
          <summary>{words.because}</summary>
          {reason.quote && (
            <blockquote>
              {reason.quote}
              {reason.clause && <cite> {reason.clause}</cite>}
            </blockquote>
          )}
          {reason.because && (
            <p class="foot">
              {words.saying}: “{reason.because}”
            </p>
          )}
        </details>
      )}
      {contacts && contacts.length > 0 && <Contacts model={model} contacts={contacts} />}
    </div>
  );
}

/** One promised time; a tap unfolds how it comes about. */
function Due({ model, deadline }: { model: Model; deadline: Deadline }): JSX.Element {
  const { label, due, line, words, explanation } = deadline;
  const time = line || (due && model.time(due));
  const head = (
    <>
      {label && <span class="label">{label}</span>}
      <b class="due">{time}</b>
      {words && <small>{words}</small>}
    </>
  );
  if (!explanation?.length) return <div class="deadline">{head}</div>;
  return (
    <details
      class="deadline"
      onToggle={({ currentTarget }) => currentTarget.open && currentTarget.scrollIntoView({ block: "nearest" })}
    >
      <summary>{head}</summary>
      <Explanation title={model.words.explain} steps={explanation} />
    </details>
  );
}

export function Explanation({ title, steps }: { title: string; steps: Step[] }): JSX.Element {
  return (
    <table class="steps">
      <caption>{title}</caption>
      <tbody>
        {steps.map(({ label, detail }, i) => (
          <tr key={i}>
            <th scope="row">{label}</th>
            <td>{detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Tickets({ model, tickets }: { model: Model; tickets: MyTicket[] }): JSX.Element {
  const noun = model.info?.ticket_noun ?? "ticket";
  return (
    <section>
      <h3>{model.says("tickets", { noun })}</h3>
      <ul class="tickets">
        {tickets.map(({ number, conversation, severity, state, next_due, next_due_line }) => (
          <li key={number}>
            <button class="row" onClick={() => void model.goOn(conversation)}>
              <Icon name="ticket" />
              <span>
                <b>{number}</b> <em class="pill">{severity}</em>
                {(state !== "open" || !next_due) && <small>{stateWords(model, state)}</small>}
                {next_due && <small>{model.says("nextBy", { time: next_due_line || model.time(next_due) })}</small>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function stateWords({ words }: Model, state: string): string {
  if (state === "open") return words.isOpen;
  return state === "resolved" ? words.resolved : words.onYou;
}

/** What was talked about before, here or on another device. */
export function Talks({ model, talks }: { model: Model; talks: MyTalk[] }): JSX.Element {
  return (
    <details>
      <summary>
        <h3>{model.words.earlier}</h3>
      </summary>
      <ul>
        {talks.map(({ id, first_words, last_at, ticket }) => (
          <li key={id}>
            <button class="row" onClick={() => void model.goOn(id)}>
              <span>
                <b>{first_words || ticket || model.words.conversation}</b>
                <small>
                  {dayOf(last_at, undefined, model.language)} {ticket}
                </small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function Rating({ model }: { model: Model }): JSX.Element {
  const { rate, scores } = model.words;
  return (
    <div class="card" role="group" aria-label={rate}>
      <h2>{rate}</h2>
      <div class="scores">
        {scores.split("|").map((score, i) => (
          <button class="score" key={score} onClick={() => void model.rate(i + 1)}>
            <b>{i + 1}</b>
            {score}
          </button>
        ))}
      </div>
    </div>
  );
}
