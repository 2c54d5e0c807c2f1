// What the workshop knows and an editor can do; views read the fields and call the methods, nothing else.
import type { Agent, Answer } from "../shared/wire";
import { ask, type Group, type Line, type Numbers, type Tried } from "./api";
import { Moving } from "./moving";
import { Sheet } from "./sheet";
import type { Words } from "./words/en";

export type Room = keyof Words["rooms"];
const ROOMS: readonly string[] = ["articles", "gaps", "numbers", "try", "moving"] satisfies Room[];
export type StateFilter = keyof Words["states"];

const BELONGS: Record<StateFilter, (line: Line) => boolean> = {
  all: () => true,
  drafts: (line) => line.state !== "published",
  review: (line) => line.review_is_due,
  stale: (line) => line.is_stale,
};

export class Workshop {
  agent!: Agent;
  workspace = "";
  room: Room = "articles";
  lines: Line[] | null = null;
  query = "";
  state: StateFilter = "all";
  language = "";
  owner = "";
  moving: Moving | null = null;
  sheet: Sheet | null = null;
  groups: Group[] | null = null;
  numbers: Numbers | null = null;
  days = 30;
  /** Whose numbers are plotted; empty: of all. */
  measured = "";
  tried: Tried | null = null;
  asked = "";
  problem: string | null = null;

  constructor(readonly changed: () => void) {}

  async start(): Promise<void> {
    const answer = await fetch("/api/me").then((response) => response.json() as Promise<Answer<{ agent: Agent }>>);
    if (!answer.ok) return location.assign("/desk/login");
    this.agent = answer.agent;
    await this.go();
  }

  /** To where the address says: #/workspace/room/slug. */
  async go(): Promise<void> {
    const [workspace = "", room = "articles", slug = ""] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
    const home = this.agent.workspaces.includes(workspace) ? workspace : (this.agent.workspaces[0] ?? "");
    if (home !== this.workspace) {
      this.workspace = home;
      this.lines = this.groups = this.numbers = this.tried = null;
      this.moving = new Moving(home, this.changed);
      this.measured = "";
    }
    this.room = ROOMS.includes(room) ? (room as Room) : "articles";
    this.problem = null;
    if (this.sheet && (this.room !== "articles" || this.sheet.slug !== slug || this.sheet.workspace !== home)) {
      this.sheet.close();
      this.sheet = null;
    }
    this.changed();
    if (this.room === "articles" && slug && !this.sheet) {
      this.sheet = new Sheet(home, slug, this.changed);
      void this.sheet.open();
    }
    await this.load();
  }

  to(room: Room, slug = ""): string {
    return `#/${encodeURIComponent(this.workspace)}/${room}${slug && `/${encodeURIComponent(slug)}`}`;
  }

  async load(): Promise<void> {
    if (this.room === "articles") {
      const lines = await this.get<{ articles: Line[] }>("/articles");
      if (lines) this.lines = lines.articles;
    } else if (this.room === "gaps") {
      const found = await this.get<{ groups: Group[] }>("/gaps");
      if (found) this.groups = found.groups;
    } else if (this.room === "numbers") {
      this.numbers = (await this.get<Numbers>(`/numbers?days=${this.days}${this.measured && `&article=${encodeURIComponent(this.measured)}`}`)) ?? this.numbers;
    }
    this.changed();
  }

  get shown(): Line[] {
    const words = this.query.toLowerCase().split(/\s+/);
    return (this.lines ?? []).filter((line) => {
      const text = [line.title, line.slug, line.owner, ...line.tags].join(" ").toLowerCase();
      return (
        BELONGS[this.state](line) &&
        (!this.language || line.language === this.language) &&
        (!this.owner || line.owner === this.owner) &&
        words.every((word) => text.includes(word))
      );
    });
  }

  filter(change: Partial<Pick<Workshop, "query" | "state" | "language" | "owner">>): void {
    Object.assign(this, change);
    this.changed();
  }

  get owners(): string[] {
    return [...new Set((this.lines ?? []).map((line) => line.owner).filter(Boolean))].sort();
  }

  /** The same article in other languages: the original, and what translates it. */
  relatives(slug: string, translates: string): Line[] {
    const root = translates || slug;
    return (this.lines ?? []).filter((line) => line.slug !== slug && (line.slug === root || line.translates === root));
  }

  async look(change: Partial<Pick<Workshop, "days" | "measured">>): Promise<void> {
    Object.assign(this, change);
    await this.load();
  }

  async tryOut(text: string): Promise<void> {
    this.asked = text;
    const answer = await ask<Tried>(this.workspace, "/try", "POST", { text });
    this.problem = answer.ok ? null : answer.error.message;
    this.tried = answer.ok ? answer : null;
    this.changed();
  }

  async draftFrom(group: Group): Promise<void> {
    const { conversation, seq } = group.questions[0]!;
    const answer = await ask<{ slug: string }>(this.workspace, "/gaps/draft", "POST", { conversation, seq });
    if (answer.ok) location.hash = this.to("articles", answer.slug);
    else this.problem = answer.error.message;
    this.changed();
  }

  private async get<T>(path: string): Promise<T | null> {
    const answer = await ask<T>(this.workspace, path);
    if (answer.ok) return answer;
    this.problem = answer.error.message;
    return null;
  }
}
