// Out of the way until a time, or until the visitor writes.
import type { JSX } from "preact";
import type { Desk } from "../model";
import { fill, w } from "../words";
import { Buttons } from "./dialog";
import { instantOf, When } from "./when";

export function Aside({ desk }: { desk: Desk }): JSX.Element {
  const name = desk.row?.name || w.theVisitor;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const until = instantOf(event.currentTarget);
        if (until !== undefined) void desk.putAside(until);
      }}
    >
      <When legend={w.untilWhen} none={fill(w.untilWrites, { name })} />
      <p class="soft">{w.asideEffect}</p>
      <Buttons does={w.putAside} />
    </form>
  );
}
