// What the desk knows and what an agent can do: views read the fields and call the methods, nothing else.
import type { Agent, Answer, DeskEvent, Opened, Row, WorkspaceFacts } from "../shared/wire";
import { Floor, type Availability } from "./floor";
import { belongs, inOrder, matches, type Order, type ViewName } from "./inbox";
import { Live } from "./live";
import type { Opening } from "../shared/times";

export interface Draft {
  text: string;
  isNote: boolean;
  /** The newest `seq` that was on the screen when these words were last changed. */
  seen: number;
}
/** A reply that is on its way, or one the server would not take, with why. */
export interface Sending extends Draft {
  client_id: string;
  conversation: string;
  thenWait: boolean;
  failed?: string;
  /** The visitor wrote meanwhile: shown before it is sent after all. */
  newer?: DeskEvent[];
}
export type Dialog = "keys" | "severity" | "resolve" | "transfer" | "takeover" | null;

const EMPTY: Draft = { text: "", isNote: false, seen: 0 };

export class Desk {
  agent!: Agent;
  rows = new Map<string, Row>();
  /** When each row's facts came, to count its clock down from. */
  since = new Map<string, number>();
  /** What colleagues are called, learnt from what they did. */
  names = new Map<string, string>();
  workspaces = new Map<string, WorkspaceFacts>();
  view: ViewName = "open";
  order: Order = "due";
  query = "";
  cursor: string | null = null;
  selected: string | null = null;
  opened: Opened | null = null;
  openedAt = 0;
  drafts = new Map<string, Draft>();
  sending: Sending[] = [];
  isLinked = false;
  hasLoaded = false;
  problem: string | null = null;
  dialog: Dialog = null;
  showsContext = false;

  /** Counts every change of the rows, so that what is made of them is made once. */
  version = 0;

  readonly live: Live;
  readonly floor: Floor;
  private reopening?: ReturnType<typeof setTimeout> | undefined;
  private typedAt = 0;
  private sorted = { key: "", rows: [] as Row[] };
  private counted = { version: -1, counts: new Map<ViewName, number>() };

  constructor(readonly changed: () => void) {
    this.live = new Live(
      {
        linked: (is) => {
          this.isLinked = is;
          if (!is) this.floor.cut();
          else if (this.selected) void this.floor.view(this.selected);
          changed();
        },
        refused: () => location.assign("/desk/login"),
        inbox: (inbox) => {
          this.rows.clear();
          this.floor.inbox(inbox);
          for (const { id, name } of inbox.agents) this.names.set(id, name);
          for (const facts of inbox.workspaces) this.workspaces.set(facts.workspace, facts);
          this.hasLoaded = true;
          this.learn(inbox.rows, []);
          if (this.selected) void this.reload();
        },
        rows: (rows, events) => this.learn(rows, events),
        typing: ({ conversation, who, agent, name, on }) => {
          const visitor = this.rows.get(conversation)?.name || "The visitor";
          this.floor.typing(conversation, agent ?? who, who === "agent" ? (name ?? "A colleague") : visitor, on);
        },
        presence: (colleague, chosen) => this.floor.presence(colleague, chosen),
        viewing: (conversation, agents) => this.floor.looking(conversation, agents),
        offered: (offer) => this.floor.offered(offer),
        offerEnded: (conversation) => this.floor.offerEnded(conversation),
      },
      () => this.floor.auth,
    );
    this.floor = new Floor(() => this.agent.id, this.live, changed);
  }

  async start(): Promise<void> {
    const answer = await fetch("/api/me").then((response) => response.json() as Promise<Answer<{ agent: Agent }>>);
    if (!answer.ok) return location.assign("/desk/login");
    this.agent = answer.agent;
    this.live.open();
    this.floor.start();
    setInterval(() => this.isLinked && void this.floor.beat(), 40_000);
    setInterval(() => document.hidden || void this.live.refresh(), 60_000);
    setInterval(this.changed, 10_000);
  }

  async logOut(): Promise<void> {
    await fetch("/api/logout", { method: "POST" });
    location.assign("/desk/login");
  }

  /** The rows of the view in order; computed once for each state of rows, view, order and query. */
  get shown(): Row[] {
    const key = [this.version, this.view, this.order, this.query].join(" ");
    if (this.sorted.key !== key) {
      const rows = [...this.rows.values()];
      const { query, view, agent } = this;
      const here = rows.filter((row) => (query ? matches(row, query) : belongs(view, row, agent.id)));
      this.sorted = { key, rows: inOrder(here, this.order) };
    }
    return this.sorted.rows;
  }

  count(view: ViewName): number {
    if (this.counted.version !== this.version) this.counted = { version: this.version, counts: new Map() };
    const { counts } = this.counted;
    if (!counts.has(view)) {
      let count = 0;
      for (const row of this.rows.values()) if (belongs(view, row, this.agent.id)) count += 1;
      counts.set(view, count);
    }
    return counts.get(view)!;
  }

  /** Conversations in which this agent, or nobody yet, has to speak next. */
  get owed(): number {
    let owed = 0;
    for (const row of this.rows.values()) {
      if (row.owes_reply && (row.holder === this.agent.id || row.status === "waiting")) owed += 1;
    }
    return owed;
  }

  get row(): Row | undefined {
    return this.selected ? this.rows.get(this.selected) : undefined;
  }

  /** Whether the desk of this workspace is open, and until when. */
  opening(row: Row): Opening {
    return this.workspaces.get(row.workspace) ?? { open_now: row.open_now, next_change: null };
  }

  /** Who holds it, as this agent calls them. */
  nameOf(row: Row): string {
    if (row.holder === this.agent.id) return "you";
    const { holder, holder_name } = row;
    return holder_name ?? (holder && this.names.get(holder)) ?? "a colleague";
  }

  get isMine(): boolean {
    return this.row?.holder === this.agent.id;
  }

  get draft(): Draft {
    return (this.selected && this.drafts.get(this.selected)) || EMPTY;
  }

  write(draft: Partial<Draft>): void {
    if (!this.selected) return;
    const seen = draft.text === undefined ? this.draft.seen : (this.opened?.head ?? 0);
    this.drafts.set(this.selected, { ...this.draft, ...draft, seen });
    if (draft.text && Date.now() - this.typedAt > 3000) {
      this.typedAt = Date.now();
      void this.live.ask("typing", { conversation: this.selected, on: true, note: this.draft.isNote });
    }
    this.changed();
  }

  move(step: number): void {
    const rows = this.shown;
    const at = rows.findIndex((row) => row.conversation === this.cursor);
    this.cursor = rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.conversation ?? null;
    this.changed();
  }

  async open(conversation: string | null): Promise<void> {
    this.cursor = this.selected = conversation;
    this.opened = null;
    this.problem = null;
    if (conversation) this.floor.showsBoard = false;
    this.changed();
    void this.floor.view(conversation);
    await this.reload();
  }

  /** Claims what nobody holds; from a colleague it takes a reason, so that is asked first. */
  claim(): void {
    if (this.row?.status === "held") this.show("takeover");
    else void this.act("claim");
  }

  takeOver = (reason: string) => this.act("claim", { reason });
  release = () => this.act("release");
  waitEnded = () => this.act("wait_ended");
  commitToTime = (until: string) => this.act("commit_to_time", { until });
  nameThirdParty = (name: string) => this.act("name_third_party", { name });
  clearThirdParty = () => this.act("clear_third_party");
  setPlan = (plan: string | null) => this.act("set_plan", { plan });
  recordFormalReport = () => this.act("record_formal_report");
  resolve = (code: string) => this.act("resolve", { code });
  transfer = (to: { queue: string } | { agent: string }, note: string) => this.act("transfer", { ...to, note });
  changeSeverity = (level: string, reason: string) => this.act("change_severity", { level, reason });

  setPresence = async (state: Availability) => this.tell(await this.floor.choose(state));

  /** Claims what was offered and shows it. */
  async takeOffer(): Promise<void> {
    const { offer } = this.floor;
    if (!offer) return;
    await this.open(offer.conversation);
    await this.act("claim");
  }

  /** Sends the draft as a reply or note; `thenWait` also stops the resolution clock until the visitor answers. */
  async send(thenWait = false): Promise<void> {
    const { selected, draft } = this;
    const text = draft.text.trim();
    if (!selected || !text) return;
    this.drafts.set(selected, EMPTY);
    const sending = { ...draft, text, thenWait, client_id: crypto.randomUUID(), conversation: selected };
    this.sending = [...this.sending, sending];
    await this.deliver(sending);
  }

  async deliver(sending: Sending, anyway = false): Promise<void> {
    delete sending.failed;
    delete sending.newer;
    this.changed();
    const { conversation, client_id, text, isNote, thenWait, seen } = sending;
    const body = isNote
      ? { conversation, client_id, text }
      : { conversation, client_id, text, seen_seq: seen, ...(anyway && { anyway }) };
    const answer = await this.live.ask<object>(isNote ? "note" : "reply", body);
    if (answer.ok) {
      this.sending = this.sending.filter((other) => other !== sending);
      if (thenWait) await this.act("wait", { reason: "asked the visitor" });
    } else if (answer.error.code === "newer_message") {
      await this.reload();
      const timeline = this.opened?.timeline ?? [];
      sending.newer = timeline.filter((event) => event.kind === "visitor_wrote" && event.seq > seen);
    } else sending.failed = answer.error.message;
    this.changed();
  }

  /** Takes a reply that was not sent back into the composer. */
  takeBack(sending: Sending): void {
    this.sending = this.sending.filter((other) => other !== sending);
    const { text, isNote } = sending;
    this.drafts.set(sending.conversation, { text, isNote, seen: this.opened?.head ?? 0 });
    this.changed();
  }

  show(dialog: Dialog): void {
    this.dialog = dialog;
    this.changed();
  }

  private async act(command: string, more: object = {}): Promise<void> {
    const conversation = this.selected;
    if (!conversation) return;
    this.dialog = null;
    this.problem = null;
    this.tell(await this.live.ask(command, { conversation, client_id: crypto.randomUUID(), ...more }));
  }

  private tell(answer: Answer<unknown>): void {
    this.problem = answer.ok ? null : answer.error.message;
    this.changed();
  }

  private async reload(): Promise<void> {
    const conversation = this.selected;
    if (!conversation) return;
    const answer = await this.live.ask<Opened>("open", { conversation });
    if (conversation !== this.selected) return;
    if (answer.ok) {
      // What was told while the answer was on its way is newer than the answer.
      const newer = this.opened?.timeline.filter((event) => event.seq > answer.head) ?? [];
      const timeline = [...answer.timeline, ...newer];
      this.opened = { ...answer, timeline, head: timeline.at(-1)?.seq ?? answer.head };
      this.meet(timeline);
      this.openedAt = Date.now();
    } else this.problem = answer.error.message;
    this.changed();
  }

  private meet(events: DeskEvent[]): void {
    for (const { who } of events) if (who.role === "agent" && who.id) this.names.set(who.id, who.name);
  }

  private learn(rows: Row[], events: DeskEvent[]): void {
    const now = Date.now();
    this.version += 1;
    this.floor.touchBoard();
    this.meet(events);
    for (const { conversation, kind, who } of events) {
      if (conversation && kind.endsWith("_wrote")) this.floor.wrote(conversation, who.id || who.role, who.role);
    }
    for (const row of rows) {
      this.rows.set(row.conversation, row);
      this.since.set(row.conversation, now);
    }
    const mine = events.filter((event) =>
      event.conversation === undefined ? rows[0]?.conversation === this.selected : event.conversation === this.selected,
    );
    if (this.opened && mine.length) {
      const known = new Set(this.opened.timeline.map((event) => event.seq));
      const news = mine.filter((event) => !known.has(event.seq));
      const timeline = [...this.opened.timeline, ...news].sort((a, b) => a.seq - b.seq);
      this.opened = { ...this.opened, timeline, head: timeline.at(-1)?.seq ?? this.opened.head };
      const arrived = new Set(news.map((event) => event.client_id));
      this.sending = this.sending.filter((sending) => !arrived.has(sending.client_id));
      // Clocks and ticket are computed by the server: fetch them once things have settled.
      clearTimeout(this.reopening);
      this.reopening = setTimeout(() => void this.reload(), 250);
    }
    this.changed();
  }
}
