// The widget's transport as it is, under Node against a real server, with a line that drops, delays, doubles, reorders
// and is cut: `node people.mjs ORIGIN WORKSPACE COUNT SEED`. Every person has two tabs and talks in both; when all is
// calm, what each tab shows is printed as JSON, for the server's own timeline to be compared with.
import type { News } from "../../shared/wire";
import { Line } from "../../widget/line";
import { Talk, type Shelf } from "../../widget/transport";

const [origin, workspace, counted, seeded] = process.argv.slice(2) as [string, string, string, string];
const TABS = 2;
const WORDS = 3;
const BEAT = 2_000;
/** People who talk side by side; the next comes when one is done. */
const AT_ONCE = 40;
/** Milliseconds, longer than anything is held up. */
const CALM = 2_000;
const LOOK = 250;
/** Milliseconds after which somebody who is not done never will be. */
const PATIENCE = 300_000;

/** A small generator, so that a run can be repeated by its seed. */
function dice(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const roll = dice(Number(seeded));
const faults = { dropped: 0, delayed: 0, doubled: 0, reordered: 0, cut: 0, dialled: 0, polled: 0 };
const RealSocket = globalThis.WebSocket;
const realFetch = globalThis.fetch;
let address = 0;

/** Everybody comes from an address of their own, as people do. */
function ownAddress(): Record<string, string> {
  return { "X-Forwarded-For": `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address++ & 255}` };
}
/** By another name of the same server, through which no WebSocket goes. */
const behindProxy = origin.replace("127.0.0.1", "localhost");
const BLOCKED = new URL(behindProxy).host;

/** A WebSocket whose events and acknowledgements fare badly; the handshake of each line is left alone. */
class BadSocket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  private readonly socket: WebSocket;
  private held: (() => void)[] = [];

  constructor(url: string) {
    faults.dialled += 1;
    const where = new URL(url).host === BLOCKED ? "ws://127.0.0.1:1/blocked" : url;
    this.socket = new RealSocket(where, { headers: ownAddress() } as never);
    this.socket.onmessage = ({ data }) => this.fares(String(data), () => this.onmessage?.({ data: String(data) }));
    this.socket.onclose = () => this.onclose?.();
    this.socket.onerror = () => undefined;
  }

  send(packet: string): void {
    this.fares(packet, () => this.socket.readyState === 1 && this.socket.send(packet));
  }

  close(): void {
    this.socket.close();
  }

  private fares(packet: string, pass: () => void): void {
    const fate = /^4[23]/.test(packet) ? roll() : 1;
    if (fate < 0.04) faults.dropped += 1;
    else if (fate < 0.1) {
      faults.delayed += 1;
      setTimeout(pass, 50 + roll() * 1500);
    } else if (fate < 0.16) {
      faults.doubled += 1;
      pass();
      pass();
    } else if (fate < 0.22) {
      faults.reordered += 1;
      this.held.push(pass);
      setTimeout(() => this.release(), 400);
      return;
    } else if (fate < 0.25) {
      faults.cut += 1;
      pass();
      this.socket.close();
    } else pass();
    this.release();
  }

  /** What was held back comes after what came later. */
  private release(): void {
    for (const pass of this.held.splice(0)) pass();
  }
}
globalThis.WebSocket = BadSocket as never;

/** Requests of long-polling: lost on the way there or back, which cuts the line, late, or made twice. */
async function badFetch(url: string, how: RequestInit): Promise<Response> {
  const send = () => realFetch(url, { ...how, headers: { ...how.headers, ...ownAddress() } });
  faults.polled += 1;
  const fate = url.includes("&sid=") ? roll() : 1;
  if (fate < 0.04) {
    faults.cut += 1;
    if (fate < 0.02) await send();
    throw new Error("cut");
  }
  if (fate < 0.12) {
    faults.delayed += 1;
    await later(50 + roll() * 1500);
  } else if (fate < 0.2 && how.method === "POST") {
    faults.doubled += 1;
    await send();
  }
  return send();
}
globalThis.fetch = badFetch as never;

function shelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    lasts: true,
    read: (key) => kept.get(key) ?? null,
    write: (key, value) => void (value === null ? kept.delete(key) : kept.set(key, value)),
  };
}

let ids = 0;
const later = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const world = {
  id: () => `proof-${seeded}-${ids++}`,
  now: () => new Date().toISOString(),
  after: (ms: number, what: () => void) => void setTimeout(what, ms),
  random: roll,
};

class Tab {
  readonly talk: Talk;
  readonly line: Line;
  readonly said: string[] = [];
  private readonly beating: NodeJS.Timeout;

  constructor(where: string, mine: Shelf) {
    this.line = new Line(
      where,
      () => ({ workspace, ...(this.talk.token && { token: this.talk.token }) }),
      {
        linked: (is) => is && void this.greet(),
        refused: (why) => console.error("refused", why),
        happened: (news: News) => this.talk.happened(news),
        typing: () => undefined,
        seen: () => undefined,
        signedOut: () => undefined,
      },
    );
    this.talk = new Talk(this.line, mine, world, () => undefined);
    const beat = () => this.line.isLinked && this.talk.id && this.talk.read(0).catch(() => undefined);
    this.beating = setInterval(beat, BEAT);
  }

  close(): void {
    clearInterval(this.beating);
    this.line.close();
  }

  async greet(): Promise<void> {
    await this.talk.greet().catch(() => setTimeout(() => this.line.isLinked && void this.greet(), 500));
  }

  say(text: string): void {
    this.said.push(text);
    this.talk.say(text);
  }
}

/** What one person said, and what each of their tabs shows in the end. */
async function talked(n: number): Promise<object> {
  const mine = shelf();
  const where = n % 5 === 4 ? behindProxy : origin;
  const first = new Tab(where, mine);
  first.line.open();
  // The other tab is opened by somebody who is known already.
  first.say(`Is anybody there? This is number ${n}.`);
  const tabs = [first];
  const until = Date.now() + PATIENCE;
  const waits = async (ms: number) => {
    if (Date.now() > until) throw new Error(`number ${n} is stuck: ${JSON.stringify(tabs.map(stateOf))}`);
    await later(ms);
  };
  while (first.talk.outbox.length || !first.talk.id) await waits(50);
  for (let t = 1; t < TABS; t++) {
    const tab = new Tab(where, mine);
    tab.line.open();
    tabs.push(tab);
  }
  for (let w = 0; w < WORDS; w++)
    for (const [t, tab] of tabs.entries()) {
      tab.say(`Number ${n}, tab ${t}, words ${w}.`);
      await later(roll() * 2_000);
    }
  for (let calmFor = 0; calmFor < CALM; calmFor = isCalm(tabs) ? calmFor + LOOK : 0) await waits(LOOK);
  for (const tab of tabs) tab.close();
  return {
    conversation: first.talk.id,
    said: tabs.map(({ said }) => said),
    events: tabs.map(({ talk }) => talk.events.map(({ seq, kind, text }) => [seq, kind, text ?? null])),
  };
}

function stateOf({ talk, line }: Tab): object {
  return { conversation: talk.id, head: talk.head, waiting: talk.outbox.length, isLinked: line.isLinked };
}

/** Nothing is on its way, and both tabs know as much. */
function isCalm(tabs: Tab[]): boolean {
  const heads = new Set(tabs.map(({ talk }) => `${talk.id} ${talk.head}`));
  return heads.size === 1 && tabs.every(({ talk, line }) => !talk.outbox.length && line.isLinked);
}

const count = Number(counted);
const shown: object[] = [];
let next = 0;
async function oneAfterTheOther(): Promise<void> {
  await later(roll() * 2_000);
  while (next < count) shown.push(await talked(next++));
}
await Promise.all(Array.from({ length: AT_ONCE }, oneAfterTheOther));
process.stdout.write(JSON.stringify({ shown, faults }), () => process.exit(0));
