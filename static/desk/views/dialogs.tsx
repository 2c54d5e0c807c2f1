// The few questions that stand between an agent and an act.
import type { JSX } from "preact";
import type { Desk } from "../model";
import { fill, w } from "../words";
import { Aside } from "./aside";
import { CannedReplies } from "./canned";
import { Buttons, Dialog, values } from "./dialog";
import { Keys } from "./keys";
import { Merge, mergeTitle } from "./merge";
import { Palette } from "./palette";
import { SavedViews } from "./saved";
import { Settings } from "./settings";
import { inOrderOfPresence } from "./team";
import { Wait } from "./wait";

interface Asked {
  title(desk: Desk): string;
  body(props: { desk: Desk }): JSX.Element | null;
  isWide?: boolean;
}

const DIALOGS: Record<NonNullable<Desk["dialog"]>, Asked> = {
  keys: { title: () => w.keys, body: Keys },
  palette: { title: () => w.palette, body: Palette },
  settings: { title: () => w.settings, body: Settings },
  canned: { title: () => w.cannedTitle, body: CannedReplies, isWide: true },
  severity: { title: () => w.changeSeverity, body: Severity },
  transfer: { title: () => w.passOnTitle, body: Transfer },
  merge: { title: (desk) => mergeTitle(desk.row), body: Merge, isWide: true },
  takeover: {
    title: (desk) => fill(w.takeOverFrom, { name: desk.row ? desk.nameOf(desk.row) : w.aColleague }),
    body: TakeOver,
  },
  resolve: { title: (desk) => fill(w.resolveTitle, { ticket: desk.row?.ticket ?? "" }), body: Resolve },
  wait: { title: (desk) => fill(w.waitTitle, { name: desk.row?.name || w.theVisitor }), body: Wait },
  views: { title: () => w.savedTitle, body: SavedViews },
  aside: { title: () => w.asideTitle, body: Aside },
};

export function Dialogs({ desk }: { desk: Desk }): JSX.Element | null {
  if (!desk.dialog) return null;
  const { title, body: Body, isWide } = DIALOGS[desk.dialog];
  return (
    <Dialog key={desk.dialog} desk={desk} title={title(desk)} isWide={isWide ?? false}>
      <Body desk={desk} />
    </Dialog>
  );
}

function Severity({ desk }: { desk: Desk }): JSX.Element {
  const { ticket, levels } = desk.opened!;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { level, reason } = values(event.currentTarget);
        void desk.changeSeverity(level ?? "", reason ?? "");
      }}
    >
      <label>
        {w.severity}
        <select name="level" required>
          {levels.map(({ key, name }) => (
            <option key={key} value={key} selected={key === ticket?.level}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {w.reason}
        <textarea name="reason" required rows={2} placeholder={w.descriptionShows} />
      </label>
      <p class="soft">{w.severityEffect}</p>
      <Buttons does={w.changeSeverity} />
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
        const { to = "", note = "" } = values(event.currentTarget);
        const [kind, key = ""] = to.split(/ (.*)/s);
        void desk.transfer(kind === "agent" ? { agent: key } : { queue: key }, note);
      }}
    >
      <label>
        {w.to}
        <select name="to" required>
          <optgroup label={w.queues}>
            {queues.map(({ key, name }) => (
              <option key={key} value={`queue ${key}`} selected={key === ticket?.queue}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label={w.colleagues}>
            {colleagues.map(({ id, name, presence }) => (
              <option key={id} value={`agent ${id}`}>
                {name}, {w.presences[presence]?.toLowerCase()}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label>
        {w.noteThere}
        <textarea name="note" rows={2} placeholder={w.theyShouldKnow} />
      </label>
      <p class="soft">{w.passOnEffect}</p>
      <Buttons does={w.passOn} />
    </form>
  );
}

function TakeOver({ desk }: { desk: Desk }): JSX.Element {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void desk.takeOver(values(event.currentTarget).reason ?? "");
      }}
    >
      <label>
        {w.reason}
        <input name="reason" required placeholder={w.colleagueSees} />
      </label>
      <Buttons does={w.takeOver} />
    </form>
  );
}

function Resolve({ desk }: { desk: Desk }): JSX.Element {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void desk.resolve(values(event.currentTarget).code ?? "");
      }}
    >
      <fieldset>
        <legend>{w.howEnded}</legend>
        {Object.entries(w.codes).map(([code, words], i) => (
          <label class="radio" key={code}>
            <input type="radio" name="code" value={code} defaultChecked={i === 0} autoFocus={i === 0} /> {words}
          </label>
        ))}
      </fieldset>
      <p class="soft">{fill(w.resolveEffect, { name: desk.row?.name || w.theVisitor })}</p>
      <Buttons does={w.resolve} />
    </form>
  );
}
