// What happened besides words, as one sentence each for the agent.
import { dayAndTime } from "../../shared/times";
import type { DeskEvent, Role } from "../../shared/wire";

function isSpoken(event: DeskEvent): boolean {
  return event.kind.endsWith("_wrote") || event.kind === "note_written";
}

type Data = Record<string, string | number | undefined>;
const METRIC: Record<string, string> = {
  acknowledge: "Acknowledgement",
  first_response: "First response",
  next_response: "Next response",
  resolution: "Resolution",
};
const RISK: Record<string, string> = {
  nobody_free: ": nobody is free",
  long_line: ": too many wait before it",
  closed: ": the desk is closed and little open time is left",
};
const WHO: Record<Role, string> = { visitor: "The visitor", bot: "The bot", agent: "An agent", watch: "The watch" };
const because = (data: Data) => (data.reason ? `: “${data.reason}”` : "");
const passedTo = (data: Data) => (data.queue || data.agent_name ? ` to ${data.queue || data.agent_name}` : "");
const metric = (data: Data) => METRIC[String(data.metric)] ?? "A clock";

const SENTENCES: Record<string, (who: string, data: Data) => string> = {
  severity_assessed: (_, data) =>
    `Assessed as ${data.severity ?? `${data.kind}, ${data.impact} impact`}${data.claimed && data.claimed !== data.severity ? `; the visitor says ${data.claimed}` : ""}`,
  severity_changed: (who, data) =>
    `${who} set the severity to ${data.level_name ?? data.level}${because(data)}`,
  ticket_opened: (_, data) => `${data.number ?? "A ticket"} opened`,
  acknowledged: () => "Acknowledged by the confirmation",
  formal_report_recorded: (who) => `${who} recorded the formal report`,
  email_given: () => "The visitor gave an e-mail address",
  claimed: (who, data) => `${who} claimed it; the bot is silent${because(data)}`,
  released: (who, data) =>
    data.reason === "vanished" ? `${data.agent_name || "The agent"} was gone for too long; it waits again` : `${who} released it`,
  transferred: (who, data) => `${who} passed it on${passedTo(data)}${because(data)}`,
  waiting_on_visitor: (who) =>
    `${who} waits on the visitor; the resolution clock is paused`,
  waiting_ended: () => "No longer waiting on the visitor",
  solved_confirmed: () => "The visitor confirmed that it is solved",
  resolved: (who, data) => `${who} resolved it${data.code ? ` (${data.code})` : ""}`,
  reopened: () => "Reopened",
  rated: (_, data) => `The visitor rated ${data.score} of 5`,
  warned: (_, data) => `${metric(data)} is due soon`,
  breached: (_, data) => `${metric(data)} is past its time`,
  escalated: (_, data) => `Escalated${data.step ? ` to ${data.step}` : ""}`,
  risk_foreseen: (_, data) => `${metric(data)} is likely to come late${RISK[String(data.because)] ?? ""}`,
  time_committed: (who, data) => `${who} committed to ${data.until ? dayAndTime(String(data.until)) : "another time"}`,
  third_party_named: (who, data) => `${who} recorded a third party as the cause${data.pauses ? "; the resolution stands still" : ""}`,
  third_party_cleared: (who) => `${who} recorded that no third party is the cause any more`,
  plan_set: (who, data) => `${who} set the plan to ${data.plan ?? "none"}`,
  visitor_left: () => "The visitor left",
  visitor_returned: () => "The visitor returned",
};

function words(event: DeskEvent): string | null {
  return SENTENCES[event.kind]?.(event.who.name || WHO[event.who.role], { reason: event.text ?? "", ...event.data } as Data) ?? null;
}

/** A message by itself, or what happened between two of them. */
export type Group = { said: DeskEvent } | { facts: DeskEvent[] };

const PRESSING = new Set(["warned", "breached", "escalated"]);

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
