// The few questions that stand between an agent and an act, and the list of keys.
import type { JSX } from "preact";
import { COMPOSER_KEYS, KEYS } from "../keys";
import type { Desk } from "../model";
import { inOrderOfPresence, PRESENCES } from "./team";

export function Dialogs({ desk }: { desk: Desk }): JSX.Element | null {
  switch (desk.dialog) {
    case "keys":
      return (
        <Dialog desk={desk} title="Keys">
          <Keys />
        </Dialog>
      );
    case "severity":
      return (
        <Dialog desk={desk} title="Change severity">
          <Severity desk={desk} />
        </Dialog>
      );
    case "transfer":
      return (
        <Dialog desk={desk} title="Pass on">
          <Transfer desk={desk} />
        </Dialog>
      );
    case "takeover":
      return (
        <Dialog desk={desk} title={`Take over from ${desk.row ? desk.nameOf(desk.row) : "a colleague"}`}>
          <TakeOver desk={desk} />
        </Dialog>
      );
    case "resolve":
      return (
        <Dialog desk={desk} title={`Resolve ${desk.row?.ticket ?? ""}`}>
          <Resolve desk={desk} />
        </Dialog>
      );
    default:
      return null;
  }
}

function Dialog({ desk, title, children }: { desk: Desk; title: string; children: JSX.Element }): JSX.Element {
  return (
    <dialog
      aria-label={title}
      ref={(dialog) => void (dialog && !dialog.open && dialog.showModal())}
      onClose={() => desk.show(null)}
    >
      <h2>{title}</h2>
      {children}
    </dialog>
  );
}

const close = (event: Event) => (event.currentTarget as HTMLElement).closest("dialog")?.close();

function Keys(): JSX.Element {
  return (
    <>
      <dl class="keys">
        {KEYS.map(({ key, does }) => [
          <dt>
            <kbd>{key}</kbd>
          </dt>,
          <dd>{does}</dd>,
        ])}
        {COMPOSER_KEYS.map(([key, does]) => [
          <dt>
            <kbd>{key}</kbd>
          </dt>,
          <dd>{does}</dd>,
        ])}
      </dl>
      <button onClick={close}>Close</button>
    </>
  );
}

function Severity({ desk }: { desk: Desk }): JSX.Element {
  const { ticket, levels } = desk.opened!;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { level, reason } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
        void desk.changeSeverity(level ?? "", reason ?? "");
      }}
    >
      <label>
        Severity
        <select name="level" required>
          {levels.map(({ key, name }) => (
            <option key={key} value={key} selected={key === ticket?.level}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Reason
        <textarea name="reason" required rows={2} placeholder="What the description shows" />
      </label>
      <p class="soft">
        Unmet due times are computed anew from the start of the ticket; the visitor is told the new ones.
      </p>
      <button class="primary">Change severity</button>{" "}
      <button type="button" class="plain" onClick={close}>
        Cancel
      </button>
    </form>
  );
}

function Transfer({ desk }: { desk: Desk }): JSX.Element {
  const { ticket, queues, row } = desk.opened!;
  const colleagues = inOrderOfPresence(desk.floor.agents).filter(
    ({ id, workspaces }) => id !== row.holder && workspaces.includes(row.workspace),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { to = "", note = "" } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
        const [kind, key = ""] = to.split(/ (.*)/s);
        void desk.transfer(kind === "agent" ? { agent: key } : { queue: key }, note);
      }}
    >
      <label>
        To
        <select name="to" required>
          <optgroup label="Queues">
            {queues.map(({ key, name }) => (
              <option key={key} value={`queue ${key}`} selected={key === ticket?.queue}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label="Colleagues">
            {colleagues.map(({ id, name, presence }) => (
              <option key={id} value={`agent ${id}`}>
                {name}, {PRESENCES[presence]?.toLowerCase()}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label>
        Note for whoever gets it
        <textarea name="note" rows={2} placeholder="What they should know" />
      </label>
      <p class="soft">
        In a queue nobody holds it and it is offered there; a colleague holds it at once. Its clocks run on.
      </p>
      <button class="primary">Pass on</button>{" "}
      <button type="button" class="plain" onClick={close}>
        Cancel
      </button>
    </form>
  );
}

function TakeOver({ desk }: { desk: Desk }): JSX.Element {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void desk.takeOver(String(new FormData(event.currentTarget).get("reason")));
      }}
    >
      <label>
        Reason
        <input name="reason" required placeholder="Your colleague will see it" />
      </label>
      <button class="primary">Take over</button>{" "}
      <button type="button" class="plain" onClick={close}>
        Cancel
      </button>
    </form>
  );
}

const CODES = {
  solved: "Solved",
  workaround: "A way round was found",
  not_ours: "Somebody else’s system",
  duplicate: "Told twice",
  no_answer: "The visitor did not come back",
};

function Resolve({ desk }: { desk: Desk }): JSX.Element {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void desk.resolve(String(new FormData(event.currentTarget).get("code")));
      }}
    >
      <fieldset>
        <legend>How did it end?</legend>
        {Object.entries(CODES).map(([code, words], i) => (
          <label class="radio" key={code}>
            <input type="radio" name="code" value={code} defaultChecked={i === 0} autoFocus={i === 0} /> {words}
          </label>
        ))}
      </fieldset>
      <p class="soft">The resolution clock is met, {desk.row?.name || "the visitor"} is told and asked for a rating.</p>
      <button class="primary">Resolve</button>{" "}
      <button type="button" class="plain" onClick={close}>
        Cancel
      </button>
    </form>
  );
}
