// Beside the conversation: why it has its severity, when what is due, who the visitor is, whom to escalate to.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Clock, Contact, DeskTicket, Opened } from "../../shared/wire";
import { badge } from "../inbox";
import type { Desk } from "../model";
import { ClockBadge } from "./inbox";
import { Standing } from "./standing";

export function Context({ desk }: { desk: Desk }): JSX.Element {
  const { opened } = desk;
  return (
    <section class="context" aria-label="Details">
      {opened && (
        <>
          {opened.ticket && <Severity desk={desk} ticket={opened.ticket} />}
          {opened.ticket && <Clocks desk={desk} opened={opened} ticket={opened.ticket} />}
          {opened.ticket && <Standing desk={desk} opened={opened} ticket={opened.ticket} />}
          <Visitor opened={opened} />
          {opened.escalation && (opened.escalation.words || opened.escalation.contact) && (
            <section>
              <h2>Escalation</h2>
              <p>{opened.escalation.words}</p>
              {opened.escalation.contact && <ContactLine contact={opened.escalation.contact} />}
            </section>
          )}
          {opened.contacts && opened.contacts.length > 0 && (
            <section>
              <h2>Contacts</h2>
              {opened.contacts.map((contact) => (
                <ContactLine key={contact.name} contact={contact} />
              ))}
            </section>
          )}
        </>
      )}
    </section>
  );
}

function Severity({ desk, ticket }: { desk: Desk; ticket: DeskTicket }): JSX.Element {
  const { level_name, claimed, level, reasons, provisional } = ticket;
  return (
    <section>
      <h2>Severity</h2>
      <p class="severity">
        <b>{level_name}</b>
        {claimed && claimed !== level && <em class="pill claim">claimed {claimed}</em>}
        {ticket.state !== "resolved" && (
          <button class="plain" onClick={() => desk.show("severity")}>
            Change…
          </button>
        )}
      </p>
      {reasons.map(({ clause, quote, because }) => (
        <figure key={clause + because}>
          {quote && <blockquote>“{quote}”</blockquote>}
          <figcaption>
            {clause && <span>{clause}</span>}
            {because && <span> from “{because}”</span>}
          </figcaption>
        </figure>
      ))}
      {provisional && (
        <p class="notice">
          Due times are provisional. {ticket.formal_report ?? "The policy asks for a formal report by another channel."}{" "}
          <button class="plain" onClick={() => void desk.recordFormalReport()}>
            Record the report
          </button>
        </p>
      )}
    </section>
  );
}

function Clocks({ desk, opened, ticket }: { desk: Desk; opened: Opened; ticket: DeskTicket }): JSX.Element {
  const isPaused = ticket.state === "waiting_on_visitor";
  return (
    <section>
      <h2>Clocks</h2>
      {ticket.clocks.map((clock) => (
        <ClockLine key={clock.metric} desk={desk} opened={opened} clock={clock} />
      ))}
      {isPaused && <button onClick={() => void desk.waitEnded()}>Stop waiting on the visitor</button>}
    </section>
  );
}

function ClockLine({ desk, opened, clock }: { desk: Desk; opened: Opened; clock: Clock }): JSX.Element {
  const { metric, label, due, met_at, words, explanation } = clock;
  const info = desk.workspaces.get(opened.row.workspace);
  const shown = badge(clock, desk.opening(opened.row), desk.openedAt, Date.now());
  return (
    <details class="clock">
      <summary>
        <span>{label}</span>
        {shown ? (
          <ClockBadge clock={shown} due={due} />
        ) : (
          <span class="soft">{met_at ? `met ${dayAndTime(met_at)}` : metric === "next_response" ? "nothing owed now" : words}</span>
        )}
      </summary>
      {due && (
        <dl>
          <dt>Yours</dt>
          <dd>{dayAndTime(due)}</dd>
          {info && (
            <>
              <dt>{info.zone_words}</dt>
              <dd>{dayAndTime(due, info.zone)}</dd>
            </>
          )}
          {opened.visitor.zone && (
            <>
              <dt>Visitor</dt>
              <dd>{dayAndTime(due, opened.visitor.zone)}</dd>
            </>
          )}
        </dl>
      )}
      {words && <p class="soft">“{words}”</p>}
      <table>
        <tbody>
          {explanation.map((step, i) => (
            <tr key={i}>
              <th scope="row">{step.label}</th>
              <td>{step.detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Visitor({ opened }: { opened: Opened }): JSX.Element {
  const { name, email, zone, verified, earlier, customer, looked_after_by: keeper } = opened.visitor;
  return (
    <section>
      <h2>Visitor</h2>
      <dl>
        <dt>Name</dt>
        <dd>
          {name || "not given"}
          {verified ? " · verified" : ""}
        </dd>
        {customer && (
          <>
            <dt>Customer</dt>
            <dd>{customer}</dd>
          </>
        )}
        {keeper && (
          <>
            <dt>Looked after by</dt>
            <dd>{keeper}</dd>
          </>
        )}
        <dt>E-mail</dt>
        <dd>{email ? <a href={`mailto:${email}`}>{email}</a> : "not given"}</dd>
        <dt>Their time</dt>
        <dd>
          {zone ? dayAndTime(new Date(), zone) : "unknown"}
          {zone && <small> {zone.replaceAll("_", " ")}</small>}
        </dd>
      </dl>
      {earlier.length > 0 && (
        <>
          <h3>Earlier tickets</h3>
          <ul>
            {earlier.map(({ number, state, level }) => (
              <li key={number}>
                {number}{" "}
                <small>
                  {level}, {state.replaceAll("_", " ")}
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function ContactLine({ contact }: { contact: Contact }): JSX.Element {
  const { name, person, phones, email, when, hours, open, unset } = contact;
  return (
    <div class="contact">
      <p>
        <b>{name}</b>
        {person && ` ${person}`} {open != null && <small>{open ? "open now" : "closed now"}</small>}
      </p>
      {when && <p class="soft">{when}</p>}
      {hours && <p class="soft">{hours}</p>}
      {unset && <p class="soft">{unset}</p>}
      {phones?.map(({ country, number }) => (
        <p key={number}>
          <a href={`tel:${number.replace(/[^+\d]/g, "")}`}>{number}</a> <small>{country}</small>
        </p>
      ))}
      {email && (
        <p>
          <a href={`mailto:${email}`}>{email}</a>
        </p>
      )}
    </div>
  );
}
