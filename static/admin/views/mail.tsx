// Mail of a workspace: first what was given up, for somebody did not get it.
import type { JSX } from "preact";
import { fill, w as d } from "../../desk/words";
import type { Administration } from "../model";
import { w } from "../words";
import { Sendings } from "./sendings";

export function Mail({ admin }: { admin: Administration }): JSX.Element {
  const path = `/workspaces/${encodeURIComponent(admin.workspace)}/mail/replay`;
  return (
    <section class="room" aria-label={d.adminRooms.mail}>
      {!admin.facts!.sends_mail && <p class="notice">{w.noMailServer}</p>}
      <Sendings
        admin={admin}
        caption={w.letters}
        empty={admin.fate === "dead" ? w.noDeadLetters : w.noLetters}
        sendings={admin.letters}
        what={({ occasion, ticket }) => (
          <>
            {w.occasions[occasion] ?? occasion} {ticket && <a href={`/desk#${encodeURIComponent(ticket)}`}>{ticket}</a>}
          </>
        )}
        canGo={({ state }) => state === "dead"}
        again={(letter) => admin.act("POST", path, { letter }, letter ? w.saidAgain : fill(w.saidAgainAll, { what: w.letters }))}
      />
    </section>
  );
}
