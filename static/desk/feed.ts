// What a desk knows and what it missed: facts in order of position, gaps and races filled by asking, nothing applied twice.

export type Positions = Record<string, number>;

/** A pushed fact: everything of one turn, from its first event's position to its last one's. */
export interface Pushed<Row, Event> {
  workspace: string;
  position: number;
  from: number;
  row: Row;
  events: Event[];
}
export interface Tail<Row, Event> {
  rows: Row[];
  events: Event[];
  positions: Positions;
  more?: boolean;
}

export class Feed<Row, Event> {
  /** As of which position everything was applied; null before the first snapshot. */
  private at: Positions | null = null;
  /** The newest position that anybody has mentioned. */
  private heard: Positions = {};
  private catching: Promise<void> | null = null;

  /** `fetch` answers what came after positions, null while the line is down. */
  constructor(
    private readonly fetch: (after: Positions) => Promise<Tail<Row, Event> | null>,
    private readonly apply: (rows: Row[], events: Event[]) => void,
  ) {}

  get hasBegun(): boolean {
    return this.at !== null;
  }

  /** A snapshot replaces what is known; what was pushed while it was on its way is fetched again. */
  begin(positions: Positions): Promise<void> {
    this.at = { ...positions };
    return this.mention({});
  }

  pushed({ workspace, position, from, row, events }: Pushed<Row, Event>): void {
    const known = this.at?.[workspace] ?? 0;
    if (this.at && position <= known) return;
    if (this.at && !this.catching && from <= known + 1) {
      this.at[workspace] = position;
      this.apply([row], events);
    }
    void this.mention({ [workspace]: position });
  }

  /** Somebody says how far the workspaces are; whoever is behind asks. */
  mention(positions: Positions): Promise<void> {
    for (const [name, position] of Object.entries(positions)) {
      this.heard[name] = Math.max(this.heard[name] ?? 0, position);
    }
    return this.isBehind ? this.catchUp() : (this.catching ?? Promise.resolve());
  }

  catchUp(): Promise<void> {
    this.catching ??= this.fetchTail().finally(() => {
      this.catching = null;
    });
    return this.catching;
  }

  private get isBehind(): boolean {
    const { at } = this;
    return at !== null && Object.entries(this.heard).some(([name, position]) => position > (at[name] ?? position));
  }

  private async fetchTail(): Promise<void> {
    let goesOn = this.at !== null;
    while (goesOn) {
      const after = { ...this.at };
      const tail = await this.fetch(after);
      if (!tail) return;
      this.at = { ...this.at, ...tail.positions };
      this.apply(tail.rows, tail.events);
      const moved = Object.entries(tail.positions).some(([name, position]) => position > (after[name] ?? 0));
      goesOn = moved && (Boolean(tail.more) || this.isBehind);
    }
  }
}
