// For whoever is no administrator: that this is not theirs, and what is.
import type { JSX } from "preact";
import { w as d } from "../desk/words";
import { w } from "./words";

export function Modest({ leads }: { leads: boolean }): JSX.Element {
  return (
    <main class="room modest">
      <h1>{w.title}</h1>
      <p>{w.notYours}</p>
      {leads && (
        <p>
          {w.leadsKeep} <a href="/desk?show=canned">{d.canned}</a>
        </p>
      )}
      <p>
        <a href="/desk">{w.toDesk}</a>
      </p>
    </main>
  );
}
