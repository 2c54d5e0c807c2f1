// Which conversation the open one is merged with, and what that would do: asked of the server before anything is done.
import type { Answer, Foreseen, Mergeable } from "../shared/wire";
import type { Live } from "./live";

/** Milliseconds without a key after which the server is asked. */
const PAUSE = 150;

export class Merging {
  words = "";
  /** null: not answered yet. */
  found: Mergeable[] | null = null;
  /** Which ends, and in which it goes on. */
  pair: { ends: string; into: string } | null = null;
  foreseen: Foreseen | null = null;
  problem: string | null = null;
  private conversation = "";
  private asking?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly live: Pick<Live, "ask">,
    private readonly changed: () => void,
  ) {}

  begin(conversation: string): void {
    this.conversation = conversation;
    this.pair = this.foreseen = this.problem = null;
    this.look("");
  }

  look(words: string): void {
    this.words = words;
    clearTimeout(this.asking);
    if (words) this.asking = setTimeout(() => void this.find(), PAUSE);
    else void this.find();
    this.changed();
  }

  async choose(pair: { ends: string; into: string } | null): Promise<void> {
    this.pair = pair;
    this.foreseen = this.problem = null;
    this.changed();
    if (!pair) return;
    const asked = { conversation: pair.ends, into: pair.into };
    const answer = await this.live.ask<Foreseen>("foresee_merge", asked);
    if (pair !== this.pair) return;
    if (answer.ok) this.foreseen = answer;
    else this.problem = answer.error.message;
    this.changed();
  }

  turnRound(): Promise<void> {
    return this.choose(this.pair && { ends: this.pair.into, into: this.pair.ends });
  }

  merge(): Promise<Answer<unknown>> {
    const { ends, into } = this.pair!;
    return this.live.ask("merge", { conversation: ends, client_id: crypto.randomUUID(), into });
  }

  private async find(): Promise<void> {
    const { conversation, words } = this;
    const answer = await this.live.ask<{ found: Mergeable[] }>("merge_into", { conversation, words });
    if (conversation !== this.conversation || words !== this.words) return;
    if (answer.ok) this.found = answer.found;
    this.problem = answer.ok ? null : answer.error.message;
    this.changed();
  }
}
