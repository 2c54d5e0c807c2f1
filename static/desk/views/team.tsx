// Who is there: this agent's own availability, and the colleagues at a glance.
import type { JSX } from "preact";
import type { Colleague } from "../../shared/wire";
import type { Availability } from "../floor";
import type { Desk } from "../model";

export const PRESENCES: Record<string, string> = { online: "Online", away: "Away", offline: "Offline" };
const ORDER = Object.keys(PRESENCES);

export function Availability({ desk }: { desk: Desk }): JSX.Element {
  const { floor } = desk;
  const isIdle = floor.seenAs !== floor.chosen;
  return (
    <select
      aria-label="Your presence"
      title={isIdle ? "Nobody touched this page for ten minutes, so colleagues see you as away" : undefined}
      value={floor.chosen}
      onChange={(event) => void desk.setPresence(event.currentTarget.value as Availability)}
    >
      <option value="online">{isIdle ? "Away, idle" : "Online"}</option>
      <option value="away">Away</option>
      <option value="offline">Offline</option>
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
          {count("online")} online{away > 0 && `, ${away} away`}
        </summary>
        <ul>
          {inOrderOfPresence(floor.agents).map((agent) => (
            <li key={agent.id}>
              <Dot presence={agent.presence} />
              <span>{agent.id === desk.agent.id ? `${agent.name} (you)` : agent.name}</span>
              <small>
                {PRESENCES[agent.presence]} · {holds(desk, agent.id)}
              </small>
            </li>
          ))}
        </ul>
      </details>
      {floor.leads && (
        <button class="plain" aria-pressed={floor.showsBoard} onClick={() => floor.openBoard()}>
          Board
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
  return held ? `holds ${held}` : "holds nothing";
}
