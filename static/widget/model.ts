// What the open widget knows, and what a visitor can do: views read the fields and call the methods, nothing else.
import type { Answer, ArticleCard, Promised, Said, WidgetInfo } from "../shared/wire";
import { bothTimes } from "../shared/times";
import { Chunks } from "./chunks";
import { Finder, type Snippet } from "./finder";
import { Line } from "./line";
import { Reading } from "./reading";
import { openShelf } from "./shelf";
import { SignIn } from "./sign_in";
import { Talk, type Shelf } from "./transport";
import { fill, loadWords, spoken } from "./words/index";
import type { Words } from "./words/en";
import type { MountOptions } from "./chat";

export type View = "home" | "talk" | "article";
const REFRESH = 60_000;
const BEAT = 30_000;
const STILL_TYPING = 6_000;
const GREET_AGAIN = 3_000;

export class Model {
  info: WidgetInfo | null = null;
  words!: Words;
  language = "en";
  view: View = "home";
  isOpen = false;
  isLinked = false;
  refused: string | null = null;
  typing: string | null = null;
  promised: Promised | null = null;
  /** Whether the explanation of the promised time is unfolded. */
  explains = false;
  asksMore = false;
  article: ArticleCard | null = null;
  draft = "";
  readonly talk: Talk;
  readonly shelf: Shelf;
  readonly reading: Reading;
  readonly chunks: Chunks;
  readonly finder: Finder;

  private readonly socket: Line;
  private readonly signIn: SignIn;
  private infoAt = 0;
  private forgetting = 0;
  /** Seq of the yes to which this tab has told, or is telling, of its device. */
  private toldDevice = 0;
  private typedAt = 0;
  private announced = -1;
  /** What the host page heard last of unread words. */
  private told = 0;

  constructor(
    readonly options: MountOptions,
    private readonly draw: () => void,
  ) {
    this.shelf = openShelf(options.shelf);
    this.socket = new Line(options.origin, () => this.signIn.who(), {
      linked: (is) => void this.linked(is),
      refused: (message, code) => this.turnedAway(message, code),
      happened: (news) => this.talk.happened(news),
      typing: (name, on) => {
        this.typing = on ? name : null;
        clearTimeout(this.forgetting);
        // Who stops without saying so has stopped.
        this.forgetting = window.setTimeout(() => {
          this.typing = null;
          this.changed();
        }, STILL_TYPING);
        this.changed();
      },
      seen: (conversation, seq) => {
        if (conversation !== this.talk.id) return;
        this.reading.byPerson = Math.max(this.reading.byPerson, seq);
        this.changed();
      },
      signedOut: () => this.leave(),
    });
    const world = {
      id: () => this.id(),
      now: () => new Date().toISOString(),
      after: (ms: number, what: () => void) => void setTimeout(what, ms),
      random: Math.random,
    };
    const changed = () => this.changed();
    this.talk = new Talk(this.socket, this.shelf, world, changed);
    this.signIn = new SignIn(options.workspace, options.settings, this.talk, world.id);
    this.reading = new Reading(this.talk, this.shelf);
    this.chunks = new Chunks(this, changed);
    this.finder = new Finder((text) => this.find(text), changed);
  }

  /** Language and workspace facts, side by side; the first drawing needs both. */
  async start(): Promise<void> {
    const { settings, first } = this.options;
    this.language = spoken(settings.locale);
    const words = loadWords(this.language);
    const info = await first.catch(() => null);
    this.words = await words;
    if (info) this.learn(info);
    setInterval(() => this.isOpen && !document.hidden && void this.refresh(), REFRESH);
    setInterval(() => this.beat(), BEAT);
    document.addEventListener("visibilitychange", () => this.look());
    if (settings.identity !== undefined) this.identify();
    else if (this.talk.token || this.talk.outbox.length) this.connect();
  }

  /** The workspace's facts anew; a line about hours must never be older than it says. */
  async refresh(): Promise<void> {
    if (Date.now() - this.infoAt < REFRESH / 2) return;
    try {
      const { token, isVerified } = this.talk;
      this.learn(await this.options.fetchInfo(isVerified ? { authorization: `Bearer ${token}` } : {}));
    } catch {
      // Offline: what is shown stays, the header says so.
    }
    this.changed();
    await this.askPromise();
  }

  connect(): void {
    this.refused = null;
    this.socket.open();
  }

  /** The host page says who this is, or with null that they logged out: then a verified talk is over here. */
  identify(): void {
    this.signIn.begin();
    if (this.options.settings.identity === null) {
      if (!this.talk.isVerified) return;
      // Gone from this screen at once; the server hears of it as soon as there is a line.
      this.signIn.parting = this.talk.token;
      this.leave();
      this.connect();
    } else if (this.isOpen || this.talk.token || this.talk.outbox.length) {
      this.socket.close();
      this.connect();
    }
  }

  show(): void {
    this.isOpen = true;
    if (this.talk.events.length || this.talk.outbox.length) this.view = "talk";
    this.connect();
    void this.refresh();
    this.look();
    this.options.tell("opened", null);
    this.changed();
  }

  hide(): void {
    this.isOpen = false;
    this.options.tell("closed", null);
    this.changed();
  }

  go(view: View): void {
    this.view = view;
    this.explains = this.asksMore = false;
    this.finder.clear();
    if (view === "talk") this.look();
    // Tickets and their deadlines may have changed since the line was opened.
    if (view === "home" && this.isLinked) this.talk.greet().catch(() => undefined);
    this.changed();
  }

  /** Another of the visitor's conversations. */
  async goOn(conversation: string): Promise<void> {
    await this.talk.goOn(conversation).catch(() => undefined);
    if (this.talk.id !== conversation) return;
    this.reading.byPerson = 0;
    this.go("talk");
  }

  say(text: string, fresh = false): void {
    const { files } = this.chunks;
    if (files?.isBusy) return;
    const sent = files?.taken ?? [];
    const words = text.trim() || sent.map(({ name }) => name).join(", ");
    if (!words) return;
    if (this.needsConsent) return this.go("talk"); // There the words stand, with the button to agree.
    this.draft = "";
    this.go("talk");
    files?.clear();
    this.talk.say(text.trim() || !sent.length ? words : "", {
      fresh,
      consent: Boolean(this.info?.consent),
      files: sent.map(({ id }) => id),
      page: this.options.settings.page,
    });
    this.connect();
  }

  /** The workspace asks for consent, to these very words, before anything is written. */
  get needsConsent(): boolean {
    const asked = this.info?.consent;
    return Boolean(asked) && this.shelf.read("consent") !== asked;
  }

  agree(): void {
    this.shelf.write("consent", this.info?.consent ?? null);
    this.changed();
  }

  /** Chosen, pasted or dropped: taken in at once, sent with the next message. */
  async attach(chosen: Iterable<File>): Promise<void> {
    const files = [...chosen];
    if (!files.length || !this.info?.files.length || this.needsConsent) return;
    await this.chunks.needFiles();
    this.connect();
    for (const file of files) this.chunks.files?.add(file);
  }

  async toggleMore(): Promise<void> {
    this.asksMore = !this.asksMore;
    await this.chunks.needMore();
    this.changed();
  }

  async transcript(byMail: boolean): Promise<string | null> {
    const how = byMail ? { mail: true, client_id: this.id() } : {};
    const answer = await this.ask<{ text?: string }>("transcript", how).catch(() => null);
    if (!answer?.ok) throw new Error(answer?.error.message ?? this.words.offline);
    return answer.text ?? null;
  }

  /** Everything that this visitor ever wrote here; the page then starts as if nobody had been here. */
  async erase(): Promise<void> {
    const answer = await this.ask("erase", {}).catch(() => null);
    if (!answer?.ok) throw new Error(answer?.error.message ?? this.words.offline);
    this.leave();
  }

  write(draft: string): void {
    this.draft = draft;
    if (this.view === "home") this.finder.type(draft);
    else if (Date.now() - this.typedAt > 3000) {
      this.typedAt = Date.now();
      void this.ask("typing", { on: true }).catch(() => null);
    }
    this.changed();
  }

  async rate(score: number): Promise<void> {
    const answer = await this.ask<Said>("rate", { client_id: this.id(), score }).catch(() => null);
    // What it led to is told to other tabs; to this one the answer says it.
    if (answer?.ok) this.talk.happened(answer);
  }

  async read(slug: string): Promise<void> {
    const answer = await this.ask<{ article: ArticleCard }>("article", { slug }).catch(() => null);
    if (!answer?.ok) return;
    this.article = answer.article;
    this.go("article");
  }

  explain(): void {
    this.explains = !this.explains;
    void this.chunks.needCards();
    this.changed();
  }

  /** An instant in the desk's zone with the visitor's beside it. */
  time(at: string): string {
    const { settings } = this.options;
    return bothTimes(at, {
      desk: this.info?.hours.zone ?? settings.zone,
      deskWords: this.info?.hours.zone_words ?? "",
      mine: settings.zone,
      yours: this.words.yours,
      locale: this.language,
    });
  }

  says(key: keyof Words, values: Record<string, string | number> = {}): string {
    return fill(this.words[key], values);
  }

  private turnedAway(message: string, code: string): void {
    if (this.signIn.parting) {
      this.signIn.parting = null; // It was over already.
      return this.isOpen ? this.connect() : undefined;
    }
    if (this.signIn.mayTryAgain(code)) return this.connect();
    this.refused = message;
    if (code === "identity") this.options.tell("identity", message);
    this.changed();
  }

  private leave(): void {
    this.socket.close();
    this.talk.forget();
    this.view = "home";
    this.article = null;
    this.draft = "";
    this.asksMore = false;
    this.chunks.files?.clear();
    this.finder.clear();
    this.reading.forget();
    this.shelf.write("consent", null);
    if (this.isOpen) this.connect();
    this.changed();
  }

  private id(): string {
    return (
      crypto.randomUUID?.() ??
      Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("-")
    );
  }

  private async linked(is: boolean): Promise<void> {
    this.isLinked = is;
    this.typing = null;
    this.changed();
    if (!is) return;
    if (this.signIn.parting) {
      await this.ask("sign_out", {}).catch(() => null);
      this.signIn.parting = null;
      this.socket.close();
      if (this.isOpen) this.connect();
      return;
    }
    try {
      const wasEmpty = !this.talk.events.length;
      await this.talk.greet();
      this.signIn.succeeded();
      this.refused = null;
      if (!this.info) void this.refresh();
      if (wasEmpty && this.talk.events.length && this.view === "home" && this.talk.status !== "resolved")
        this.view = "talk";
    } catch (error) {
      this.refused = error instanceof Error ? error.message : String(error);
      setTimeout(() => this.isLinked && void this.linked(true), GREET_AGAIN);
    }
    this.look();
    this.changed();
  }

  private ask<T>(command: string, data: object): Promise<Answer<T>> {
    return this.socket.ask<T>(command, data);
  }

  private learn(info: WidgetInfo): void {
    this.info = info;
    this.infoAt = Date.now();
    this.promised ??= info.talk_to_person;
    if (!this.talk.id) this.promised = info.talk_to_person;
    const change = info.hours.next_change && Date.parse(info.hours.next_change) - Date.now();
    // Just after the desk opens or closes the header would be wrong: fetch it then.
    if (change && change > 0 && change < 86_400_000)
      setTimeout(() => this.isOpen && void this.refresh(), change + 1500);
  }

  private async askPromise(): Promise<void> {
    if (!this.isLinked || !this.talk.id) return;
    const answer = await this.ask<{ talk_to_person: Promised }>("promise", {}).catch(() => null);
    if (answer?.ok) this.promised = answer.talk_to_person;
    this.changed();
  }

  /** Browser and device, in the tab in which the visitor allowed it, once. */
  private async tellDevice(): Promise<void> {
    const { events, id } = this.talk;
    const allowed = events.findLast(({ kind }) => kind === "device_allowed");
    if (!allowed || this.toldDevice === allowed.seq || !this.talk.isMine(allowed)) return;
    if (events.some(({ kind }) => kind === "device_described")) return;
    this.toldDevice = allowed.seq;
    const { settings } = this.options;
    try {
      const { device } = await import("./device");
      const told = await device(settings.page, settings.zone, this.shelf.lasts);
      const answer = await this.ask<Said>("describe", { client_id: this.id(), conversation: id, device: told });
      if (answer.ok) this.talk.happened(answer);
    } catch {
      this.toldDevice = 0; // The line broke: told with the next news.
    }
  }

  private async find(text: string): Promise<Snippet[] | null> {
    const answer = await this.ask<{ articles: Snippet[] }>("search", { text }).catch(() => null);
    return answer?.ok ? answer.articles : null;
  }

  /** The newest words count as read once they are on a screen that somebody looks at. */
  private look(): void {
    const isLookedAt = this.isOpen && this.view === "talk" && !document.hidden;
    if (isLookedAt && this.reading.sawAll()) this.beat();
  }

  /** Tells what was read and asks whether a fact went missing on the way. */
  private beat(): void {
    if (this.isLinked && this.talk.id) this.talk.read(this.reading.seen).catch(() => undefined);
  }

  private changed(): void {
    const { events } = this.talk;
    const newest = events.at(-1);
    if (newest && newest.seq !== this.announced) {
      this.announced = newest.seq;
      if (newest.who.role !== "visitor") this.typing = null;
      this.look();
      void this.askPromise();
      void this.tellDevice();
    }
    this.needChunks();
    const { unread } = this.reading;
    this.options.label(unread);
    if (unread !== this.told) this.options.tell("unread", (this.told = unread));
    this.draw();
  }

  /** What the talk, as it is now, cannot be drawn without. */
  private needChunks(): void {
    const { events, status, tickets, talks } = this.talk;
    const hasCards = events.some(({ card }) => card && card.kind !== "article");
    if (hasCards || status === "resolved" || tickets.length || talks.length > 1) void this.chunks.needCards();
    if (events.some(({ files }) => files)) void this.chunks.needFiles();
  }
}
