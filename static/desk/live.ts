// The desk's line: commands with answers over Socket.IO, facts in order of position, gaps filled by asking.
import { io, type Socket } from "socket.io-client";
import type { Answer, DeskEvent, Presence, Row, WorkspaceFacts } from "../shared/wire";

export interface Changed {
  workspace: string;
  /** Of the last and the first of the events. */
  position: number;
  from: number;
  row: Row;
  events: DeskEvent[];
}
export interface Inbox {
  rows: Row[];
  positions: Record<string, number>;
  workspaces: WorkspaceFacts[];
  agents?: Presence[];
}
interface CaughtUp {
  rows: Row[];
  events: DeskEvent[];
  positions: Record<string, number>;
  more?: boolean;
}
export interface Listener {
  linked(is: boolean): void;
  refused(message: string): void;
  inbox(inbox: Inbox): void;
  rows(rows: Row[], events: DeskEvent[]): void;
  typing(conversation: string, on: boolean): void;
  presence(agent: string, state: string): void;
}

const ANSWER_WITHIN = 10_000;

export class Live {
  private readonly socket: Socket;
  private positions: Record<string, number> | null = null;
  private catching: Promise<void> | null = null;

  constructor(private readonly listener: Listener) {
    this.socket = io("/desk", {
      path: "/socket.io",
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      autoConnect: false,
    });
    const { socket } = this;
    socket.on("connect", () => void this.arrive());
    socket.on("disconnect", () => listener.linked(false));
    socket.on("connect_error", (error) => !socket.active && listener.refused(error.message));
    socket.on("changed", (fact: Changed) => this.changed(fact));
    socket.on("typing", (fact: { conversation: string; on: boolean }) => listener.typing(fact.conversation, fact.on));
    socket.on("presence", (fact: { agent: string; state: string }) => listener.presence(fact.agent, fact.state));
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
          message: "No answer from the server. What you wrote is still here; try again once the line is back.",
        },
      };
    }
  }

  /** Says that we are here, and hears whether something passed us by. */
  async beat(state: string): Promise<Answer<unknown>> {
    const answer = await this.ask<{ positions?: Record<string, number> }>("presence", { state });
    if (!answer.ok) return answer;
    const isBehind = Object.entries(answer.positions ?? {}).some(([name, at]) => at > (this.positions?.[name] ?? 0));
    if (isBehind) await this.catchUp();
    return answer;
  }

  /** All rows anew: open time left is as old as the answer that brought it. */
  async refresh(): Promise<void> {
    const answer = await this.ask<Inbox>("inbox", { view: "all" });
    if (!answer.ok) return;
    this.positions = answer.positions;
    this.listener.inbox(answer);
  }

  private async arrive(): Promise<void> {
    this.listener.linked(true);
    if (this.positions) await this.catchUp();
    await this.refresh();
  }

  private changed({ workspace, position, from, row, events }: Changed): void {
    const known = this.positions?.[workspace] ?? 0;
    if (!this.positions || from > known + 1) return void this.catchUp();
    this.positions[workspace] = Math.max(known, position);
    this.listener.rows([row], events);
  }

  private catchUp(): Promise<void> {
    this.catching ??= this.fetchTail().finally(() => {
      this.catching = null;
    });
    return this.catching;
  }

  private async fetchTail(): Promise<void> {
    for (let more = true; more;) {
      const answer = await this.ask<CaughtUp>("catch_up", { positions: this.positions ?? {} });
      if (!answer.ok) return;
      this.positions = { ...this.positions, ...answer.positions };
      this.listener.rows(answer.rows, answer.events);
      more = answer.more ?? false;
    }
  }
}
