// What the administration knows and can do; views read the fields and call the methods, nothing else.
import { ask } from "../shared/ask";
import type { Agent, Answer, ErrorWords } from "../shared/wire";
import { w as d } from "../desk/words";
import type { Words as DeskWords } from "../desk/words/en";
import type { Deed, Delivery, Fate, Letter, Made, Overview, PolicySheet, Receiver, Workspace } from "./api";
import { w } from "./words";

export type Room = keyof DeskWords["adminRooms"];
export const ROOMS: readonly Room[] = ["people", "policy", "keys", "webhooks", "mail", "log"];
/** Rooms that show one workspace at a time. */
const OF_WORKSPACE: readonly Room[] = ["policy", "keys", "webhooks", "mail"];

/** What stands between the page and its owner. */
export type Floating =
  | { kind: "question"; title: string; words: string; does: string; run(): Promise<unknown> }
  | { kind: "secret"; title: string; words: string; secret: string }
  | { kind: "keys" };

export interface Filter {
  by: string;
  noun: string;
  words: string;
}

export class Administration {
  facts: Overview | null = null;
  workspace = "";
  room: Room = "people";
  /** What is open in the room: a person, a receiver. */
  at = "";
  fate: Fate | "" = "";
  deliveries: Delivery[] | null = null;
  letters: Letter[] | null = null;
  deeds: Deed[] | null = null;
  /** The policy file, while it is changed. */
  sheet: PolicySheet | null = null;
  hasEarlier = false;
  filter: Filter = { by: "", noun: "", words: "" };
  query = "";
  /** What was just done; gone with the next place. */
  said = "";
  /** What is said at the place that an act leads to. */
  private saidThere = "";
  problem: string | null = null;
  floating: Floating | null = null;
  private asked = 0;

  constructor(
    readonly agent: Agent,
    readonly changed: () => void,
  ) {}

  /** To where the address says: #/workspace/room/what. */
  async go(): Promise<void> {
    const [workspace = "", room = "people", at = ""] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
    this.workspace = this.agent.workspaces.includes(workspace) ? workspace : (this.agent.workspaces[0] ?? "");
    this.room = ROOMS.includes(room as Room) ? (room as Room) : "people";
    [this.said, this.saidThere] = [this.saidThere, ""];
    this.at = at;
    this.fate = this.room === "mail" ? "dead" : "";
    this.deliveries = this.letters = this.deeds = this.sheet = this.problem = null;
    document.title = `${d.adminRooms[this.room]} · ${w.page}`;
    this.changed();
    await this.load();
  }

  to(room: Room, at = "", workspace = this.workspace): string {
    return `#/${encodeURIComponent(workspace)}/${room}${at && `/${encodeURIComponent(at)}`}`;
  }

  get hasWorkspaces(): boolean {
    return OF_WORKSPACE.includes(this.room) && this.agent.workspaces.length > 1;
  }

  get here(): Workspace | undefined {
    return this.facts?.workspaces.find(({ workspace }) => workspace === this.workspace);
  }

  get receiver(): Receiver | undefined {
    return this.facts?.webhooks.find(({ id }) => id === this.at);
  }

  /** Everything that the room shows, afresh; an answer that was overtaken by another question is left aside. */
  async load(): Promise<void> {
    const turn = ++this.asked;
    const [overview, more] = await Promise.all([this.get<Overview>(""), this.ofRoom()]);
    if (turn !== this.asked) return;
    if (overview.ok) this.facts = overview;
    const refused = [overview, more].find((answer) => answer && !answer.ok);
    this.problem = refused && !refused.ok ? this.inWords(refused.error) : null;
    if (more?.ok) {
      if ("deliveries" in more) this.deliveries = more.deliveries;
      if ("letters" in more) this.letters = more.letters;
      if ("deeds" in more) this.learnt(more.deeds);
      if ("digest" in more) this.sheet = more;
    }
    this.changed();
  }

  private ofRoom(): Promise<Answer<{ deliveries: Delivery[] } | { letters: Letter[] } | { deeds: Deed[] } | PolicySheet>> | null {
    if (this.room === "policy") return this.get(`/workspaces/${encodeURIComponent(this.workspace)}/policy`);
    const state = this.fate && `?state=${this.fate}`;
    if (this.room === "webhooks" && this.at && this.at !== "new") {
      return this.get(`/webhooks/${encodeURIComponent(this.at)}/deliveries${state}`);
    }
    if (this.room === "mail") return this.get(`/workspaces/${encodeURIComponent(this.workspace)}/mail${state}`);
    if (this.room === "log") return this.get(`/log?${new URLSearchParams({ ...this.filter })}`);
    return null;
  }

  private learnt(deeds: Deed[]): void {
    this.deeds = deeds;
    this.hasEarlier = deeds.length === MOST_DEEDS;
  }

  async earlier(): Promise<void> {
    const before = this.deeds?.at(-1)?.at ?? "";
    const answer = await this.get<{ deeds: Deed[] }>(`/log?${new URLSearchParams({ ...this.filter, before })}`);
    if (answer.ok && this.deeds) {
      this.deeds = [...this.deeds, ...answer.deeds];
      this.hasEarlier = answer.deeds.length === MOST_DEEDS;
    } else if (!answer.ok) this.problem = this.inWords(answer.error);
    this.changed();
  }

  look(change: Partial<Pick<Administration, "fate" | "filter" | "query">>): void {
    Object.assign(this, change);
    this.changed();
    if (!("query" in change)) void this.load();
  }

  /** Does it and shows how things are then, at `next` if that is elsewhere; or what is wrong with which field. */
  async act(
    method: string,
    path: string,
    body: object | undefined,
    said: string,
    next?: (made: Made) => string,
  ): Promise<Made | Record<string, string>> {
    const answer = await ask<Made>(`/api/admin${path}`, w.offline, method, body ?? (method === "DELETE" ? undefined : {}));
    if (!answer.ok) {
      const fields = fieldsOf(answer.error);
      this.said = "";
      if (answer.error.code === "not_found") await this.load();
      // What stands beside its field is not said above as well.
      this.problem = Object.keys(fields).length ? null : this.inWords(answer.error);
      this.changed();
      return fields;
    }
    const made = { id: answer.id ?? "", secret: answer.secret ?? null };
    if (next) this.goes(next(made), said);
    else {
      this.said = said;
      await this.load();
    }
    return made;
  }

  /** To another place, where it is said what was done. */
  goes(place: string, said: string): void {
    this.saidThere = said;
    location.hash = place;
  }

  /** What an answer says that is about no field; null: nothing any more. */
  complain(error: ErrorWords | null): void {
    this.problem = error && this.inWords(error);
    this.said = "";
    this.changed();
  }

  /** Asks first, in words; then does it. */
  confirm(title: string, words: string, does: string, run: () => Promise<unknown>): void {
    this.float({ kind: "question", title, words, does, run });
  }

  float(floating: Floating | null): void {
    this.floating = floating;
    this.changed();
  }

  private inWords({ code, message }: ErrorWords): string {
    return code === "not_found" ? w.gone : message;
  }

  private get<T>(path: string): Promise<Answer<T>> {
    return ask<T>(`/api/admin${path}`, w.offline);
  }
}

const MOST_DEEDS = 100;

export function isMade(outcome: Made | Record<string, string>): outcome is Made {
  return "secret" in outcome && "id" in outcome;
}

/** Field → what is wrong there, in the reader's language. */
function fieldsOf({ code, fields }: ErrorWords): Record<string, string> {
  if (code !== "invalid") return {};
  const known = Object.entries(fields ?? {}).map(([name, why]): [string, string] => {
    const field = name.split(".")[0]!;
    if (why === "your own") return [field, w.wrong.own!];
    if (why === "taken") return [field, w.wrong.taken!];
    return [field, w.wrong[field] ?? String(why)];
  });
  return Object.fromEntries(known);
}
