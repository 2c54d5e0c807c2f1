// What asks for attention for a moment: a ticket that is offered to this agent, and what waited when they came.
import { Component, type JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Line, Offer } from "../../shared/wire";
import { badge } from "../inbox";
import type { Desk } from "../model";

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
    <section class="arrival" role="status" aria-label="What waits">
      <p>Waiting when you came:</p>
      <ul>
        {lines.map((line) => (
          <li key={`${line.workspace} ${line.queue}`}>{inWords(line)}</li>
        ))}
      </ul>
      <p>
        <button onClick={show}>Show them</button>{" "}
        <button class="plain" onClick={() => desk.floor.read()}>
          Close
        </button>
      </p>
    </section>
  );
}

function inWords({ name, waiting, next_due }: Line): JSX.Element {
  return (
    <>
      {waiting} in {name}
      {next_due && <small>, {waiting > 1 && "the first "}due {dayAndTime(next_due)}</small>}
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
      <section class="offer" role="alert" aria-label="Offered to you">
        <small>Offered to you</small>
        <p class="top">
          <b>{row?.ticket ?? "A conversation"}</b>
          {row?.level_name && (
            <em class="pill" data-rank={row.rank}>
              {row.level_name}
            </em>
          )}
        </p>
        {offer.knows_visitor && <p>{row?.name || "This visitor"} spoke with you last.</p>}
        <p class="words">{row?.first_words}</p>
        {clock && <p class="soft">{row?.next_due && `Due ${dayAndTime(row.next_due)}, ${clock.words} of open time left.`}</p>}
        <p class="choices">
          <button class="primary" onClick={() => void desk.takeOffer()}>
            Take it
          </button>
          <button class="plain" onClick={() => desk.floor.decline()}>
            Not now
          </button>
          <small aria-hidden="true">{left} s</small>
        </p>
      </section>
    );
  }
}
