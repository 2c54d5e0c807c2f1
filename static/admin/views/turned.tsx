// How something was before an act and is after it, a fact each.
import type { JSX } from "preact";
import { fill, w as d } from "../../desk/words";
import { w } from "../words";

type Facts = Record<string, unknown>;

export function Turned({ before, after }: { before: Facts; after: Facts }): JSX.Element | null {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  if (!keys.length) return null;
  return (
    <ul class="soft turned">
      {keys.map((key) => (
        <li key={key}>
          {w.facts[key] ?? key}: {turned(before, after, key)}
        </li>
      ))}
    </ul>
  );
}

function turned(before: Facts, after: Facts, key: string): string {
  if (!(key in before)) return said(key, after[key]);
  if (!(key in after)) return said(key, before[key]);
  return fill(w.fromTo, { from: said(key, before[key]), to: said(key, after[key]) });
}

function said(key: string, value: unknown): string {
  if (key === "routing") return d.board.routings[String(value)] ?? String(value);
  if (key === "calendar") return value === null ? w.arrange.desksHours : String(value);
  if (Array.isArray(value)) return value.join(", ") || w.everyOne;
  if (typeof value === "boolean") return value ? w.yes : w.no;
  return String(value ?? "–");
}
