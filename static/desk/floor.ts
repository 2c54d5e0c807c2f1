// The people at the desks: who is there, who looks at what, who writes, what is offered to this agent, and the leads' board.
import type { Answer, BoardFacts, Colleague, Line, Offer, Person } from "../shared/wire";
import type { Inbox, Live } from "./live";

export type Availability = "online" | "away" | "offline";

/** An untouched page is idle after this; the agent is away once all their pages are. */
const IDLE_AFTER = 10 * 60_000;
const LOOKS_FOR_TOUCH = 5_000;
const TYPING_LASTS = 6_000;
const BOARD_WAITS = 300;
const CHOSEN = "slabot.desk.presence";

export class Floor {
  agents: Colleague[] = [];
  /** What this agent has chosen for all their desks, until they choose again or log out. */
  chosen: Availability = (localStorage.getItem(CHOSEN) as Availability | null) ?? "online";
  isIdle = false;
  offer: Offer | null = null;
  /** What waited when this desk opened; null once it was read. */
  lines: Line[] | null = null;
  viewers = new Map<string, Person[]>();
  board: BoardFacts | null = null;
  boardProblem: string | null = null;
  showsBoard = false;

  private touchedAt = Date.now();
  private hasArrived = false;
  private writing = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>();
  private boardTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly me: () => string,
    private readonly live: Live,
    private readonly changed: () => void,
  ) {}

  /** Watches for hands on the page; nothing is told of them but that they were there. */
  start(): void {
    const touch = () => {
      this.touchedAt = Date.now();
      if (this.isIdle) this.settle();
    };
    for (const sign of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "focus"]) {
      addEventListener(sign, touch, { passive: true, capture: true });
    }
    setInterval(() => this.settle(), LOOKS_FOR_TOUCH);
  }

  get leads(): boolean {
    return ["lead", "admin"].includes(this.agents.find(({ id }) => id === this.me())?.role ?? "");
  }

  get auth(): object {
    const state = localStorage.getItem(CHOSEN);
    return { ...(state && { state }), idle: this.isIdle };
  }

  /** What colleagues see of this agent. */
  get seenAs(): Availability {
    return this.chosen === "online" && this.isIdle ? "away" : this.chosen;
  }

  name(agent: string): string | undefined {
    return this.agents.find(({ id }) => id === agent)?.name;
  }

  /** Colleagues with this conversation open. */
  viewersOf(conversation: string): Person[] {
    return (this.viewers.get(conversation) ?? []).filter(({ id }) => id !== this.me());
  }

  writersOf(conversation: string): string[] {
    return [...this.writing].filter(([key]) => key.startsWith(`${conversation} `)).map(([, { name }]) => name);
  }

  async choose(state: Availability): Promise<Answer<unknown>> {
    this.isNow(state);
    this.changed();
    return this.beat(state);
  }

  /** Says that we are here; `state` only where the agent has just chosen it, for another desk may know better. */
  async beat(state?: Availability): Promise<Answer<unknown>> {
    const answer = await this.live.beat({ idle: this.isIdle, ...(state && { state }) });
    if (answer.ok && !state) this.isNow(answer.state);
    this.changed();
    return answer;
  }

  async view(conversation: string | null): Promise<void> {
    const answer = await this.live.ask<{ viewers: Person[] }>("view", { conversation });
    if (answer.ok && conversation) this.looking(conversation, answer.viewers);
  }

  decline(): void {
    const { offer } = this;
    this.offer = null;
    this.changed();
    if (offer) void this.live.ask("decline_offer", { conversation: offer.conversation });
  }

  read(): void {
    this.lines = null;
    this.changed();
  }

  openBoard(): void {
    this.showsBoard = true;
    this.changed();
    void this.loadBoard();
  }

  closeBoard(): void {
    this.showsBoard = false;
    this.changed();
  }

  /* What the line tells. */

  inbox(inbox: Inbox): void {
    this.agents = inbox.agents;
    this.offer = inbox.offer;
    if (!this.hasArrived) this.lines = inbox.lines.length ? inbox.lines : null;
    this.hasArrived = true;
    this.touchBoard();
  }

  /** After a break of the line who waits is news again. */
  cut(): void {
    this.hasArrived = false;
    this.viewers.clear();
  }

  presence(colleague: Colleague, chosen: Availability): void {
    this.agents = [...this.agents.filter(({ id }) => id !== colleague.id), colleague];
    if (colleague.id === this.me()) this.isNow(chosen);
    this.touchBoard();
    this.changed();
  }

  offered(offer: Offer): void {
    this.offer = offer;
    this.touchBoard();
    this.changed();
  }

  offerEnded(conversation: string): void {
    if (this.offer?.conversation === conversation) this.offer = null;
    this.touchBoard();
    this.changed();
  }

  looking(conversation: string, agents: Person[]): void {
    if (agents.length) this.viewers.set(conversation, agents);
    else this.viewers.delete(conversation);
    this.changed();
  }

  typing(conversation: string, who: string, name: string, on: boolean): void {
    const key = `${conversation} ${who}`;
    clearTimeout(this.writing.get(key)?.timer);
    this.writing.delete(key);
    if (on) {
      const timer = setTimeout(() => this.typing(conversation, who, name, false), TYPING_LASTS);
      this.writing.set(key, { name, timer });
    }
    this.changed();
  }

  /** What was typed is here, so nobody types it any more. */
  wrote(conversation: string, agent: string, role: string): void {
    const key = `${conversation} ${role === "visitor" ? role : agent}`;
    clearTimeout(this.writing.get(key)?.timer);
    this.writing.delete(key);
  }

  /** The board is asked for again once things have settled; it is read from the server's memory. */
  touchBoard(): void {
    if (!this.showsBoard) return;
    this.boardTimer ??= setTimeout(() => {
      this.boardTimer = undefined;
      void this.loadBoard();
    }, BOARD_WAITS);
  }

  private async loadBoard(): Promise<void> {
    const answer = await this.live.ask<BoardFacts>("board", {});
    this.board = answer.ok ? answer : this.board;
    this.boardProblem = answer.ok ? null : answer.error.message;
    this.changed();
  }

  /** Who logs in next at this browser has chosen nothing yet. */
  forget(): void {
    localStorage.removeItem(CHOSEN);
  }

  private isNow(chosen: Availability): void {
    this.chosen = chosen;
    localStorage.setItem(CHOSEN, chosen);
  }

  private settle(): void {
    const isIdle = Date.now() - this.touchedAt >= IDLE_AFTER;
    if (isIdle === this.isIdle) return;
    this.isIdle = isIdle;
    this.changed();
    void this.beat();
  }
}
