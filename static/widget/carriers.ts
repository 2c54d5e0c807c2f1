// The two ways a packet travels: a WebSocket, and long-polling where a proxy lets no WebSocket through.

export interface Carrier {
  send(packet: string): void;
  close(): void;
}
export interface Receiver {
  packet(packet: string): void;
  /** Nothing more will come. Said once. */
  lost(): void;
}
export type Carry = (origin: string, to: Receiver) => Carrier;

const address = (origin: string, transport: string, sid = "") =>
  `${origin}/socket.io/?EIO=4&transport=${transport}${sid && `&sid=${sid}`}`;

export const webSocket: Carry = (origin, to) => {
  const socket = new WebSocket(address(origin.replace(/^http/, "ws"), "websocket"));
  socket.onmessage = ({ data }) => to.packet(data as string);
  socket.onclose = () => to.lost();
  return { send: (packet) => socket.send(packet), close: () => socket.close() };
};

const SEPARATOR = "\x1e";
/** The server drops a request with more than 16 packets whole. */
const AT_ONCE = 10;

export const polling: Carry = (origin, to) => {
  const abort = new AbortController();
  const waiting: string[] = [];
  let sid = "";
  let isSending = false;
  let isOver = false;

  const over = () => {
    if (isOver) return;
    isOver = true;
    abort.abort();
    to.lost();
  };
  const request = async (body?: string): Promise<string> => {
    // A time in the address keeps caches on the way from answering.
    const url = `${address(origin, "polling", sid)}&t=${Date.now().toString(36)}`;
    const how =
      body === undefined ? {} : { method: "POST", body, headers: { "content-type": "text/plain;charset=UTF-8" } };
    const answer = await fetch(url, { ...how, signal: abort.signal, credentials: "omit", cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.text();
  };
  const receive = async () => {
    while (!isOver) {
      for (const packet of (await request()).split(SEPARATOR)) {
        if (packet[0] === "0") sid = (JSON.parse(packet.slice(1)) as { sid: string }).sid;
        if (!isOver) to.packet(packet);
      }
    }
  };
  const post = async () => {
    if (isSending) return;
    isSending = true;
    while (waiting.length && !isOver) await request(waiting.splice(0, AT_ONCE).join(SEPARATOR));
    isSending = false;
  };
  receive().catch(over);
  return {
    send: (packet) => {
      waiting.push(packet);
      post().catch(over);
    },
    close: over,
  };
};
