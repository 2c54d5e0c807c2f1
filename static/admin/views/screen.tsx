// The frame: rooms above, the room below; what was done and what is wrong stand between them.
import type { JSX } from "preact";
import { w as d } from "../../desk/words";
import { Rooms } from "../../shared/rooms";
import { type Administration, ROOMS } from "../model";
import { w } from "../words";
import { Arranging } from "./arranging";
import { FloatingOne } from "./floating";
import { Keys } from "./keys";
import { Log } from "./log";
import { Mail } from "./mail";
import { People } from "./people";
import { PersonForm } from "./person";
import { Policy } from "./policy";
import { NewReceiver, ReceiverSheet, Receivers } from "./webhooks";

export function Screen({ admin }: { admin: Administration }): JSX.Element {
  return (
    <>
      <header class="bar">
        <h1>{w.title}</h1>
        {admin.hasWorkspaces && (
          <select
            aria-label={w.workspace}
            value={admin.workspace}
            onChange={(event) => (location.hash = admin.to(admin.room, "", event.currentTarget.value))}
          >
            {admin.agent.workspaces.map((name) => (
              <option key={name} value={name}>
                {admin.facts?.workspaces.find(({ workspace }) => workspace === name)?.name ?? name}
              </option>
            ))}
          </select>
        )}
        <Rooms
          label={w.roomsOf}
          rooms={ROOMS.map((room) => ({ href: admin.to(room), words: d.adminRooms[room], isOpen: admin.room === room }))}
        >
          <a href="/desk?show=canned">{d.canned}</a>
        </Rooms>
        <a class="away" href="/desk">
          {w.toDesk}
        </a>
      </header>
      {admin.problem && (
        <div class="problem" role="alert">
          <p>{admin.problem}</p>
          <button onClick={() => void admin.load()}>{w.loadAgain}</button>
        </div>
      )}
      <p class="said" role="status">
        {admin.said}
      </p>
      <main>{admin.facts ? <Room admin={admin} /> : !admin.problem && <p class="empty late">{w.loading}</p>}</main>
      <FloatingOne admin={admin} />
    </>
  );
}

function Room({ admin }: { admin: Administration }): JSX.Element {
  switch (admin.room) {
    case "policy":
      if (admin.at === "change" && admin.sheet && !admin.sheet.locked) {
        return <Arranging key={`${admin.workspace} ${admin.sheet.digest}`} admin={admin} sheet={admin.sheet} />;
      }
      return <Policy admin={admin} />;
    case "keys":
      return <Keys key={admin.workspace} admin={admin} />;
    case "webhooks":
      if (admin.at === "new") return <NewReceiver admin={admin} />;
      return admin.receiver ? <ReceiverSheet admin={admin} receiver={admin.receiver} /> : <Receivers admin={admin} />;
    case "mail":
      return <Mail admin={admin} />;
    case "log":
      return <Log admin={admin} />;
    case "people": {
      const person = admin.facts!.agents.find(({ id }) => id === admin.at);
      if (person || admin.at === "new") return <PersonForm key={admin.at} admin={admin} person={person ?? null} />;
      return <People admin={admin} />;
    }
  }
}
