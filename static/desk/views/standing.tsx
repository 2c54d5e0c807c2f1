// What stands beside a ticket's clocks: a time that was committed to, a third party as the cause, whose contract it is.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { DeskTicket, Opened } from "../../shared/wire";
import type { Desk } from "../model";

interface Props {
  desk: Desk;
  opened: Opened;
  ticket: DeskTicket;
}

export function Standing(props: Props): JSX.Element {
  const isOpen = props.ticket.state !== "resolved";
  return (
    <section class="standing">
      <h2>Beside the clocks</h2>
      <Commitment {...props} isOpen={isOpen} />
      <ThirdParty {...props} isOpen={isOpen} />
      {props.opened.plans.length > 0 && <Plan {...props} />}
    </section>
  );
}

interface Changeable extends Props {
  isOpen: boolean;
}

function Commitment({ desk, ticket, isOpen }: Changeable): JSX.Element {
  const { committed_until: until } = ticket;
  return (
    <>
      {until && (
        <p>
          Committed to <b>{dayAndTime(until)}</b>. <span class="soft">The first promise stays, and its miss is counted.</span>
        </p>
      )}
      {isOpen && (
        <details>
          <summary>{until ? "Commit to another time" : "Commit to a time"}</summary>
          <form
            onSubmit={(event) => {
              // The field tells the agent's own wall time; the browser knows its offset.
              const named = new Date(said(event, "until"));
              if (!Number.isNaN(named.valueOf())) void desk.commitToTime(named.toISOString());
            }}
          >
            <label>
              New time, on your clock
              <input type="datetime-local" name="until" required />
            </label>
            <button>Tell the visitor</button>
          </form>
        </details>
      )}
    </>
  );
}

function ThirdParty({ desk, ticket, isOpen }: Changeable): JSX.Element {
  const { third_party: party } = ticket;
  return (
    <>
      {party && (
        <p>
          <b>{party.name || "A third party"}</b> is the cause since {dayAndTime(party.since)}.{" "}
          <span class="soft">{party.pauses ? "The resolution stands still." : "No clock stands still for it."}</span>{" "}
          {isOpen && (
            <button class="plain" onClick={() => void desk.clearThirdParty()}>
              No longer
            </button>
          )}
        </p>
      )}
      {isOpen && (
        <details>
          <summary>{party ? "Name another third party" : "A third party is the cause"}</summary>
          <form
            onSubmit={(event) => {
              void desk.nameThirdParty(said(event, "name"));
            }}
          >
            <label>
              Whose system
              <input name="name" required maxLength={200} />
            </label>
            <button>Record it</button>
          </form>
        </details>
      )}
    </>
  );
}

function Plan({ desk, opened, ticket }: Props): JSX.Element {
  return (
    <label>
      Plan
      <select
        value={ticket.plan ?? ""}
        onChange={(event) => void desk.setPlan(event.currentTarget.value || null)}
      >
        <option value="">As for everybody</option>
        {opened.plans.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What the form's only field says; the form is folded away again. */
function said(event: Event & { currentTarget: HTMLFormElement }, field: string): string {
  event.preventDefault();
  const form = event.currentTarget;
  const words = String(new FormData(form).get(field));
  form.reset();
  form.closest("details")!.open = false;
  return words;
}
