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
export interface Deed {
  at: string;
  by: string;
  name: string;
  what: string;
  subject: string;
  workspace: string | null;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}
export interface Made {
  id: string;
  secret: string | null;
}
