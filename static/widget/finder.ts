// Search as you type: articles for what stands in the question box, asked for once the fingers rest.

export interface Snippet {
  slug: string;
  title: string;
  snippet: string;
}

const AFTER = 220;
const SHORTEST = 3;
const MOST = 3;

export class Finder {
  found: Snippet[] = [];

  private text = "";
  private timer = 0;

  /** `ask` answers null where there is no line. */
  constructor(
    private readonly ask: (text: string) => Promise<Snippet[] | null>,
    private readonly changed: () => void,
  ) {}

  /** The box holds these words now. */
  type(text: string): void {
    clearTimeout(this.timer);
    this.text = text;
    if (text.trim().length < SHORTEST) this.found = [];
    else this.timer = window.setTimeout(() => void this.find(text), AFTER);
  }

  clear(): void {
    this.type("");
  }

  private async find(text: string): Promise<void> {
    const found = await this.ask(text);
    // Somebody who typed on meanwhile gets what fits their newer words.
    if (!found || this.text !== text) return;
    this.found = found.slice(0, MOST);
    this.changed();
  }
}
