// The Socket.IO line to /visitor (Engine.IO 4, text packets, one namespace): opened on demand, restored by itself with
// back-off and jitter. Written here because the general client weighs more than all the rest of the widget together.
import type { Answer, News } from "../shared/wire";
import { polling, webSocket, type Carrier } from "./carriers";
import type { Wire } from "./transport";

export interface Listener {
  linked(is: boolean): void;
  /** The server will not have us; `message` is its reason, `code` the same for programs. */
  refused(message: string, code: string): void;
  happened(news: News): void;
  typing(name: string, on: boolean): void;
  /** The person who has the talk has read up to here. */
  seen(conversation: string, seq: number): void;
  signedOut(): void;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

const NAMESPACE = "/visitor,";
const ANSWER_WITHIN = 10_000;
const HANDSHAKE_WITHIN = 8_000;
const LONGEST_PAUSE = 20_000;

export class Line implements Wire {
  isLinked = false;

  private carrier: Carrier | null = null;
  private isWanted = false;
  private usesPolling = false;
  /** A WebSocket went through on this page, so they are not blocked here. */
  private hadSocket = false;
  private tries = 0;
  private asked = 0;
  private silence = 0;
  private retry?: ReturnType<typeof setTimeout> | undefined;
  private watch?: ReturnType<typeof setTimeout> | undefined;
  private readonly waiting = new Map<number, Waiting>();

  constructor(
    private readonly origin: string,
    private readonly who: () => object | Promise<object>,
    private readonly listener: Listener,
  ) {
    // Into the tunnel: say so at once. Out of it: do not wait for the next try.
    globalThis.addEventListener?.("offline", () => this.carrier && this.lost());
    globalThis.addEventListener?.("online", () => {
      this.tries = 0;
      if (this.isWanted && !this.isLinked) this.dial();
    });
  }

  open(): void {
    this.isWanted = true;
    if (!this.carrier && !this.retry) this.dial();
  }

  close(): void {
    this.isWanted = false;
    this.drop();
  }

  ask<T>(command: string, data: object): Promise<Answer<T>> {
    return new Promise((resolve, reject) => {
      if (!this.isLinked) return reject(new Error("offline"));
      const id = this.asked++;
      const timer = setTimeout(() => {
        this.waiting.delete(id);
        reject(new Error("no answer"));
      }, ANSWER_WITHIN);
      this.waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject, timer });
      this.send(`2${NAMESPACE}${id}${JSON.stringify([command, data])}`);
    });
  }

  private dial(): void {
    this.drop();
    let isOver = false;
    const mine = () => this.carrier === carrier && !isOver;
    const carrier: Carrier = (this.usesPolling ? polling : webSocket)(this.origin, {
      packet: (packet) => mine() && this.received(packet),
      lost: () => {
        if (mine()) this.lost();
        isOver = true;
      },
    });
    this.carrier = carrier;
    this.expect(HANDSHAKE_WITHIN);
  }

  private send(packet: string): void {
    this.carrier?.send("4" + packet);
  }

  /** The line is taken for dead when nothing is heard in this time. */
  private expect(ms: number): void {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.lost(), ms);
  }

  private received(packet: string): void {
    const rest = packet.slice(1);
    switch (packet[0]) {
      case "0": {
        const { pingInterval, pingTimeout } = JSON.parse(rest) as Record<string, number>;
        this.silence = (pingInterval ?? 25_000) + (pingTimeout ?? 20_000);
        this.hadSocket ||= !this.usesPolling;
        void this.enter(this.carrier);
        break;
      }
      case "1":
        return this.lost();
      case "2":
        this.carrier?.send("3" + rest);
        break;
      case "4":
        this.message(rest);
    }
    if (this.carrier) this.expect(this.silence);
  }

  /** Who we are may have to be asked of the host page first. */
  private async enter(carrier: Carrier | null): Promise<void> {
    const who = JSON.stringify(await this.who());
    if (this.carrier === carrier) this.send(`0${NAMESPACE}${who}`);
  }

  private message(packet: string): void {
    const match = /^(\d)(?:\/visitor,)?(\d*)(.*)$/s.exec(packet);
    if (!match) return;
    const [, type, id, json] = match as unknown as [string, string, string, string];
    const body: unknown = json ? JSON.parse(json) : undefined;
    if (type === "0") {
      this.isLinked = true;
      this.tries = 0;
      this.listener.linked(true);
    } else if (type === "1") this.lost();
    else if (type === "2") this.fact(...(body as [string, never]));
    else if (type === "3") {
      const asked = this.waiting.get(Number(id));
      this.waiting.delete(Number(id));
      clearTimeout(asked?.timer);
      asked?.resolve((body as unknown[])[0]);
    } else if (type === "4") {
      const { message = "", data } = (body ?? {}) as { message?: string; data?: { code?: string } };
      // Without a reason of our server's it was its library: a browser sent the request twice, say. That passes.
      if (!data?.code) return this.lost();
      this.close();
      this.listener.refused(message, data.code);
    }
  }

  private fact(name: string, fact: News & { name: string; on: boolean; seq: number }): void {
    if (name === "happened") this.listener.happened(fact);
    else if (name === "typing") this.listener.typing(fact.name, fact.on);
    else if (name === "seen") this.listener.seen(fact.conversation ?? "", fact.seq);
    else if (name === "signed_out") this.listener.signedOut();
  }

  private lost(): void {
    // What never got as far as a handshake may be blocked on the way: the next try goes the other way. Where a WebSocket
    // worked before, the server is rather away: else everybody would be back by the costlier way after each restart.
    if (this.hadSocket) this.usesPolling = !this.silence && this.tries % 4 === 3;
    else if (!this.silence) this.usesPolling = !this.usesPolling;
    this.drop();
    if (!this.isWanted) return;
    const pause = Math.min(LONGEST_PAUSE, 400 * 2 ** this.tries++) * (0.5 + Math.random());
    this.retry = setTimeout(() => this.dial(), pause);
  }

  private drop(): void {
    clearTimeout(this.retry);
    clearTimeout(this.watch);
    this.retry = undefined;
    this.silence = 0;
    const { carrier, isLinked } = this;
    this.carrier = null;
    this.isLinked = false;
    carrier?.close();
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(new Error("the line was cut"));
    }
    this.waiting.clear();
    if (isLinked) this.listener.linked(false);
  }
}
