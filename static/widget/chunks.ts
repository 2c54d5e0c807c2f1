// Parts of the code that few talks need, each fetched once it is: cards, files, and what is under "More".
import type { Files } from "./files";
import type { Model } from "./model";

export class Chunks {
  /** Draws everything but articles. */
  cards: typeof import("./cards") | null = null;
  /** Transcript and erasure. */
  more: typeof import("./more") | null = null;
  /** Draws files and takes them in. */
  files: Files | null = null;

  private readonly coming = new Map<string, Promise<void>>();

  constructor(
    private readonly model: Model,
    private readonly arrived: () => void,
  ) {}

  needCards(): Promise<void> {
    return this.need("cards", async () => {
      this.cards = await import("./cards");
    });
  }

  needMore(): Promise<void> {
    return this.need("more", async () => {
      this.more = await import("./more");
    });
  }

  needFiles(): Promise<void> {
    return this.need("files", async () => {
      const { Files } = await import("./files");
      this.files = new Files(this.model, this.arrived);
    });
  }

  /** Resolves also where it could not be fetched; that is tried again with the next need, not by itself. */
  private async need(name: "cards" | "more" | "files", fetch: () => Promise<void>): Promise<void> {
    if (this[name]) return;
    const coming = this.coming.get(name) ?? fetch().then(this.arrived, () => undefined);
    this.coming.set(name, coming);
    await coming;
    this.coming.delete(name);
  }
}
