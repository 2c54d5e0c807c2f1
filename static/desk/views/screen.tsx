// The three columns: inbox, conversation, context; what an agent needs to know about the line stands above them.
import type { JSX } from "preact";
import type { Desk } from "../model";
import { w } from "../words";
import { Board } from "./board";
import { Context } from "./context";
import { Conversation } from "./conversation";
import { Dialogs } from "./dialogs";
import { Inbox } from "./inbox";
import { Notices } from "./notices";

export function Screen({ desk }: { desk: Desk }): JSX.Element {
  const classes = ["desk", desk.floor.showsBoard ? "has-board" : desk.selected ? "has-open" : "", desk.showsContext ? "shows-context" : ""];
  return (
    <main class={classes.join(" ")}>
      {!desk.isLinked && desk.hasLoaded && (
        <p class="cut" role="status">
          {w.offline}
        </p>
      )}
      <Inbox desk={desk} />
      {desk.floor.showsBoard ? (
        <Board desk={desk} />
      ) : (
        <>
          <Conversation desk={desk} />
          <Context desk={desk} />
        </>
      )}
      <Notices desk={desk} />
      <Dialogs desk={desk} />
    </main>
  );
}
