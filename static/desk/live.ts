// The desk's line: commands with answers over Socket.IO, facts in order of position, gaps filled by asking.
import { io, type Socket } from "socket.io-client";
import type { Answer, Colleague, DeskEvent, Line, Offer, Person, Row, SavedView, WorkspaceFacts } from "../shared/wire";
import { Feed, type Positions, type Pushed, type Tail } from "./feed";
import type { Availability } from "./floor";
import { w } from "./words";

export interface Inbox {
  rows: Row[];
  positions: Positions;
  workspaces: WorkspaceFacts[];
  agents: Colleague[];
  lines: Line[];
  offer: Offer | null;
  saved_views: SavedView[];
}
interface Typing {
  conversation: string;
  who: "visitor" | "agent";
  agent?: string;
  name?: string;
  on: boolean;
}
export interface Listener {
  linked(is: boolean): void;
  refused(message: string): void;
  inbox(inbox: Inbox): void;
  rows(rows: Row[], events: DeskEvent[]): void;
  typing(fact: Typing): void;
  presence(colleague: Colleague, chosen: Availability): void;
  viewing(conversation: string, agents: Person[]): void;
  seen(conversation: string, seq: number): void;
  viewsSaved(views: SavedView[]): void;
  offered(offer: Offer): void;
  offerEnded(conversation: string): void;
}

const ANSWER_WITHIN = 10_000;

export class Live {
  private readonly socket: Socket;
  private readonly feed: Feed<Row, DeskEvent>;

  /** `auth` says with every connection what the agent has chosen to be. */
  constructor(
    private readonly listener: Listener,
    auth: () => object,
  ) {
    this.feed = new Feed<Row, DeskEvent>(
      async (positions) => {
        const answer = await this.ask<Tail<Row, DeskEvent>>("catch_up", { positions });
        return answer.ok ? answer : null;
      },
      (rows, events) => listener.rows(rows, events),
    );
    this.socket = io("/desk", {
      path: "/socket.io",
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      autoConnect: false,
      auth: (give: (auth: object) => void) => give(auth()),
    });
    const { socket } = this;
    socket.on("connect", () => void this.arrive());
    socket.on("disconnect", () => listener.linked(false));
    socket.on("connect_error", (error) => !socket.active && listener.refused(error.message));
    socket.on("changed", (fact: Pushed<Row, DeskEvent>) => this.feed.pushed(fact));
    socket.on("typing", (fact: Typing) => listener.typing(fact));
    socket.on("presence", (fact: { colleague: Colleague; chosen: Availability }) =>
      listener.presence(fact.colleague, fact.chosen),
    );
    socket.on("viewing", (fact: { conversation: string; agents: Person[] }) =>
      listener.viewing(fact.conversation, fact.agents),
    );
    socket.on("seen", (fact: { conversation: string; seq: number }) => listener.seen(fact.conversation, fact.seq));
    socket.on("views_saved", (fact: { saved_views: SavedView[] }) => listener.viewsSaved(fact.saved_views));
    socket.on("offered", (offer: Offer) => listener.offered(offer));
    socket.on("offer_ended", (fact: { conversation: string }) => listener.offerEnded(fact.conversation));
  }

  get isLinked(): boolean {
    return this.socket.connected;
  }

  open(): void {
    this.socket.connect();
  }

  /** Never rejects: a line that is down is an answer as well. */
  async ask<T>(command: string, data: object): Promise<Answer<T>> {
    try {
      if (!this.socket.connected) throw new Error("offline");
      return (await this.socket.timeout(ANSWER_WITHIN).emitWithAck(command, data)) as Answer<T>;
    } catch {
      return {
        ok: false,
        error: {
          code: "unreachable",
          message: w.unreachable,
        },
      };
    }
  }

  /** Says that we are here, and hears whether something passed us by. */
  async beat(presence: { state?: Availability; idle: boolean }): Promise<Answer<{ state: Availability }>> {
    const answer = await this.ask<{ positions: Positions; state: Availability }>("presence", presence);
    if (answer.ok) await this.feed.mention(answer.positions);
    return answer;
  }

  /** All rows anew: open time left is as old as the answer that brought it. */
  async refresh(): Promise<void> {
    const answer = await this.ask<Inbox>("inbox", { view: "all" });
    if (!answer.ok) return;
    this.listener.inbox(answer);
    await this.feed.begin(answer.positions);
  }

  private async arrive(): Promise<void> {
    this.listener.linked(true);
    if (this.feed.hasBegun) await this.feed.catchUp();
    await this.refresh();
  }
}
