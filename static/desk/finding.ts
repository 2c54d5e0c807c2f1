// What the search field found: at once among the rows that are here, a moment later among everything on the server.
import type { Found, Hit, Row } from "../shared/wire";
import { matches } from "./inbox";
import type { Live } from "./live";

/** Milliseconds without a key after which the server is asked. */
const PAUSE = 150;
/** Milliseconds until it is asked again when something was said meanwhile. */
const AGAIN = 1_000;

export class Finding {
  /** By conversation, as the server answered. */
  found = new Map<string, Found>();
  /** There are others, older ones. */
  hasMore = false;
  isAsking = false;
  problem: string | null = null;
  private words = "";
  private asking?: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly live: Pick<Live, "ask">,
    private readonly changed: () => void,
  ) {}

  look(words: string): void {
    const next = words.trim();
    if (next === this.words) return;
    this.words = next;
    this.found = new Map();
    this.hasMore = false;
    this.problem = null;
    clearTimeout(this.asking);
    this.asking = undefined;
    this.isAsking = next !== "";
    if (next) this.askIn(PAUSE);
  }

  /** Something happened: what is said now may be what somebody looks for. */
  heard(): void {
    if (this.words && this.asking === undefined) this.askIn(AGAIN);
  }

  /** The words that were said and found there; null where it was found by what it is about. */
  hitIn(conversation: string): Hit | null {
    const hit = this.found.get(conversation)?.hit;
    return hit?.text ? hit : null;
  }

  /** The rows that match: those that are here by what they show, those that the server named by all that was said. */
  among(rows: Map<string, Row>): Row[] {
    const here = [...rows.values()].filter((row) => this.found.has(row.conversation) || matches(row, this.words));
    const elsewhere = [...this.found.values()].filter(({ row }) => !rows.has(row.conversation));
    return [...here, ...elsewhere.map(({ row }) => row)];
  }

  private askIn(pause: number): void {
    const { words } = this;
    this.asking = setTimeout(() => {
      this.asking = undefined;
      void this.ask(words);
    }, pause);
  }

  private async ask(words: string): Promise<void> {
    const answer = await this.live.ask<{ found: Found[]; more: boolean }>("find", { words });
    if (words !== this.words) return;
    this.isAsking = false;
    if (answer.ok) {
      this.found = new Map(answer.found.map((one) => [one.row.conversation, one]));
      this.hasMore = answer.more;
      this.problem = null;
    } else this.problem = answer.error.message;
    this.changed();
  }
}
