// Waiting on the visitor: for what, and when to ask again.
import type { JSX } from "preact";
import type { Desk } from "../model";
import { fill, w } from "../words";
import { Buttons, values } from "./dialog";
import { instantOf, When } from "./when";

export function Wait({ desk }: { desk: Desk }): JSX.Element {
  const name = desk.row?.name || w.theVisitor;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const at = instantOf(event.currentTarget);
        if (at !== undefined) void desk.wait(values(event.currentTarget).reason ?? "", at);
      }}
    >
      <label>
        {w.waitsFor}
        <input name="reason" required maxLength={500} placeholder={w.waitsForHint} />
      </label>
      <When legend={w.followUp} none={w.never} />
      <p class="soft">{fill(w.waitEffect, { name })}</p>
      <Buttons does={w.wait} />
    </form>
  );
}
