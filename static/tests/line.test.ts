// Rules of the line: which way it dials, and when it gives up.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Line, type Listener } from "../widget/line";

/** Sockets that the test opens and ends by hand. */
class Socket {
  static dialled: Socket[] = [];
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  sent: string[] = [];

  constructor(readonly url: string) {
    Socket.dialled.push(this);
  }

  static get last(): Socket {
    return Socket.dialled.at(-1)!;
  }

  send(packet: string): void {
    this.sent.push(packet);
  }

  close(): void {}

  says(packet: string): void {
    this.onmessage?.({ data: packet });
  }

  async handshakes(): Promise<void> {
    this.says('0{"sid":"x","pingInterval":25000,"pingTimeout":20000}');
    await new Promise((done) => setImmediate(done));
    this.says('40/visitor,{"sid":"y"}');
  }
}

const refusals: string[] = [];
const listener: Listener = {
  linked: () => undefined,
  refused: (_, code) => refusals.push(code),
  happened: () => undefined,
  typing: () => undefined,
  seen: () => undefined,
  signedOut: () => undefined,
};
let polls = 0;

beforeEach(() => {
  Socket.dialled = [];
  refusals.length = polls = 0;
  globalThis.WebSocket = Socket as never;
  globalThis.fetch = (() => {
    polls += 1;
    return Promise.reject(new Error("nobody there"));
  }) as never;
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => mock.timers.reset());

/** Long enough for any pause of the back-off. */
async function passes(): Promise<void> {
  mock.timers.tick(31_000);
  await new Promise((done) => setImmediate(done));
}

test("a WebSocket that never got through makes the next try go by long-polling", async () => {
  const line = new Line("http://here", () => ({}), listener);
  line.open();
  Socket.last.onclose?.();
  await passes();
  assert.equal(polls, 1);
  line.close();
});

test("where a WebSocket worked before, a server that is away is waited for by WebSocket", async () => {
  const line = new Line("http://here", () => ({}), listener);
  line.open();
  await Socket.last.handshakes();
  assert.ok(line.isLinked);
  for (let n = 0; n < 3; n++) {
    Socket.last.onclose?.();
    await passes();
  }
  assert.deepEqual([Socket.dialled.length, polls], [4, 0]);
  Socket.last.onclose?.();
  await passes();
  assert.equal(polls, 1, "after some more tries it may be blocked after all");
  line.close();
});

test("a refusal of our server's is the last word, any other is tried again", async () => {
  const line = new Line("http://here", () => ({}), listener);
  line.open();
  Socket.last.says('0{"sid":"x"}');
  Socket.last.says('44/visitor,"Unable to connect"');
  assert.deepEqual(refusals, []);
  await passes();
  assert.equal(Socket.dialled.length, 2);
  Socket.last.says('0{"sid":"x"}');
  Socket.last.says('44/visitor,{"message":"There is no such workspace.","data":{"code":"unknown_workspace"}}');
  assert.deepEqual(refusals, ["unknown_workspace"]);
  await passes();
  assert.equal(Socket.dialled.length, 2);
});
