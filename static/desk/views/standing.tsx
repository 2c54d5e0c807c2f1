// What stands beside a ticket's clocks: a time that was committed to, a third party as the cause, whose contract it is.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { DeskTicket, Opened } from "../../shared/wire";
import type { Desk } from "../model";
import { fill, language, w } from "../words";

interface Props {
  desk: Desk;
  opened: Opened;
  ticket: DeskTicket;
}

export function Standing(props: Props): JSX.Element {
  const isOpen = props.ticket.state !== "resolved";
  return (
    <section class="standing">
      <h2>{w.standing.title}</h2>
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
          <b>{fill(w.standing.committed, { time: dayAndTime(until, undefined, language) })}</b> <span class="soft">{w.standing.firstStays}</span>
        </p>
      )}
      {isOpen && (
        <details>
          <summary>{until ? w.standing.commitAgain : w.standing.commit}</summary>
          <form
            onSubmit={(event) => {
              // The field tells the agent's own wall time; the browser knows its offset.
              const named = new Date(said(event, "until"));
              if (!Number.isNaN(named.valueOf())) void desk.commitToTime(named.toISOString());
            }}
          >
            <label>
              {w.standing.newTime}
              <input type="datetime-local" name="until" required />
            </label>
            <button>{w.standing.tell}</button>
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
          {fill(w.standing.causeSince, { name: party.name || w.standing.aParty, time: dayAndTime(party.since, undefined, language) })}{" "}
          <span class="soft">{party.pauses ? w.standing.pauses : w.standing.pausesNot}</span>{" "}
          {isOpen && (
            <button class="plain" onClick={() => void desk.clearThirdParty()}>
              {w.standing.noLonger}
            </button>
          )}
        </p>
      )}
      {isOpen && (
        <details>
          <summary>{party ? w.standing.another : w.standing.isCause}</summary>
          <form
            onSubmit={(event) => {
              void desk.nameThirdParty(said(event, "name"));
            }}
          >
            <label>
              {w.standing.whose}
              <input name="name" required maxLength={200} />
            </label>
            <button>{w.standing.record}</button>
          </form>
        </details>
      )}
    </>
  );
}

function Plan({ desk, opened, ticket }: Props): JSX.Element {
  return (
    <label>
      {w.standing.plan}
      <select
        value={ticket.plan ?? ""}
        onChange={(event) => void desk.setPlan(event.currentTarget.value || null)}
      >
        <option value="">{w.standing.asEverybody}</option>
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
