// Where two conversations met: the way to the one that goes on, and the lines of the one that came in, folded.
import type { ComponentChildren, JSX } from "preact";
import type { DeskEvent } from "../../shared/wire";
import type { Desk } from "../model";
import { fill, w } from "../words";

interface Joined {
  conversation: string;
  ticket: string | null;
}

/** undefined: it was not merged into another. */
export function whereItGoesOn(desk: Desk): Joined | undefined {
  return desk.opened?.timeline.findLast(({ kind }) => kind === "merged_into")?.data as Joined | undefined;
}

/** In place of the composer of one that was merged. */
export function GoesOn({ desk }: { desk: Desk }): JSX.Element {
  const { conversation, ticket } = whereItGoesOn(desk)!;
  return (
    <p class="goes-on">
      {ticket ? fill(w.merging.goesOn, { ticket }) : w.merging.goesOnTalk}{" "}
      <button onClick={() => void desk.open(conversation)}>{w.merging.open}</button>
    </p>
  );
}

/** What was said in conversations that came in with these facts; `drawn` draws a timeline. */
export function CameIn(props: {
  desk: Desk;
  facts: DeskEvent[];
  drawn(timeline: DeskEvent[]): ComponentChildren;
}): JSX.Element {
  const { desk, facts, drawn } = props;
  return (
    <>
      {facts
        .filter(({ kind }) => kind === "merged_from")
        .map((event) => {
          const { conversation } = event.data as unknown as Joined;
          const lines = desk.opened?.merged[conversation] ?? [];
          const count = lines.filter(({ kind }) => kind.endsWith("_wrote") || kind === "note_written").length;
          return (
            <details class="came-in" key={conversation}>
              <summary>{fill(w.merging.lines, { count })}</summary>
              {drawn(lines)}
            </details>
          );
        })}
    </>
  );
}
