// Who is there: this agent's own availability, and the colleagues at a glance.
import type { JSX } from "preact";
import type { Colleague } from "../../shared/wire";
import type { Availability } from "../floor";
import type { Desk } from "../model";
import { fill, w } from "../words";

const ORDER = ["online", "away", "offline"];

export function Availability({ desk }: { desk: Desk }): JSX.Element {
  const { floor } = desk;
  const isIdle = floor.seenAs !== floor.chosen;
  return (
    <select
      aria-label={w.presence}
      title={isIdle ? w.idleWhy : undefined}
      value={floor.chosen}
      onChange={(event) => void desk.setPresence(event.currentTarget.value as Availability)}
    >
      <option value="online">{isIdle ? w.idle : w.online}</option>
      <option value="away">{w.away}</option>
      <option value="offline">{w.presences.offline}</option>
    </select>
  );
}

/** Present ones first. */
export function inOrderOfPresence<T extends Colleague>(agents: T[]): T[] {
  return agents.toSorted(
    (a, b) => ORDER.indexOf(a.presence) - ORDER.indexOf(b.presence) || a.name.localeCompare(b.name),
  );
}

export function Team({ desk }: { desk: Desk }): JSX.Element {
  const { floor } = desk;
  const count = (presence: string) => floor.agents.filter((agent) => agent.presence === presence).length;
  const away = count("away");
  return (
    <div class="team">
      <details>
        <summary>
          {fill(w.countOnline, { count: count("online") })}
          {away > 0 && `, ${fill(w.countAway, { count: away })}`}
        </summary>
        <ul>
          {inOrderOfPresence(floor.agents).map((agent) => (
            <li key={agent.id}>
              <Dot presence={agent.presence} />
              <span>{agent.id === desk.agent.id ? `${agent.name} (${w.you})` : agent.name}</span>
              <small>
                {w.presences[agent.presence]} · {holds(desk, agent.id)}
              </small>
            </li>
          ))}
        </ul>
      </details>
      {floor.leads && (
        <button class="plain" aria-pressed={floor.showsBoard} onClick={() => floor.openBoard()}>
          {w.board.short}
        </button>
      )}
    </div>
  );
}

export function Dot({ presence }: { presence: string }): JSX.Element {
  return <i class={`dot ${presence}`} />;
}

function holds(desk: Desk, agent: string): string {
  let held = 0;
  for (const row of desk.rows.values()) held += Number(row.holder === agent);
  return held ? fill(w.holdsCount, { count: held }) : w.holdsNothing;
}
