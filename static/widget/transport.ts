// The talk with the server, without a page: what was said is kept until it is acknowledged, sent once and in order,
// and whatever happened meanwhile is fetched by `seq`. The socket only hints; nothing here trusts it to deliver.
import type { Answer, Entered, Happened, Hello, MyTalk, MyTicket, News, Said } from "../shared/wire";

/** Carries a command and its answer. Rejects when no answer came: the command may or may not have arrived. */
export interface Wire {
  readonly isLinked: boolean;
  ask<T>(command: string, data: object): Promise<Answer<T>>;
}

/** Where things outlive the page, if the browser lets them. */
export interface Shelf {
  readonly lasts: boolean;
  read(key: string): string | null;
  write(key: string, value: string | null): void;
}

/** The world that a test replaces. */
export interface Surroundings {
  id(): string;
  now(): string;
  after(ms: number, what: () => void): void;
  random(): number;
}

/** The visitor's words before the server has them. */
export interface Pending {
  client_id: string;
  text: string;
  at: string;
  /** Starts a new conversation. */
  fresh?: boolean;
  /** Ids of files that the server has taken in. */
  files?: string[];
  /** The visitor agreed to the workspace's words before. */
  consent?: boolean;
  /** Where on the host's site it was written. */
  page?: string;
  /** Why the server refused it; it stays until the visitor tries again. */
  failed?: string;
}

const OUTBOX = "outbox";
const TOKEN = "token";
/** Whose token it is, where the host page vouched for them: their words are never sent as somebody else's. */
const WHOSE = "whose";
/** Refusals that pass by themselves: the words wait, nothing was stored. */
export const SOON_AGAIN = new Set(["unavailable", "too_many"]);

export class Talk {
  id: string | null = null;
  status = "bot";
  events: Happened[] = [];
  tickets: MyTicket[] = [];
  talks: MyTalk[] = [];
  /** The newest `seq` known, events that a visitor does not see included. */
  head = 0;
  outbox: Pending[];
  hasGreeted = false;

  /** Ids of all words that this tab wrote or took over, sent ones too. */
  private readonly mine: Set<string>;
  private isSending = false;
  private catching: Promise<void> | null = null;
  private tries = 0;

  constructor(
    private readonly wire: Wire,
    private readonly shelf: Shelf,
    private readonly world: Surroundings,
    private readonly changed: () => void,
  ) {
    this.outbox = stored(shelf);
    this.mine = new Set(this.outbox.map(({ client_id }) => client_id));
  }

  get token(): string | null {
    return this.shelf.read(TOKEN);
  }

  /** Whether the kept token is that of somebody whom the host page vouched for. */
  get isVerified(): boolean {
    return Boolean(this.shelf.read(WHOSE));
  }

  /** After every connect: who am I, where were we; then whatever was waiting is sent. */
  async greet(): Promise<void> {
    const hello = await this.wire.ask<Hello>("hello", {});
    if (!hello.ok) throw new Error(hello.error.message);
    const whose = this.shelf.read(WHOSE);
    if (whose && whose !== hello.visitor) this.forget();
    this.shelf.write(TOKEN, hello.token);
    this.shelf.write(WHOSE, hello.verified ? hello.visitor : null);
    this.tickets = hello.tickets;
    this.talks = hello.conversations;
    this.hasGreeted = true;
    const { conversation } = hello;
    if (conversation) {
      this.status = conversation.status;
      if (conversation.id === this.id && this.head > 0) await this.catchUp();
      else {
        this.enter(conversation.id);
        this.take(conversation.messages, hello.head);
      }
    }
    this.changed();
    void this.flush();
  }

  /** Goes on with another of the visitor's conversations. */
  async goOn(conversation: string): Promise<void> {
    if (conversation === this.id) return this.catchUp();
    const answer = await this.wire.ask<Entered>("enter", { conversation });
    if (!answer.ok) return;
    this.enter(conversation);
    this.status = answer.conversation.status;
    this.take(answer.conversation.messages, answer.head);
  }

  /** Draws the words at once and sends them as soon as may be. */
  say(text: string, how: { fresh?: boolean; consent?: boolean; files?: string[]; page?: string } = {}): void {
    const pending: Pending = { client_id: this.world.id(), text, at: this.world.now() };
    if (how.fresh) pending.fresh = true;
    if (how.consent) pending.consent = true;
    if (how.files?.length) pending.files = how.files;
    if (how.page) pending.page = how.page;
    this.keep([...this.outbox, pending]);
    void this.flush();
  }

  tryAgain(clientId: string): void {
    for (const pending of this.outbox) if (pending.client_id === clientId) delete pending.failed;
    this.keep(this.outbox);
    void this.flush();
  }

  /** What the server pushed. Its events belong to one commit; a first one that is not our next means some are missing. */
  happened({ conversation = this.id ?? undefined, events, head, status }: News): void {
    const first = events[0];
    if (conversation !== (this.id ?? conversation)) {
      // What was merged into this conversation goes on there, and so does whoever reads it.
      if (conversation && conversation === this.goesOnIn) return void this.goOn(conversation);
      // Another tab started a new conversation; late news of an earlier one concern nobody.
      if (first?.seq !== 1) return;
      this.enter(conversation ?? null);
    }
    this.id ??= conversation ?? null;
    if (head <= this.head) return;
    if (first && first.seq <= this.head + 1) this.take(events, head, status);
    else void this.catchUp();
  }

  /** Whether this tab wrote the words that this fact followed from. */
  isMine(fact: Happened): boolean {
    const words = this.events.findLast(({ seq, kind }) => seq < fact.seq && kind === "visitor_wrote");
    return this.mine.has(words?.client_id ?? "");
  }

  /** The visitor has read up to here. The answer says whether a fact went missing, so this is the heartbeat as well. */
  async read(seq: number): Promise<void> {
    const answer = await this.wire.ask<{ head: number }>("seen", { seq });
    if (answer.ok && answer.head > this.head) await this.catchUp();
  }

  /** The conversation that this one was merged into. */
  get goesOnIn(): string | undefined {
    return this.events.find(({ kind }) => kind === "merged_into")?.data?.conversation as string | undefined;
  }

  /** Everything after our head; repeated until nothing is missing. Does nothing while the line is down. */
  catchUp(): Promise<void> {
    this.catching ??= this.fetchTail().finally(() => {
      this.catching = null;
    });
    return this.catching;
  }

  /** Forgets who this is and what was said: the host page logged out. */
  forget(): void {
    this.shelf.write(TOKEN, null);
    this.shelf.write(WHOSE, null);
    this.keep([]);
    this.enter(null);
    this.tickets = [];
    this.talks = [];
    this.status = "bot";
    this.hasGreeted = false;
    this.changed();
  }

  private async fetchTail(): Promise<void> {
    try {
      const { id, head } = this;
      const asked = { after_seq: head, ...(id && { conversation: id }) };
      const answer = await this.wire.ask<{ events: Happened[]; head: number }>("resume", asked);
      // Meanwhile another conversation may have been entered: this tail is not its own.
      if (answer.ok && this.id === id && this.head >= head) this.take(answer.events, answer.head);
    } catch {
      this.world.after(this.pause(), () => {
        if (this.wire.isLinked) void this.catchUp();
      });
    }
  }

  private async flush(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let next = this.next(); next && this.wire.isLinked; next = this.next()) {
        const { client_id, text, fresh, consent, files, page } = next;
        // The conversation by name: in another tab the visitor may have gone on with another one.
        const where = fresh ? { new: true } : this.id ? { conversation: this.id } : {};
        const answer = await this.wire.ask<Said>("say", { client_id, text, ...where, ...(consent && { consent }), ...(files && { files }), ...(page && { page }) });
        this.tries = 0;
        if (answer.ok) this.settle(next, answer);
        else if (SOON_AGAIN.has(answer.error.code)) {
          const { retry_after } = (answer.error.fields ?? {}) as { retry_after?: number };
          this.world.after(retry_after ? retry_after * 1000 : this.pause(), () => void this.flush());
          return;
        } else {
          next.failed = answer.error.message;
          this.keep(this.outbox);
        }
      }
    } catch {
      // No answer came. Whether the server has the words is open, so the same client_id is sent again: it shows once.
      this.world.after(this.pause(), () => void this.flush());
    } finally {
      this.isSending = false;
    }
  }

  private next(): Pending | undefined {
    return this.outbox.find((pending) => !pending.failed);
  }

  private settle(pending: Pending, said: Said): void {
    if (said.conversation !== this.id) this.enter(said.conversation);
    const { events, head, status } = said;
    const isNext = (events[0]?.seq ?? Infinity) <= this.head + 1;
    // The drawn words give way to their event at once, also where events before it are still to be fetched.
    this.take(events, isNext ? head : this.head, isNext ? status : undefined);
    this.keep(this.outbox.filter((other) => other.client_id !== pending.client_id));
    if (!isNext) void this.catchUp();
  }

  private enter(conversation: string | null): void {
    this.id = conversation;
    this.events = [];
    this.head = 0;
  }

  private take(events: Happened[], head: number, status?: string): void {
    const known = new Set(this.events.map((event) => event.seq));
    const news = events.filter((event) => !known.has(event.seq));
    this.events = [...this.events, ...news].sort((a, b) => a.seq - b.seq);
    this.head = Math.max(this.head, head);
    for (const event of news) this.status = statusAfter(this.status, event.kind);
    this.status = status ?? this.status;
    const arrived = new Set(news.map((event) => event.client_id));
    if (this.outbox.some((pending) => arrived.has(pending.client_id))) {
      this.keep(this.outbox.filter((pending) => !arrived.has(pending.client_id)));
    } else this.changed();
  }

  private keep(outbox: Pending[]): void {
    this.outbox = outbox;
    for (const { client_id } of outbox) this.mine.add(client_id);
    // Another tab keeps its unsent words on the same shelf.
    const theirs = stored(this.shelf).filter(({ client_id }) => !this.mine.has(client_id));
    const all = [...theirs, ...outbox];
    this.shelf.write(OUTBOX, all.length ? JSON.stringify(all) : null);
    this.changed();
  }

  /** Longer with every try up to half a minute, never the same for two visitors. */
  private pause(): number {
    this.tries += 1;
    return Math.min(30_000, 500 * 2 ** this.tries) * (0.5 + this.world.random());
  }
}

function stored(shelf: Shelf): Pending[] {
  try {
    const kept: unknown = JSON.parse(shelf.read(OUTBOX) ?? "[]");
    return Array.isArray(kept) ? (kept as Pending[]) : [];
  } catch {
    return [];
  }
}

const NEXT_STATUS: Record<string, string> = {
  ticket_opened: "waiting",
  claimed: "held",
  released: "waiting",
  resolved: "resolved",
  solved_confirmed: "resolved",
  reopened: "waiting",
};

/** Who has the conversation after this fact. */
export function statusAfter(status: string, kind: string): string {
  return NEXT_STATUS[kind] ?? (kind === "visitor_wrote" && status === "left" ? "bot" : status);
}
