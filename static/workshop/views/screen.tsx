// The frame: rooms above, the room below; what is wrong stands between them.
import type { JSX } from "preact";
import { Rooms } from "../../shared/rooms";
import type { Room, Workshop } from "../model";
import { w } from "../words";
import { Gaps } from "./gaps";
import { List } from "./list";
import { MovingRoom } from "./moving";
import { NumbersRoom } from "./numbers";
import { SheetView } from "./sheet";
import { TryOut } from "./tryout";

export function Screen({ workshop }: { workshop: Workshop }): JSX.Element {
  const { agent, sheet } = workshop;
  return (
    <>
      <header class="bar">
        <h1>{w.title}</h1>
        {agent.workspaces.length > 1 && (
          <select
            aria-label={w.workspace}
            value={workshop.workspace}
            onChange={(event) => (location.hash = `#/${event.currentTarget.value}/${workshop.room}`)}
          >
            {agent.workspaces.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
        <Rooms
          label={w.roomsOf}
          rooms={(Object.keys(w.rooms) as Room[]).map((room) => ({
            href: workshop.to(room),
            words: w.rooms[room],
            isOpen: workshop.room === room,
          }))}
        />
        <a class="away" href="/desk">
          {w.conversations}
        </a>
      </header>
      {workshop.problem && (
        <p class="problem" role="alert">
          {workshop.problem}
        </p>
      )}
      <main class={sheet ? "has-sheet" : ""}>{room(workshop)}</main>
    </>
  );
}

function room(workshop: Workshop): JSX.Element {
  switch (workshop.room) {
    case "gaps":
      return <Gaps workshop={workshop} />;
    case "numbers":
      return <NumbersRoom workshop={workshop} />;
    case "moving":
      return workshop.moving ? <MovingRoom workshop={workshop} moving={workshop.moving} /> : <></>;
    case "try":
      return <TryOut workshop={workshop} />;
    default:
      return workshop.sheet ? (
        <SheetView key={workshop.sheet.slug} workshop={workshop} sheet={workshop.sheet} />
      ) : (
        <List workshop={workshop} />
      );
  }
}
