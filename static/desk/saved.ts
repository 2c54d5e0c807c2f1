// The views that this agent named: kept on the server, the same at all their desks.
import type { Answer, SavedView } from "../shared/wire";
import type { Order, ViewName } from "./inbox";
import type { Live } from "./live";

/** What a list shows. */
export interface Showing {
  view: ViewName;
  words: string;
  order: Order;
}

export class Saved {
  views: SavedView[] = [];
  problem: string | null = null;

  constructor(
    private readonly live: Pick<Live, "ask">,
    private readonly changed: () => void,
  ) {}

  heard(views: SavedView[]): void {
    this.views = views;
    this.changed();
  }

  /** The saved view that shows exactly this; a search looks through everything, whatever the view. */
  like({ view, words, order }: Showing): SavedView | undefined {
    return this.views.find(
      (one) => one.words === words.trim() && one.order === order && (one.words !== "" || one.view === view),
    );
  }

  add(name: string, { view, words, order }: Showing): Promise<boolean> {
    return this.save({ id: crypto.randomUUID(), name, view, words: words.trim(), order });
  }

  rename(view: SavedView, name: string): Promise<boolean> {
    return this.save({ ...view, name });
  }

  save(view: SavedView): Promise<boolean> {
    return this.take(this.live.ask("save_view", view));
  }

  drop({ id }: SavedView): Promise<boolean> {
    return this.take(this.live.ask("drop_view", { id }));
  }

  private async take(asking: Promise<Answer<{ saved_views: SavedView[] }>>): Promise<boolean> {
    const answer = await asking;
    this.problem = answer.ok ? null : answer.error.message;
    this.heard(answer.ok ? answer.saved_views : this.views);
    return answer.ok;
  }
}
