// An import on its way: looked through first, brought in after; the files stay with the page, so the server keeps nothing.
import { type Arrivals, send } from "./api";

export class Moving {
  /** From 0 to 1 while files are sent; null: nothing is on its way. */
  sent: number | null = null;
  seen: Arrivals | null = null;
  isBrought = false;
  problem: string | null = null;
  private files: File[] = [];

  constructor(
    readonly workspace: string,
    private readonly changed: () => void,
  ) {}

  async choose(files: File[]): Promise<void> {
    if (!files.length) return;
    this.files = files;
    this.isBrought = false;
    this.seen = null;
    await this.send(false);
  }

  async bring(): Promise<void> {
    await this.send(true);
    this.isBrought = this.problem === null;
    this.changed();
  }

  private async send(bring: boolean): Promise<void> {
    const form = new FormData();
    for (const file of this.files) form.append(file.webkitRelativePath || file.name, file);
    this.problem = null;
    this.progress(0);
    const answer = await send<Arrivals>(this.workspace, `/import${bring ? "?bring=yes" : ""}`, form, (share) => this.progress(share));
    this.sent = null;
    if (answer.ok) this.seen = answer;
    else this.problem = answer.error.message;
    this.changed();
  }

  private progress(share: number): void {
    this.sent = share;
    this.changed();
  }
}
