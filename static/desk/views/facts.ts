// What happened besides words, as one sentence each for the agent.
import { dayAndTime } from "../../shared/times";
import type { DeskEvent } from "../../shared/wire";
import { fill, language, w } from "../words";
import type { Words } from "../words/en";

function isSpoken(event: DeskEvent): boolean {
  return event.kind.endsWith("_wrote") || event.kind === "note_written";
}

type Data = Record<string, unknown>;
type Key = keyof Words["facts"];

const because = (data: Data) => (data.reason ? `: “${data.reason}”` : "");

/** Which sentence a fact is, where its kind alone does not say. */
const WHICH: Record<string, (data: Data) => Key> = {
  severity_assessed: ({ severity }) => (severity ? "severity_assessed" : "severity_assessed_impact"),
  released: ({ reason }) => (reason === "vanished" ? "released_vanished" : "released"),
  transferred: ({ queue, agent_name }) => (queue || agent_name ? "transferred_to" : "transferred"),
  third_party_named: ({ pauses }) => (pauses ? "third_party_pauses" : "third_party_named"),
  resolved: ({ code }) => (code ? "resolved_as" : "resolved"),
  escalated: ({ step }) => (step ? "escalated_to" : "escalated"),
  merged_into: ({ ticket }) => (ticket ? "merged_into" : "merged_into_talk"),
  merged_from: ({ ticket }) => (ticket ? "merged_from" : "merged_from_talk"),
  tagged: ({ added }) => (added ? "tagged" : "untagged"),
  snoozed: ({ until }) => (until ? "snoozed" : "snoozed_until_writes"),
  woken: (data) => (data.because === "time" ? "woken_by_time" : "woken"),
};

function words(event: DeskEvent): string | null {
  const data: Data = { ...event, reason: event.text ?? "", ...event.data };
  const key = (WHICH[event.kind]?.(data) ?? event.kind) as Key;
  const template = w.facts[key];
  if (!template) return null;
  const metric = w.metrics[String(data.metric)] ?? w.metrics.other;
  const instant = (at: unknown) => (typeof at === "string" ? dayAndTime(at, undefined, language) : "");
  const told = {
    ...data,
    who: event.who.name || w.roles[event.who.role],
    metric,
    level: data.level_name ?? data.level,
    code: (w.codes as Record<string, string>)[String(data.code)] ?? data.code,
    until: instant(data.until),
    queue: String(data.queue || data.agent_name || ""),
    agent_name: String(data.agent_name || w.anAgent),
    risk: w.risks[String(data.because)] ?? "",
    plan: String(data.plan ?? w.none),
    added: listed(data.added),
    removed: listed(data.removed),
  };
  const claims = event.kind === "severity_assessed" && data.claimed && data.claimed !== data.severity;
  const tail = claims ? fill(w.facts.visitor_says, { claimed: String(data.claimed) }) : "";
  const why = SAYS_WHY.has(event.kind) ? because(data) : "";
  return fill(template, told as Record<string, string>) + tail + why;
}

const SAYS_WHY = new Set(["severity_changed", "claimed", "transferred", "waiting_on_visitor"]);
const listed = (tags: unknown) => (Array.isArray(tags) ? tags.map((tag) => `“${tag}”`).join(", ") : "");

/** A message by itself, or what happened between two of them. */
export type Group = { said: DeskEvent } | { facts: DeskEvent[] };

const PRESSING = new Set(["warned", "breached", "escalated", "follow_up_reached"]);

/** Whether a clock or an escalation asks for attention. */
export function isPressing(event: DeskEvent): boolean {
  return PRESSING.has(event.kind);
}

/** The timeline with facts of one minute and one weight together; kinds that this desk does not know are left out. */
export function grouped(timeline: DeskEvent[]): Group[] {
  const groups: Group[] = [];
  for (const event of timeline) {
    if (isSpoken(event)) groups.push({ said: event });
    else if (words(event)) {
      const last = groups.at(-1);
      const first = last && "facts" in last ? last.facts[0]! : null;
      const isTogether =
        first && isPressing(first) === isPressing(event) && first.at.slice(0, 16) === event.at.slice(0, 16);
      if (isTogether) (last as { facts: DeskEvent[] }).facts.push(event);
      else groups.push({ facts: [event] });
    }
  }
  return groups;
}

/** One line for facts that happened together. */
export function factsWords(facts: DeskEvent[]): string {
  return facts.map(words).join(" · ");
}
