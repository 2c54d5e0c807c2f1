// What asks for attention for a moment: a ticket that is offered to this agent, and what waited when they came.
import { Component, type JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Line, Offer } from "../../shared/wire";
import { badge } from "../inbox";
import type { Desk } from "../model";
import { fill, language, w } from "../words";

export function Notices({ desk }: { desk: Desk }): JSX.Element | null {
  const { offer } = desk.floor;
  return offer && <Offered key={offer.conversation} desk={desk} offer={offer} />;
}

/** Above the list, until it was read. */
export function Waiting({ desk }: { desk: Desk }): JSX.Element | null {
  const { lines } = desk.floor;
  if (!lines) return null;
  const show = () => {
    Object.assign(desk, { view: "unassigned", query: "" });
    desk.floor.read();
  };
  return (
    <section class="arrival" role="status" aria-label={w.arrival.title}>
      <p>{w.arrival.waiting}</p>
      <ul>
        {lines.map((line) => (
          <li key={`${line.workspace} ${line.queue}`}>{inWords(line)}</li>
        ))}
      </ul>
      <p>
        <button onClick={show}>{w.arrival.show}</button>{" "}
        <button class="plain" onClick={() => desk.floor.read()}>
          {w.close}
        </button>
      </p>
    </section>
  );
}

function inWords({ name, waiting, next_due }: Line): JSX.Element {
  return (
    <>
      {fill(w.arrival.inQueue, { count: waiting, name })}
      {next_due && (
        <small>, {fill(waiting > 1 ? w.arrival.firstDue : w.arrival.due, { time: dayAndTime(next_due, undefined, language) })}</small>
      )}
    </>
  );
}

/** Counts its own seconds, so that the desk is not drawn anew each of them. */
class Offered extends Component<{ desk: Desk; offer: Offer }> {
  private ticking: ReturnType<typeof setInterval> | undefined;

  override componentDidMount(): void {
    this.ticking = setInterval(() => this.forceUpdate(), 1_000);
  }

  override componentWillUnmount(): void {
    clearInterval(this.ticking);
  }

  override render({ desk, offer }: { desk: Desk; offer: Offer }): JSX.Element {
    const row = desk.rows.get(offer.conversation);
    const now = Date.now();
    const left = Math.max(0, Math.ceil((Date.parse(offer.until) - now) / 1000));
    const clock = row && badge(row, desk.opening(row), desk.since.get(row.conversation) ?? now, now);
    return (
      <section class="offer" role="alert" aria-label={w.offer.title}>
        <small>{w.offer.title}</small>
        <p class="top">
          <b>{row?.ticket ?? w.offer.aConversation}</b>
          {row?.level_name && (
            <em class="pill" data-rank={row.rank}>
              {row.level_name}
            </em>
          )}
        </p>
        {offer.knows_visitor && <p>{fill(w.offer.spokeLast, { name: row?.name || w.offer.thisVisitor })}</p>}
        <p class="words">{row?.first_words}</p>
        {clock && <p class="soft">{row?.next_due && fill(w.offer.due, { time: dayAndTime(row.next_due, undefined, language), left: clock.words })}</p>}
        <p class="choices">
          <button class="primary" onClick={() => void desk.takeOffer()}>
            {w.offer.take}
          </button>
          <button class="plain" onClick={() => desk.floor.decline()}>
            {w.offer.notNow}
          </button>
          <small aria-hidden="true">{left} s</small>
        </p>
      </section>
    );
  }
}
