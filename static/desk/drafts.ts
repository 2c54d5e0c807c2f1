// What stands in the boxes, kept in this browser: a closed tab loses no words, and a reply that was held is a draft again.

/** What a canned reply does beside its words. */
export interface Acts {
  level?: string | null;
  reason?: string;
  tags?: string[];
  then?: "" | "wait" | "resolve";
  wait_reason?: string;
  follow_up?: string | null;
  code?: string;
}
export interface Draft {
  text: string;
  isNote: boolean;
  /** The newest `seq` that was on the screen when these words were last changed. */
  seen: number;
  acts?: Acts | undefined;
  /** An article that the visitor may open beside the reply. */
  article?: { slug: string; title: string } | undefined;
  /** Of a reply that was on its way when the page closed: found in the timeline, it is no draft any more. */
  client_id?: string | undefined;
}

export const EMPTY: Draft = { text: "", isNote: false, seen: 0 };

/** Places of a canned reply that nothing filled: `{visitor_name}`. */
export function openPlaces(text: string): string[] {
  return [...new Set(text.match(/\{(visitor_name|ticket|severity|due|agent_name|workspace)(\|[^{}]*)?\}/g) ?? [])];
}

export function isEmpty({ text, acts, article }: Draft): boolean {
  return !text.trim() && !acts && !article;
}

type Kept = Record<string, Draft>;

export class Drafts {
  /** By conversation. */
  private readonly boxes: Map<string, Draft>;
  /** Replies on their way, by conversation. */
  private readonly away = new Map<string, Draft>();

  constructor(private readonly place: string) {
    this.boxes = new Map(Object.entries(read(place)));
  }

  of(conversation: string): Draft {
    return this.boxes.get(conversation) ?? EMPTY;
  }

  put(conversation: string, draft: Draft): void {
    if (isEmpty(draft) && !draft.isNote) this.boxes.delete(conversation);
    else this.boxes.set(conversation, draft);
    this.keep();
  }

  /** Out of the box, and still a draft should the page close before the reply arrived. */
  sends(conversation: string, draft: Draft): void {
    this.boxes.delete(conversation);
    this.away.set(conversation, draft);
    this.keep();
  }

  arrived(conversation: string): void {
    if (this.away.delete(conversation)) this.keep();
  }

  forget(): void {
    this.boxes.clear();
    this.away.clear();
    this.keep();
  }

  private keep(): void {
    try {
      const kept: Kept = { ...Object.fromEntries(this.away), ...Object.fromEntries(this.boxes) };
      if (Object.keys(kept).length) localStorage.setItem(this.place, JSON.stringify(kept));
      else localStorage.removeItem(this.place);
    } catch {
      // A browser that keeps nothing: the words are in the page until it is closed.
    }
  }
}

function read(place: string): Kept {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "{}") as Kept;
  } catch {
    return {};
  }
}
