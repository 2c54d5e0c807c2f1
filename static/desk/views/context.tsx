// Beside the conversation: why it has its severity, when what is due, who the visitor is, whom to escalate to.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Clock, Contact, DeskTicket, Device, Opened } from "../../shared/wire";
import { badge } from "../inbox";
import type { Desk } from "../model";
import { fill, language, w } from "../words";
import { ClockBadge } from "./line";
import { Standing } from "./standing";
import { Tags } from "./tags";

export function Context({ desk }: { desk: Desk }): JSX.Element {
  const { opened } = desk;
  return (
    <section class="context" aria-label={w.details}>
      {opened && (
        <>
          {opened.ticket && <Severity desk={desk} ticket={opened.ticket} />}
          {opened.ticket && <Clocks desk={desk} opened={opened} ticket={opened.ticket} />}
          {opened.ticket && <Standing desk={desk} opened={opened} ticket={opened.ticket} />}
          <Tags desk={desk} />
          <Visitor opened={opened} />
          {opened.escalation && (opened.escalation.words || opened.escalation.contact) && (
            <section>
              <h2>{w.escalation}</h2>
              <p>{opened.escalation.words}</p>
              {opened.escalation.contact && <ContactLine contact={opened.escalation.contact} />}
            </section>
          )}
          {opened.contacts && opened.contacts.length > 0 && (
            <section>
              <h2>{w.contacts}</h2>
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
  const { level_name, claimed, level, reasons, reasons_from: from, provisional } = ticket;
  return (
    <section>
      <h2>{w.severity}</h2>
      <p class="severity">
        <b>{level_name}</b>
        {claimed && claimed !== level && <em class="pill claim">{fill(w.claimedAs, { level: claimed })}</em>}
        {ticket.state !== "resolved" && (
          <button class="plain" onClick={() => desk.show("severity")}>
            {w.change}
          </button>
        )}
      </p>
      {from && reasons.length > 0 && <p class="soft">{fill(w.assessedOn, { ticket: from })}</p>}
      {reasons.map(({ clause, quote, because }) => (
        <figure key={clause + because}>
          {quote && <blockquote>“{quote}”</blockquote>}
          <figcaption>
            {clause && <span>{clause}</span>}
            {because && <span>{fill(w.fromWords, { words: because })}</span>}
          </figcaption>
        </figure>
      ))}
      {provisional && (
        <p class="notice">
          {w.provisional} {ticket.formal_report ?? w.formalReport}{" "}
          <button class="plain" onClick={() => void desk.recordFormalReport()}>
            {w.recordReport}
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
      <h2>{w.clocks}</h2>
      {ticket.clocks.map((clock) => (
        <ClockLine key={clock.metric} desk={desk} opened={opened} clock={clock} />
      ))}
      {opened.row.follow_up_at && (
        <p class="soft">{fill(w.followUpAt, { time: dayAndTime(opened.row.follow_up_at, undefined, language) })}</p>
      )}
      {isPaused && <button onClick={() => void desk.waitEnded()}>{w.stopWaiting}</button>}
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
        <span>{w.metrics[metric] ?? label}</span>
        {shown ? (
          <ClockBadge clock={shown} due={due} />
        ) : (
          <span class="soft">{met_at ? fill(w.met, { time: dayAndTime(met_at, undefined, language) }) : metric === "next_response" ? w.nothingOwed : words}</span>
        )}
      </summary>
      {due && (
        <dl>
          <dt>{w.yours}</dt>
          <dd>{dayAndTime(due, undefined, language)}</dd>
          {info && (
            <>
              <dt>{info.zone_words}</dt>
              <dd>{dayAndTime(due, info.zone, language)}</dd>
            </>
          )}
          {opened.visitor.zone && (
            <>
              <dt>{w.visitor}</dt>
              <dd>{dayAndTime(due, opened.visitor.zone, language)}</dd>
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

function deviceDetails(device: Device): string {
  const sizes = [device.screen && fill(w.deviceScreen, { size: device.screen }), device.viewport && fill(w.deviceWindow, { size: device.viewport })];
  const blocked = [
    device.cookies_blocked && w.cookiesBlocked,
    device.storage_blocked && w.storageBlocked,
    device.third_party_blocked && w.thirdPartyBlocked,
  ];
  return [...sizes, device.language, ...blocked].filter(Boolean).join(" · ");
}

function Visitor({ opened }: { opened: Opened }): JSX.Element {
  const { name, email, zone, page, device, verified, earlier, customer, looked_after_by: keeper } = opened.visitor;
  return (
    <section>
      <h2>{w.visitor}</h2>
      <dl>
        <dt>{w.name}</dt>
        <dd>
          {name || w.notGiven}
          {verified ? ` · ${w.verified}` : ""}
        </dd>
        {customer && (
          <>
            <dt>{w.customer}</dt>
            <dd>{customer}</dd>
          </>
        )}
        {keeper && (
          <>
            <dt>{w.lookedAfterBy}</dt>
            <dd>{keeper}</dd>
          </>
        )}
        <dt>{w.email}</dt>
        <dd>{email ? <a href={`mailto:${email}`}>{email}</a> : w.notGiven}</dd>
        <dt>{w.theirTime}</dt>
        <dd>
          {zone ? dayAndTime(new Date(), zone, language) : w.unknown}
          {zone && <small> {zone.replaceAll("_", " ")}</small>}
        </dd>
        {device && (
          <>
            <dt>{w.device}</dt>
            <dd class="device">
              {[`${device.browser ?? ""} ${device.version ?? ""}`.trim(), device.system].filter(Boolean).join(" · ")}
              <br />
              <small>{deviceDetails(device)}</small>
            </dd>
          </>
        )}
        {page && (
          <>
            <dt>{w.page}</dt>
            <dd class="page">
              {/^https?:/.test(page) ? (
                <a href={page} target="_blank" rel="noreferrer">
                  {page.replace(/^https?:\/\//, "")}
                </a>
              ) : (
                page
              )}
            </dd>
          </>
        )}
      </dl>
      {earlier.length > 0 && (
        <>
          <h3>{w.earlierTickets}</h3>
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
        {person && ` ${person}`} {open != null && <small>{open ? w.openNow : w.closedNow}</small>}
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
