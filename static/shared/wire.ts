// What travels between the pages and the server: the names and shapes of the Python models in slabot/wire.

export type Role = "visitor" | "bot" | "agent" | "watch";

export interface ErrorWords {
  code: string;
  message: string;
  /** Where and what; `retry_after` in seconds where waiting helps. */
  fields?: Record<string, unknown> | null;
}
export type Refusal = { ok: false; error: ErrorWords };
export type Answer<T> = ({ ok: true } & T) | Refusal;

/** One line of how an instant was computed: "Fri 16:00–16:30", "30 min". */
export interface Step {
  label: string;
  detail: string;
}
export interface Promised {
  due: string | null;
  /** The instant in the desk's zone and the visitor's, in their language. */
  when?: string;
  line: string;
  explanation: Step[];
}
export interface Deadline extends Promised {
  metric: string;
  label?: string;
  words?: string;
}
export interface Phone {
  country: string;
  number: string;
}
export interface Contact {
  name: string;
  phones?: Phone[];
  email?: string | null;
  hours?: string | null;
  when?: string | null;
  open?: boolean | null;
  person?: string | null;
  /** Where to find what the document leaves blank. */
  unset?: string;
}
export interface TicketCard {
  number: string;
  noun: string;
  severity: string;
  reason?: { because?: string; quote?: string; clause?: string } | null;
  deadlines: Deadline[];
  provisional?: boolean;
  contacts?: Contact[];
}
/** One of the visitor's own tickets, as their home lists it. */
export interface MyTicket {
  number: string;
  conversation: string;
  severity: string;
  state: string;
  /** The next deadline as an instant and in words; null once nothing is owed. */
  next_due: string | null;
  next_due_line: string;
}
export interface HoursCard {
  open: boolean;
  line: string;
  week: { days: string; hours: string }[];
  zone_words: string;
}
export interface ArticleCard {
  slug: string;
  title: string;
  html: string;
  /** Up to two articles that may help as well; absent in what was said before there were any. */
  further?: { slug: string; title: string }[];
}
export type Card =
  | ({ kind: "article" } & ArticleCard)
  | ({ kind: "hours" } & HoursCard)
  | { kind: "contacts"; contacts: Contact[] }
  | ({ kind: "ticket" } & TicketCard)
  | ({ kind: "deadline" } & Deadline);

export interface Choice {
  label: string;
  says: string;
}
/** A file that goes along with a message; the bytes are asked for by `id`. */
export interface Attachment {
  id: string;
  name: string;
  type: string;
  size: number;
  width: number;
  height: number;
}
/** Browser and device, told after the visitor's yes; what is unknown is empty, null or left out. */
export interface Device {
  browser?: string;
  version?: string;
  system?: string;
  screen?: string;
  viewport?: string;
  language?: string;
  zone?: string;
  page?: string;
  cookies_blocked?: boolean | null;
  storage_blocked?: boolean | null;
  third_party_blocked?: boolean | null;
}
/** A fact of the timeline as the widget may see it. */
export interface Happened {
  seq: number;
  at: string;
  kind: string;
  who: { role: Role; name: string };
  text?: string | null;
  /** A person's Markdown, sanitised by the server; absent where the words are shown as they are. */
  html?: string | null;
  client_id?: string | null;
  action?: string | null;
  /** The slug of the article that it cites. */
  article?: string | null;
  card?: Card | null;
  choices?: Choice[] | null;
  files?: Attachment[] | null;
  data?: Record<string, unknown> | null;
}
export interface WidgetInfo {
  workspace: string;
  name: string;
  brand: { accent: string; corner: string; bot_name: string };
  ticket_noun: string;
  hours: {
    open: boolean;
    line: string;
    next_change: string | null;
    zone: string;
    zone_words: string;
  };
  talk_to_person: Promised;
  call_now: Contact[];
  maintenance: { starts: string; ends: string; what: string; line: string }[];
  /** What to do where nobody's address is published. */
  help_words: string;
  /** Types of files that may be sent along; none: no files here. */
  files: string[];
  /** What a visitor agrees to before the first message, where the workspace asks for it. */
  consent?: string | null;
}
/** One of the visitor's own conversations, as their home lists it. */
export interface MyTalk {
  id: string;
  status: string;
  ticket: string | null;
  first_words: string;
  last_words: string;
  last_role: string;
  last_at: string;
}
export interface Entered {
  conversation: { id: string; seq: number; status: string; messages: Happened[] };
  head: number;
}
export interface Hello {
  token: string;
  visitor: string;
  /** The host page vouches for who this is. */
  verified: boolean;
  conversations: MyTalk[];
  conversation: { id: string; seq: number; status: string; messages: Happened[] } | null;
  tickets: MyTicket[];
  head: number;
}
export interface Said {
  conversation: string;
  seq: number;
  head: number;
  status: string;
  /** Everything of that turn which a visitor may see, the message included; no `happened` tells this tab of them. */
  events: Happened[];
}
/** What is pushed after a commit: all of it that a visitor may see, and the new head. */
export interface News {
  conversation?: string;
  status?: string;
  events: Happened[];
  head: number;
}

/* The desk. */
export type ClockState = "none" | "running" | "warned" | "breached" | "paused" | "met";
export interface Row {
  conversation: string;
  workspace: string;
  visitor: string;
  name: string;
  status: "bot" | "waiting" | "held" | "resolved" | "left";
  holder: string | null;
  holder_name?: string | null;
  queue: string | null;
  level: string | null;
  level_name: string | null;
  rank: number;
  claim_differs: boolean;
  claimed?: string | null;
  ticket: string | null;
  first_words: string;
  last_words: string;
  last_role: string;
  last_at: string;
  next_due: string | null;
  next_metric: string | null;
  open_seconds_left: number | null;
  is_paused: boolean;
  owes_reply: boolean;
  tags: string[];
  is_snoozed: boolean;
  /** null while snoozed: until the visitor writes. */
  snoozed_until: string | null;
  /** When to ask the visitor again; past: it is time. */
  follow_up_at: string | null;
  /** Visitors who report the same as one incident, this one included. */
  reported_by: number;
  /** Ticket of the conversation that this one goes on in, empty where that has none; null: it was not merged. */
  merged_into: string | null;
  open_now: boolean;
  state: ClockState;
}
/** An utterance in which a search found its words; `seq` 0: found by what the conversation is about. */
export interface Hit {
  seq: number;
  role: "visitor" | "bot" | "agent" | "note" | "";
  text: string;
  /** Start and end of what was found, in characters of `text`. */
  marks: [number, number][];
  article: string | null;
}
/** A view that an agent named. */
export interface SavedView {
  id: string;
  name: string;
  view: "open" | "mine" | "unassigned" | "waiting" | "due" | "breached" | "aside" | "bot" | "all";
  words: string;
  order: "due" | "severity";
}
export interface Found {
  row: Row;
  hit: Hit;
}
export interface DeskEvent extends Happened {
  who: { role: Role; name: string; id?: string };
  conversation?: string;
  position?: number;
}
export interface Clock {
  metric: string;
  label: string;
  due: string | null;
  met_at: string | null;
  state: ClockState;
  open_seconds_left: number | null;
  words: string;
  explanation: Step[];
}
export interface Reason {
  clause: string;
  quote: string;
  because: string;
}
export interface DeskTicket {
  number: string;
  level: string;
  level_name: string;
  claimed: string | null;
  queue: string;
  provisional: boolean;
  formal_report?: string;
  state: string;
  plan: string | null;
  committed_until: string | null;
  third_party: { name: string; since: string; pauses: boolean } | null;
  reasons: Reason[];
  /** The merged ticket on which they were found; null: this one. */
  reasons_from: string | null;
  clocks: Clock[];
}
export interface Opened {
  row: Row;
  /** The last `seq` that the visitor is known to have read; 0: unknown. */
  read: number;
  timeline: DeskEvent[];
  head: number;
  ticket: DeskTicket | null;
  visitor: {
    id: string;
    name: string;
    email: string | null;
    zone: string | null;
    verified: boolean;
    customer: string | null;
    /** Where on the host's site they wrote last. */
    page: string;
    /** Null unless they allowed it to be told. */
    device: Device | null;
    looked_after_by: string | null;
    earlier: { number: string; state: string; level: string }[];
  };
  escalation: { words: string; contact: Contact | null } | null;
  contacts?: Contact[];
  levels: { key: string; name: string }[];
  queues: { key: string; name: string }[];
  plans: { key: string; name: string }[];
  /** The timelines of all that was merged into it, by conversation. */
  merged: Record<string, DeskEvent[]>;
}
/** A conversation that another may be merged into, and what stands against it. */
export interface Mergeable {
  row: Row;
  hindrance: string | null;
}
interface Named {
  conversation: string;
  ticket: string | null;
}
/** What a merge would do, or why it cannot be done. */
export type Foreseen =
  | { hindrance: string; why: string }
  | {
      hindrance: null;
      ends: Named;
      goes_on: Named;
      /** The severity that the ticket gets; null: it keeps its own. */
      level: string | null;
      clocks: { metric: string; due: string; from: string | null }[];
      holder: string | null;
      tags: string[];
      /** The very words that the visitor reads. */
      told_there: string[];
      told_here: string[];
    };
/** A canned reply as a composer offers it: its places are filled. */
export interface Canned {
  workspace: string;
  key: string;
  title: string;
  text: string;
  level: string | null;
  reason: string;
  tags: string[];
  then: "" | "wait" | "resolve";
  wait_reason: string;
  code: string;
}
/** An article that was found for a reply, with the passage that answers. */
export interface FoundArticle {
  slug: string;
  title: string;
  text: string;
}
export interface Agent {
  id: string;
  name: string;
  role: string;
  workspaces: string[];
}
/** A workspace as the inbox answers it. */
export interface WorkspaceFacts {
  workspace: string;
  name: string;
  accent: string;
  zone: string;
  zone_words: string;
  open_now: boolean;
  /** When the desk opens or closes next. */
  next_change: string | null;
}
export interface Person {
  id: string;
  name: string;
}
export interface Colleague extends Person {
  role: string;
  presence: string;
  capacity: number;
  workspaces: string[];
  queues: string[];
  languages: string[];
}
/** Tickets that wait in a queue. */
export interface Line {
  workspace: string;
  queue: string;
  name: string;
  waiting: number;
  next_due: string | null;
}
/** A ticket that this agent is asked to take. */
export interface Offer {
  conversation: string;
  workspace: string;
  until: string;
  knows_visitor: boolean;
}
export interface BoardQueue extends Line {
  routing: "least_loaded" | "round_robin" | "by_hand";
  open_now: boolean;
  held: number;
  online: number;
  free: number;
  next: Row | null;
}
export interface BoardBreach {
  conversation: string;
  ticket: string | null;
  holder_name: string | null;
  metric: string;
  label: string;
  at: string;
}
export interface BoardFacts {
  agents: (Colleague & { holds: number; offered: string | null })[];
  queues: BoardQueue[];
  breaches: { workspace: string; today: number; reclassified: number; is_all: boolean; latest: BoardBreach[] }[];
}
