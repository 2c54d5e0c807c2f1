// What the desk knows and what an agent can do: views read the fields and call the methods, nothing else.
import type { Agent, Answer, DeskEvent, Hit, Opened, Row, WorkspaceFacts } from "../shared/wire";
import { Alerts } from "./alerts";
import { Finding } from "./finding";
import { Floor, type Availability } from "./floor";
import { belongs, inOrder, type Order, type ViewName } from "./inbox";
import { Saved, type Showing } from "./saved";
import { Live } from "./live";
import { Merging } from "./merging";
import { keep, kept, show, type Preferences } from "./preferences";
import { speak, w } from "./words";
import { Writing } from "./writing";
import type { Opening } from "../shared/times";

export type Dialog =
  | "keys"
  | "palette"
  | "settings"
  | "canned"
  | "severity"
  | "resolve"
  | "transfer"
  | "merge"
  | "takeover"
  | "wait"
  | "aside"
  | "views"
  | null;

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
  /** Where a visitor wrote and this agent owes the answer, and has not had it before their eyes. */
  readonly unread = new Set<string>();
  /** Where a search found the open conversation: that line is shown first. */
  sought: Hit | null = null;
  openedAt = 0;
  isLinked = false;
  hasLoaded = false;
  problem: string | null = null;
  dialog: Dialog = null;
  showsContext = false;
  isPreviewing = false;

  /** Counts every change of the rows, so that what is made of them is made once. */
  version = 0;

  readonly live: Live;
  readonly floor: Floor;
  readonly finding: Finding;
  readonly merging: Merging;
  readonly saved: Saved;
  readonly writing: Writing = new Writing(this);
  preferences: Preferences = kept();
  readonly alerts = new Alerts();
  private reopening?: ReturnType<typeof setTimeout> | undefined;
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
          this.saved.views = inbox.saved_views;
          this.hasLoaded = true;
          this.learn(inbox.rows, []);
          if (this.selected) void this.reload();
        },
        rows: (rows, events) => this.learn(rows, events),
        typing: ({ conversation, who, agent, name, on }) => {
          const visitor = this.rows.get(conversation)?.name || w.theVisitorWriting;
          this.floor.typing(conversation, agent ?? who, who === "agent" ? (name ?? w.aColleague) : visitor, on);
        },
        presence: (colleague, chosen) => this.floor.presence(colleague, chosen),
        viewing: (conversation, agents) => this.floor.looking(conversation, agents),
        seen: (conversation, seq) => {
          if (!this.opened || conversation !== this.selected) return;
          this.opened = { ...this.opened, read: Math.max(this.opened.read, seq) };
          changed();
        },
        viewsSaved: (views) => this.saved.heard(views),
        offered: (offer) => this.floor.offered(offer),
        offerEnded: (conversation) => this.floor.offerEnded(conversation),
      },
      () => this.floor.auth,
    );
    this.saved = new Saved(this.live, changed);
    this.merging = new Merging(this.live, changed);
    this.finding = new Finding(this.live, () => {
      this.version += 1;
      changed();
    });
    this.floor = new Floor(() => this.agent.id, this.live, changed);
  }

  async start(): Promise<void> {
    const answer = await fetch("/api/me").then((response) => response.json() as Promise<Answer<{ agent: Agent }>>);
    if (!answer.ok) return location.assign("/desk/login");
    this.agent = answer.agent;
    this.writing.begin(answer.agent.id);
    show(this.preferences);
    await speak(this.preferences.language);
    this.live.open();
    this.floor.start();
    setInterval(() => this.isLinked && void this.floor.beat(), 40_000);
    setInterval(() => document.hidden || void this.live.refresh(), 60_000);
    setInterval(this.changed, 10_000);
  }

  async prefer(change: Partial<Preferences>): Promise<void> {
    this.preferences = { ...this.preferences, ...change };
    keep(this.preferences);
    show(this.preferences);
    if (change.language) await speak(change.language);
    this.changed();
  }

  /** Drafts go as well: the next one at this browser is somebody else. */
  async logOut(): Promise<void> {
    this.writing.forget();
    await fetch("/api/logout", { method: "POST" });
    this.floor.forget();
    location.assign("/desk/login");
  }

  /** The rows of the view in order; computed once for each state of rows, view, order and query. */
  get shown(): Row[] {
    const key = [this.version, this.view, this.order, this.query].join(" ");
    if (this.sorted.key !== key) {
      const { query, view, agent } = this;
      const here = query.trim()
        ? this.finding.among(this.rows)
        : [...this.rows.values()].filter((row) => belongs(view, row, agent.id));
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
    for (const row of this.rows.values()) if (this.owes(row)) owed += 1;
    return owed;
  }

  private owes(row: Row): boolean {
    return row.owes_reply && (row.holder === this.agent.id || row.status === "waiting");
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
    if (row.holder === this.agent.id) return w.you;
    const { holder, holder_name } = row;
    return holder_name ?? (holder && this.names.get(holder)) ?? w.aColleague;
  }

  get isMine(): boolean {
    return this.row?.holder === this.agent.id;
  }

  /** What the list shows. */
  look(to: Partial<Pick<Desk, "view" | "order" | "query">>): void {
    Object.assign(this, to);
    this.finding.look(this.query);
    this.changed();
  }

  /** What the list shows, as it can be saved. */
  get showing(): Showing {
    return { view: this.view, words: this.query, order: this.order };
  }

  /** A standing view by its name, or a saved one by its id. */
  choose(key: string): void {
    const saved = this.saved.views.find(({ id }) => id === key);
    if (saved) this.look({ view: saved.view, query: saved.words, order: saved.order });
    else this.look({ view: key as ViewName, query: "" });
  }

  /** What is open is read, if somebody looks. */
  see(): void {
    if (this.selected && !document.hidden) this.unread.delete(this.selected);
    this.changed();
  }

  /** Where the keyboard is in the list. */
  point(conversation: string): void {
    this.cursor = conversation;
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
    this.sought = this.query.trim() && conversation ? this.finding.hitIn(conversation) : null;
    this.opened = null;
    this.problem = null;
    this.isPreviewing = false;
    if (conversation) this.floor.showsBoard = false;
    this.see();
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
  wait = (reason: string, follow_up: string | null) => this.act("wait", { reason, follow_up });
  putAside = (until: string | null) => this.act("snooze", { until });
  bringBack = () => this.act("wake");
  tag = (add: string[], remove: string[] = []) => this.act("tag", { add, remove });
  transfer = (to: { queue: string } | { agent: string }, note: string) => this.act("transfer", { ...to, note });
  changeSeverity = (level: string, reason: string) => this.act("change_severity", { level, reason });

  beginMerge(): void {
    this.merging.begin(this.selected!);
    this.show("merge");
  }

  /** As it was foreseen; then the one that goes on is open. */
  async merge(): Promise<void> {
    const { ends, into } = this.merging.pair!;
    this.dialog = this.problem = null;
    for (const each of [ends, into]) await this.writing.flush(each);
    const answer = await this.merging.merge();
    if (answer.ok) await this.open(into);
    else this.tell(answer);
  }

  setPresence = async (state: Availability) => this.tell(await this.floor.choose(state));

  /** Claims what was offered and shows it. */
  async takeOffer(): Promise<void> {
    const { offer } = this.floor;
    if (!offer) return;
    await this.open(offer.conversation);
    await this.act("claim");
  }

  preview(is: boolean): void {
    this.isPreviewing = is;
    this.changed();
  }

  showContext(is: boolean): void {
    this.showsContext = is;
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
    await this.writing.flush(conversation);
    this.tell(await this.live.ask(command, { conversation, client_id: crypto.randomUUID(), ...more }));
  }

  private tell(answer: Answer<unknown>): void {
    this.complain(answer.ok ? null : answer.error.message);
  }

  /** What did not work, until the next act. */
  complain(problem: string | null): void {
    this.problem = problem;
    this.changed();
  }

  async reload(): Promise<void> {
    const conversation = this.selected;
    if (!conversation) return;
    const answer = await this.live.ask<Opened>("open", { conversation });
    if (conversation !== this.selected) return;
    if (answer.ok) {
      // What was told while the answer was on its way is newer than the answer.
      const newer = this.opened?.timeline.filter((event) => event.seq > answer.head) ?? [];
      const timeline = [...answer.timeline, ...newer];
      this.opened = { ...answer, timeline, head: timeline.at(-1)?.seq ?? answer.head };
      // One that a search found may be older than all that the list holds.
      if (answer.row && !this.rows.has(conversation)) this.keep(answer.row);
      this.meet(timeline);
      this.writing.arrived(answer.timeline);
      this.openedAt = Date.now();
    } else this.problem = answer.error.message;
    this.changed();
  }

  private keep(row: Row): void {
    this.rows.set(row.conversation, row);
    this.since.set(row.conversation, Date.now());
    this.version += 1;
  }

  private meet(events: DeskEvent[]): void {
    for (const { who } of events) if (who.role === "agent" && who.id) this.names.set(who.id, who.name);
  }

  private learn(rows: Row[], events: DeskEvent[]): void {
    this.version += 1;
    this.floor.touchBoard();
    if (events.length) this.finding.heard();
    this.meet(events);
    for (const { conversation, kind, who } of events) {
      if (conversation && kind.endsWith("_wrote")) this.floor.wrote(conversation, who.id || who.role, who.role);
    }
    for (const row of rows) {
      const before = this.rows.get(row.conversation);
      if (events.length && this.owes(row) && !(before && this.owes(before) && before.last_at === row.last_at)) {
        this.alerts.waits(row, this.preferences, () => void this.open(row.conversation));
        if (document.hidden || row.conversation !== this.selected) this.unread.add(row.conversation);
      }
      if (!this.owes(row)) this.unread.delete(row.conversation);
      this.keep(row);
    }
    const mine = events.filter((event) =>
      event.conversation === undefined ? rows[0]?.conversation === this.selected : event.conversation === this.selected,
    );
    if (this.opened && mine.length) {
      const known = new Set(this.opened.timeline.map((event) => event.seq));
      const news = mine.filter((event) => !known.has(event.seq));
      // Erased words go from this screen at once.
      const kept = news.some((event) => event.kind === "erased") ? [] : this.opened.timeline;
      const timeline = [...kept, ...news].sort((a, b) => a.seq - b.seq);
      this.opened = { ...this.opened, timeline, head: timeline.at(-1)?.seq ?? this.opened.head };
      this.writing.arrived(news);
      // Clocks and ticket are computed by the server: fetch them once things have settled.
      clearTimeout(this.reopening);
      this.reopening = setTimeout(() => void this.reload(), 250);
    }
    this.changed();
  }
}
