// State plus events equals state fetched afresh, whatever is lost, doubled, delayed or swapped on the way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Feed, type Positions, type Pushed, type Tail } from "../desk/feed";

interface Row {
  id: string;
  said: number;
}
interface Event {
  id: string;
  seq: number;
  workspace: string;
  position: number;
}

/** Numbers that look random and are the same each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

class Server {
  readonly log: Event[] = [];
  readonly rows = new Map<string, Row>();

  say(workspace: string, id: string, times: number): Pushed<Row, Event> {
    const row = { id, said: (this.rows.get(id)?.said ?? 0) + times };
    this.rows.set(id, row);
    const events = Array.from({ length: times }, (_, i) => {
      const event = { id, seq: row.said - times + i + 1, workspace, position: this.position(workspace) + 1 };
      this.log.push(event);
      return event;
    });
    return { workspace, position: events.at(-1)!.position, from: events[0]!.position, row, events };
  }

  position(workspace: string): number {
    return this.log.filter((event) => event.workspace === workspace).length;
  }

  get positions(): Positions {
    return { one: this.position("one"), two: this.position("two") };
  }

  since(after: Positions, limit: number): Tail<Row, Event> {
    const positions = { ...after };
    const events: Event[] = [];
    let more = false;
    for (const name of Object.keys(after)) {
      const all = this.log.filter((event) => event.workspace === name && event.position > after[name]!);
      events.push(...all.slice(0, limit));
      positions[name] = events.findLast((event) => event.workspace === name)?.position ?? after[name]!;
      more ||= all.length > limit;
    }
    const rows = [...new Set(events.map(({ id }) => id))].map((id) => ({ ...this.rows.get(id)! }));
    return { rows, events, positions, more };
  }
}

for (let seed = 1; seed <= 60; seed += 1) {
  test(`state plus events equals state fetched afresh (${seed})`, async () => {
    const random = chance(seed);
    const server = new Server();
    const rows = new Map<string, Row>();
    const timeline = new Set<string>();
    const isUp = () => random() > 0.1;
    const feed = new Feed<Row, Event>(
      async (after) => {
        await null;
        const tail = isUp() ? server.since(after, 3) : null;
        await null;
        return tail;
      },
      (changed, events) => {
        for (const row of changed) rows.set(row.id, row);
        for (const { id, seq } of events) timeline.add(`${id} ${seq}`);
      },
    );
    const snapshot = async () => {
      const { positions } = server;
      const listed = new Map([...server.rows].map(([id, row]) => [id, { ...row }]));
      const log = server.log.map(({ id, seq }) => `${id} ${seq}`);
      if (random() < 0.5) await null;
      rows.clear();
      timeline.clear();
      for (const [id, row] of listed) rows.set(id, row);
      for (const line of log) timeline.add(line);
      await feed.begin(positions);
    };
    const late: Pushed<Row, Event>[] = [];
    for (let step = 0; step < 120; step += 1) {
      const workspace = random() < 0.5 ? "one" : "two";
      const fact = server.say(workspace, `${workspace}-${Math.floor(random() * 3)}`, 1 + Math.floor(random() * 3));
      const luck = random();
      if (luck < 0.5) feed.pushed(fact);
      else if (luck < 0.6) late.push(fact);
      else if (luck < 0.7) (feed.pushed(fact), feed.pushed(fact));
      else if (luck < 0.75) void snapshot();
      else if (luck < 0.8) late.splice(0).forEach((one) => feed.pushed(one));
      if (random() < 0.4) await null;
    }
    await snapshot();
    for (let tries = 0; tries < 50; tries += 1) await feed.mention(server.positions);
    assert.deepEqual(new Map([...rows].sort()), new Map([...server.rows].sort()));
    assert.deepEqual([...timeline].sort(), server.log.map(({ id, seq }) => `${id} ${seq}`).sort());
  });
}

test("what was pushed while the snapshot was on its way is not lost until the next heartbeat", async () => {
  const server = new Server();
  server.say("one", "a", 1);
  const positions = { one: 1 };
  const seen: number[] = [];
  const feed = new Feed<Row, Event>(
    async (after) => server.since(after, 10),
    (rows) => seen.push(...rows.map(({ said }) => said)),
  );
  feed.pushed(server.say("one", "a", 1));
  await feed.begin(positions);
  assert.deepEqual(seen, [2]);
});
