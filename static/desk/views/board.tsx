// The leads' live board: one sentence, then queues, people and what was missed today.
import type { JSX } from "preact";
import { clockTime, dayAndTime } from "../../shared/times";
import type { BoardFacts, BoardQueue, Row } from "../../shared/wire";
import { Icon } from "../../shared/icons";
import { badge } from "../inbox";
import type { Desk } from "../model";
import { fill, language, w } from "../words";
import { ClockBadge } from "./line";
import { Dot, inOrderOfPresence } from "./team";

export function Board({ desk }: { desk: Desk }): JSX.Element {
  const { board, boardProblem } = desk.floor;
  return (
    <section class="board" aria-label={w.board.title}>
      <header>
        <h1>{w.board.title}</h1>
        <button onClick={() => desk.floor.closeBoard()}>{w.close}</button>
      </header>
      {boardProblem && (
        <p class="problem" role="alert">
          {boardProblem}
        </p>
      )}
      {board && (
        <div class="sheets" tabIndex={0} role="region" aria-label={w.board.figures}>
          <p class="lead">{sentence(desk, board)}</p>
          <Queues desk={desk} queues={board.queues} />
          <People board={board} />
          <Missed desk={desk} board={board} />
        </div>
      )}
    </section>
  );
}

function soonest(board: BoardFacts): Row | null {
  const next = board.queues.map((queue) => queue.next).filter((row) => row !== null);
  return next.sort((a, b) => a.next_due!.localeCompare(b.next_due!))[0] ?? null;
}

function sentence(desk: Desk, board: BoardFacts): string {
  const sum = (of: (queue: BoardQueue) => number) => board.queues.reduce((total, queue) => total + of(queue), 0);
  const [waiting, held, missed] = [sum((queue) => queue.waiting), sum((queue) => queue.held), missedToday(board)];
  const next = soonest(board);
  const isLate = next?.state === "breached";
  const due =
    next &&
    fill(isLate ? w.board.nextWas : w.board.nextIs, {
      time: dayAndTime(next.next_due!, undefined, language),
      ticket: next.ticket ?? "",
      workspace: desk.workspaces.get(next.workspace)?.name ?? "",
    });
  return [several(w.board.wait, waiting), several(w.board.withPeople, held), due, several(w.board.missed, missed)]
    .filter(Boolean)
    .join(" ");
}

/** A sentence for none, one or several. */
function several(words: { none: string; one: string; more: string }, count: number): string {
  return count === 0 ? words.none : count === 1 ? words.one : fill(words.more, { count });
}

const missedToday = (board: BoardFacts) => board.breaches.reduce((total, { today }) => total + today, 0);

function Queues({ desk, queues }: { desk: Desk; queues: BoardQueue[] }): JSX.Element {
  return (
    <table>
      <caption>{w.queues}</caption>
      <thead>
        <tr>
          <th scope="col">{w.board.queue}</th>
          <th scope="col">{w.board.waiting}</th>
          <th scope="col">{w.board.held}</th>
          <th scope="col">{w.board.free}</th>
          <th scope="col">{w.board.nextDue}</th>
        </tr>
      </thead>
      <tbody>
        {busyFirst(queues).map((queue) => (
          <tr key={`${queue.workspace} ${queue.queue}`} class={queue.waiting + queue.held ? "" : "idle"}>
            <th scope="row">
              {queue.name}
              <small>
                {desk.workspaces.get(queue.workspace)?.name} · {w.board.routings[queue.routing]} ·{" "}
                {queue.open_now ? w.board.open : w.board.closed}
              </small>
            </th>
            <td>{queue.waiting}</td>
            <td>{queue.held}</td>
            <td class={queue.waiting > 0 && !queue.free && queue.open_now ? "short" : ""}>
              {fill(w.board.of, { part: queue.free, whole: queue.online })}
              {queue.waiting > 0 && !queue.free && queue.open_now && <small>{w.board.nobodyFree}</small>}
            </td>
            <td>{queue.next ? <Next desk={desk} row={queue.next} /> : "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where nothing happens stands below, in the order of the policy. */
function busyFirst(queues: BoardQueue[]): BoardQueue[] {
  const isIdle = ({ waiting, held }: BoardQueue) => Number(waiting + held === 0);
  return queues.toSorted((a, b) => isIdle(a) - isIdle(b) || b.waiting - a.waiting);
}

function Next({ desk, row }: { desk: Desk; row: Row }): JSX.Element {
  const now = Date.now();
  const clock = badge(row, desk.opening(row), now, now);
  return (
    <button class="plain" onClick={() => void desk.open(row.conversation)}>
      <span>{row.ticket}</span> {clock && <ClockBadge clock={clock} due={row.next_due} />}
    </button>
  );
}

function People({ board }: { board: BoardFacts }): JSX.Element {
  return (
    <section>
      <h2>{w.board.people}</h2>
      <ul class="people">
        {inOrderOfPresence(board.agents).map((agent) => (
          <li key={agent.id} class={agent.presence}>
            <Dot presence={agent.presence} />
            <span>
              {agent.name}
              <small>
                {w.presences[agent.presence]}
                {agent.offered && `, ${w.board.hasOffer}`}
                {agent.queues.length > 0 && ` · ${agent.queues.join(", ")}`}
                {agent.languages.length > 0 && ` · ${fill(w.board.speaks, { languages: agent.languages.join(", ") })}`}
              </small>
            </span>
            <label>
              <meter min={0} max={agent.capacity} value={agent.holds} high={agent.capacity - 0.5} /> {fill(w.board.of, { part: agent.holds, whole: agent.capacity })}
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Missed({ desk, board }: { desk: Desk; board: BoardFacts }): JSX.Element {
  const latest = board.breaches.flatMap((one) => one.latest).sort((a, b) => b.at.localeCompare(a.at));
  const reclassified = board.breaches.reduce((total, one) => total + one.reclassified, 0);
  const isAll = board.breaches.every(({ is_all }) => is_all);
  return (
    <section>
      <h2>
        {fill(isAll ? w.board.missedToday : w.board.missedOrMore, { count: missedToday(board) })}
      </h2>
      {latest.length === 0 && <p class="soft">{w.board.noneMissed}</p>}
      <ul class="missed">
        {latest.map(({ conversation, ticket, metric, label, at, holder_name }) => (
          <li key={`${conversation} ${label} ${at}`}>
            <Icon name="alert" size={14} /> <time>{clockTime(at, undefined, language)}</time>{" "}
            <button class="plain" onClick={() => void desk.open(conversation)}>
              {ticket ?? w.conversation}
            </button>{" "}
            {w.metrics[metric] ?? label}
            <small> · {holder_name ?? w.board.nobodyHolds}</small>
          </li>
        ))}
      </ul>
      {reclassified > 0 && (
        <p class="soft">{several(w.board.reclassified, reclassified)}</p>
      )}
    </section>
  );
}
