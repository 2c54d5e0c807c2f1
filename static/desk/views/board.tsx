// The leads' live board: one sentence, then queues, people and what was missed today.
import type { JSX } from "preact";
import { clockTime, dayAndTime } from "../../shared/times";
import type { BoardFacts, BoardQueue, Row } from "../../shared/wire";
import { Icon } from "../../shared/icons";
import { badge } from "../inbox";
import type { Desk } from "../model";
import { ClockBadge } from "./line";
import { Dot, inOrderOfPresence, PRESENCES } from "./team";

const ROUTINGS = { least_loaded: "to the least loaded", round_robin: "in turn", by_hand: "by hand" };

export function Board({ desk }: { desk: Desk }): JSX.Element {
  const { board, boardProblem } = desk.floor;
  return (
    <section class="board" aria-label="Live board">
      <header>
        <h1>Live board</h1>
        <button onClick={() => desk.floor.closeBoard()}>Close</button>
      </header>
      {boardProblem && (
        <p class="problem" role="alert">
          {boardProblem}
        </p>
      )}
      {board && (
        <div class="sheets" tabIndex={0} role="region" aria-label="Figures of now">
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
  const due = next && `The next ${isLate ? "was" : "is"} due ${dayAndTime(next.next_due!)}: ${next.ticket}, ${desk.workspaces.get(next.workspace)?.name}.`;
  const late = missed === 0 ? "Nothing was missed today." : `${missed} ${missed === 1 ? "due time was" : "due times were"} missed today.`;
  return [`${waiting || "Nobody"} ${waiting === 1 || !waiting ? "waits" : "wait"}, ${held || "none"} with people.`, due, late]
    .filter(Boolean)
    .join(" ");
}

const missedToday = (board: BoardFacts) => board.breaches.reduce((total, { today }) => total + today, 0);

function Queues({ desk, queues }: { desk: Desk; queues: BoardQueue[] }): JSX.Element {
  return (
    <table>
      <caption>Queues</caption>
      <thead>
        <tr>
          <th scope="col">Queue</th>
          <th scope="col">Wait</th>
          <th scope="col">Held</th>
          <th scope="col">Free</th>
          <th scope="col">Next due</th>
        </tr>
      </thead>
      <tbody>
        {busyFirst(queues).map((queue) => (
          <tr key={`${queue.workspace} ${queue.queue}`} class={queue.waiting + queue.held ? "" : "idle"}>
            <th scope="row">
              {queue.name}
              <small>
                {desk.workspaces.get(queue.workspace)?.name} · {ROUTINGS[queue.routing]} ·{" "}
                {queue.open_now ? "open" : "closed"}
              </small>
            </th>
            <td>{queue.waiting}</td>
            <td>{queue.held}</td>
            <td class={queue.waiting > 0 && !queue.free && queue.open_now ? "short" : ""}>
              {queue.free} of {queue.online}
              {queue.waiting > 0 && !queue.free && queue.open_now && <small>nobody is free</small>}
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
      <h2>People</h2>
      <ul class="people">
        {inOrderOfPresence(board.agents).map((agent) => (
          <li key={agent.id} class={agent.presence}>
            <Dot presence={agent.presence} />
            <span>
              {agent.name}
              <small>
                {PRESENCES[agent.presence]}
                {agent.offered && ", has an offer"}
                {agent.queues.length > 0 && ` · ${agent.queues.join(", ")}`}
                {agent.languages.length > 0 && ` · speaks ${agent.languages.join(", ")}`}
              </small>
            </span>
            <label>
              <meter min={0} max={agent.capacity} value={agent.holds} high={agent.capacity - 0.5} /> {agent.holds} of{" "}
              {agent.capacity}
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
        Missed today: {missedToday(board)}
        {!isAll && " or more"}
      </h2>
      {latest.length === 0 && <p class="soft">No due time was missed since midnight by each workspace’s clock.</p>}
      <ul class="missed">
        {latest.map(({ conversation, ticket, label, at, holder_name }) => (
          <li key={`${conversation} ${label} ${at}`}>
            <Icon name="alert" size={14} /> <time>{clockTime(at)}</time>{" "}
            <button class="plain" onClick={() => void desk.open(conversation)}>
              {ticket ?? "Conversation"}
            </button>{" "}
            {label}
            <small> · {holder_name ?? "nobody holds it"}</small>
          </li>
        ))}
      </ul>
      {reclassified > 0 && (
        <p class="soft">{reclassified} more were late only because the severity was changed afterwards.</p>
      )}
    </section>
  );
}
