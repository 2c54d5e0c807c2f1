// How far this talk was read: by the visitor, remembered by the browser, and by the person who has it.
import type { Happened } from "../shared/wire";
import type { Shelf, Talk } from "./transport";

const SEEN = "seen";

export class Reading {
  /** The newest `seq` that the person who has the talk had on their screen. */
  byPerson = 0;

  constructor(
    private readonly talk: Talk,
    private readonly shelf: Shelf,
  ) {}

  /** The newest `seq` of this conversation that was on a screen here. */
  get seen(): number {
    const [conversation, seq] = (this.shelf.read(SEEN) ?? "").split(" ");
    return conversation === this.talk.id ? Number(seq) : 0;
  }

  get unread(): number {
    const { seen } = this;
    return this.talk.events.filter((event) => event.seq > seen && isSpoken(event) && event.who.role !== "visitor")
      .length;
  }

  /** Everything is on the screen. Whether some of it was not before. */
  sawAll(): boolean {
    const last = this.talk.events.at(-1)?.seq ?? 0;
    if (last <= this.seen) return false;
    this.shelf.write(SEEN, `${this.talk.id} ${last}`);
    return true;
  }

  forget(): void {
    this.byPerson = 0;
    this.shelf.write(SEEN, null);
  }
}

export function isSpoken(event: Happened): boolean {
  return event.kind.endsWith("_wrote");
}
