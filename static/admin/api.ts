// The administration's wire: what the server sends.

export interface Account {
  id: string;
  email: string;
  name: string;
  role: string;
  workspaces: string[];
  queues: string[];
  languages: string[];
  capacity: number;
  disabled_at: string | null;
}
export interface Queue {
  key: string;
  name: string;
  routing: "least_loaded" | "round_robin" | "by_hand";
  served_by: string[];
}
export interface Key {
  kid: string;
  algorithm: string;
  created_at: string;
  retired_at: string | null;
}
export interface Workspace {
  workspace: string;
  name: string;
  queues: Queue[];
  allowed_origins: string[];
  /** Customer → contact of the policy. */
  customers: Record<string, string>;
  customers_else: string | null;
  keys: Key[];
}
export interface Receiver {
  id: string;
  workspace: string;
  url: string;
  types: string[];
  disabled_at: string | null;
  why_disabled: string;
  old_secret_until: string | null;
}
export interface Overview {
  agents: Account[];
  workspaces: Workspace[];
  webhooks: Receiver[];
  types: string[];
  roles: string[];
  sends_mail: boolean;
}
export type Fate = "waiting" | "sent" | "dead";
/** One message for a receiver, or one letter. */
export interface Sending {
  id: string;
  at: string;
  state: Fate;
  tries: number;
  next_try_at: string | null;
  error: string | null;
}
export type Delivery = Sending & { type: string };
export type Letter = Sending & { occasion: string; ticket: string | null };
/** One change of a policy: what is done to what, and how it was before and after. */
export interface Act {
  what: string;
  subject: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}
export interface ArrangedQueue {
  key: string;
  name: string;
  routing: string;
  /** Whose hours it keeps; null: the support desk's. */
  calendar: string | null;
}
export interface ArrangedCustomer {
  domain: string;
  contact: string;
}
/** What of a policy file is changed at the desk. */
export interface Arrangement {
  queues: ArrangedQueue[];
  customers: ArrangedCustomer[];
  customers_else: string | null;
  origins: string[];
}
export interface PolicySheet {
  file: string;
  digest: string;
  arrangement: Arrangement;
  /** Key → name. */
  contacts: Record<string, string>;
  calendars: string[];
  /** Queue → severities that wait in it. */
  levels: Record<string, string[]>;
  /** Why it cannot be written: packaged, link or folder. */
  locked: string | null;
}
export interface Proposal {
  digest: string;
  arrangement: Arrangement;
  acts: Act[];
  doubts: { rule: string; words: string }[];
  words: string[];
  lines: string[];
  meanwhile: { acts: Act[]; name: string; at: string | null } | null;
}
export interface Deed extends Act {
  at: string;
  by: string;
  name: string;
  workspace: string | null;
}
export interface Made {
  id: string;
  secret: string | null;
}
