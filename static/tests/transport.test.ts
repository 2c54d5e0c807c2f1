// Rules of the talk: nothing lost, nothing twice, nothing out of order, whatever the line does to it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer, Happened, News } from "../shared/wire";
import { Talk, type Shelf, type Wire } from "../widget/transport";

/** A small generator, so that a failing run can be repeated by its seed. */
function dice(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What a server does with a talk: one timeline with facts that a visitor does not see, and receipts. */
class Counter {
  timeline: Happened[] = [];
  heard: string[] = [];
  listeners = new Set<(news: News) => void>();
  private receipts = new Map<string, object>();

  say(client_id: string, text: string): object {
    const known = this.receipts.get(client_id);
    if (known) return known;
    const from = this.timeline.length;
    if (!from) this.add("conversation_started");
    const message = this.add("visitor_wrote", { client_id, text });
    if (this.heard.length % 3 === 1) this.add("severity_assessed");
    this.heard.push(text);
    this.add("bot_wrote", { text: `answer to ${text}` });
    const answer = { ok: true, conversation: "c1", seq: message.seq, status: "bot", ...this.after(from) };
    this.receipts.set(client_id, answer);
    this.publish(from);
    return answer;
  }

  agentWrites(text: string): void {
    const from = this.timeline.length;
    this.add("agent_wrote", { text });
    this.publish(from);
  }

  get visible(): Happened[] {
    return this.timeline.filter((event) => event.kind !== "severity_assessed");
  }

  after(seq: number): News {
    return { conversation: "c1", events: this.visible.filter((event) => event.seq > seq), head: this.timeline.length };
  }

  private publish(from: number): void {
    for (const listener of this.listeners) listener(this.after(from));
  }

  private add(kind: string, more: Partial<Happened> = {}): Happened {
    const role = kind.startsWith("visitor") ? "visitor" : "bot";
    const event: Happened = {
      seq: this.timeline.length + 1,
      at: "2026-03-09T12:00:00Z",
      kind,
      who: { role, name: role },
      ...more,
    };
    this.timeline.push(event);
    return event;
  }
}

function shelf(): Shelf & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    lasts: true,
    read: (key) => kept.get(key) ?? null,
    write: (key, value) => void (value === null ? kept.delete(key) : kept.set(key, value)),
  };
}

/** A page with its talk over a line that loses, doubles, delays and is cut, driven by hand: no timers, no waiting. */
class Page {
  isLinked = false;
  talk: Talk;
  private later: (() => void)[] = [];
  private ids = 0;

  constructor(
    readonly server: Counter,
    readonly random: () => number,
    readonly kept: Shelf,
    public faults: number,
    name: string,
  ) {
    const wire: Wire = Object.defineProperty({ ask: this.ask.bind(this) } as Wire, "isLinked", {
      get: () => this.isLinked,
    });
    const world = {
      id: () => `${name}-${this.ids++}`,
      now: () => "2026-03-09T12:00:00Z",
      after: (_: number, what: () => void) => void this.later.push(what),
      random,
    };
    this.talk = new Talk(wire, kept, world, () => undefined);
    server.listeners.add((news) => this.push(news));
  }

  link(): void {
    this.isLinked = true;
    this.talk.greet().catch(() => undefined);
  }

  /** Lets some of what is under way happen, in an order of chance. */
  async stir(): Promise<void> {
    for (let i = 0; i < 4; i++) await new Promise<void>((resolve) => setImmediate(resolve));
    const due = this.later.splice(0).sort(() => this.random() - 0.5);
    for (const what of due) what();
    for (let i = 0; i < 4; i++) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  private push(news: News): void {
    if (!this.isLinked || this.random() < this.faults) return;
    const copies = this.random() < this.faults ? 2 : 1;
    for (let i = 0; i < copies; i++) {
      if (this.random() < this.faults) this.later.push(() => this.talk.happened(news));
      else queueMicrotask(() => this.talk.happened(news));
    }
  }

  private async ask<T>(command: string, data: object): Promise<Answer<T>> {
    if (!this.isLinked || this.random() < this.faults) throw new Error("lost on the way there");
    const answer = this.answer(command, data as { client_id: string; text: string; after_seq: number });
    await new Promise<void>((resolve) =>
      this.random() < this.faults ? this.later.push(resolve) : setImmediate(resolve),
    );
    if (this.random() < this.faults) throw new Error("lost on the way back");
    return structuredClone(answer) as Answer<T>;
  }

  private answer(command: string, data: { client_id: string; text: string; after_seq: number }): object {
    const { server } = this;
    if (command === "say") return server.say(data.client_id, data.text);
    if (command === "resume") return { ok: true, ...server.after(data.after_seq) };
    const { events, head } = server.after(0);
    const conversation = head ? { id: "c1", seq: head, status: "bot", messages: events } : null;
    return { ok: true, token: "t", visitor: "vera", conversation, tickets: [], head };
  }
}

async function settle(page: Page, faultless: () => void): Promise<void> {
  faultless();
  page.link();
  for (let i = 0; i < 60 && (page.talk.outbox.length || page.talk.head < page.server.timeline.length); i++) {
    await page.stir();
    if (i % 10 === 9) await page.talk.catchUp();
  }
}

test("over a line that loses, doubles, delays and is cut, every word arrives once and in order, and all is shown", async () => {
  for (let seed = 1; seed <= 500; seed++) {
    const random = dice(seed);
    const server = new Counter();
    const page = new Page(server, random, shelf(), 0.3, "a");
    const said: string[] = [];
    for (let step = 0; step < 25; step++) {
      const chance = random();
      if (chance < 0.35) {
        said.push(`words ${step}`);
        page.talk.say(`words ${step}`);
      } else if (chance < 0.5) page.isLinked = false;
      else if (chance < 0.7) page.link();
      else if (chance < 0.8 && server.timeline.length) server.agentWrites(`aidan ${step}`);
      else await page.stir();
    }
    await settle(page, () => Object.assign(page, { faults: 0 }));
    assert.deepEqual(server.heard, said, `seed ${seed}: the server heard each once, in order`);
    assert.deepEqual(
      page.talk.events.map((event) => event.seq),
      server.visible.map((event) => event.seq),
      `seed ${seed}: the widget shows all of it`,
    );
    assert.deepEqual(page.talk.outbox, [], `seed ${seed}: nothing is left over`);
  }
});

test("words written offline survive a reload and are sent then", async () => {
  const server = new Counter();
  const kept = shelf();
  new Page(server, dice(1), kept, 0, "before").talk.say("from the tunnel");
  assert.deepEqual(server.heard, []);
  const after = new Page(server, dice(2), kept, 0, "after");
  await settle(after, () => undefined);
  assert.deepEqual(server.heard, ["from the tunnel"]);
  assert.equal(kept.read("outbox"), null);
});

test("a tab that writes does not drop what another tab still keeps", () => {
  const server = new Counter();
  const kept = shelf();
  const one = new Page(server, dice(1), kept, 0, "one");
  const two = new Page(server, dice(2), kept, 0, "two");
  one.talk.say("from one");
  two.talk.say("from two");
  const words = (JSON.parse(kept.read("outbox") ?? "[]") as { text: string }[]).map(({ text }) => text);
  assert.deepEqual(words.sort(), ["from one", "from two"]);
});

test("a refused message says why, lets the next one pass, and is sent on trying again", async () => {
  const server = new Counter();
  const page = new Page(server, dice(1), shelf(), 0, "a");
  const say = server.say.bind(server);
  server.say = (id, text) =>
    text === "too fast" ? { ok: false, error: { code: "rate", message: "wait a little" } } : say(id, text);
  page.link();
  page.talk.say("too fast");
  page.talk.say("next");
  await page.stir();
  assert.deepEqual(server.heard, ["next"]);
  assert.equal(page.talk.outbox[0]?.failed, "wait a little");
  server.say = say;
  page.talk.tryAgain(page.talk.outbox[0]!.client_id);
  await page.stir();
  assert.deepEqual(server.heard, ["next", "too fast"]);
  assert.deepEqual(page.talk.outbox, []);
});

test("a refusal that passes by itself keeps the words and the order, and asks nothing of the visitor", async () => {
  const server = new Counter();
  const page = new Page(server, dice(1), shelf(), 0, "a");
  const say = server.say.bind(server);
  server.say = () => ({ ok: false, error: { code: "unavailable", message: "not saved", fields: { retry_after: 2 } } });
  page.link();
  page.talk.say("first");
  page.talk.say("second");
  await page.stir();
  assert.deepEqual(
    page.talk.outbox.map(({ failed }) => failed),
    [undefined, undefined],
  );
  server.say = say;
  await page.stir();
  await page.stir();
  assert.deepEqual(server.heard, ["first", "second"]);
});

test("late news of an earlier conversation does not disturb the one under way", async () => {
  const server = new Counter();
  const page = new Page(server, dice(1), shelf(), 0, "a");
  page.link();
  await page.stir();
  page.talk.say("hello");
  await page.stir();
  const before = page.talk.events.length;
  page.talk.happened({ conversation: "c0", events: [{ ...server.timeline[0]!, seq: 9, kind: "resolved" }], head: 99 });
  assert.equal(page.talk.events.length, before);
  assert.equal(page.talk.status, "bot");
});

test("what is kept on the shelf and is not ours to read is no reason to fail", () => {
  const kept = shelf();
  kept.write("outbox", "{not json");
  assert.deepEqual(new Page(new Counter(), dice(1), kept, 0, "a").talk.outbox, []);
});
