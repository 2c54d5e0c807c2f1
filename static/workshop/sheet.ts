// One article on the table: the form, its draft on the server, and what stands in the way of publishing it.
import type { ErrorWords } from "../shared/wire";
import { ask, type Change, type Enclosure, type Form, type Lost, type Preview, send, type SheetFacts, type Version } from "./api";
import { fill, w } from "./words";

export interface Conflict {
  where: string;
  theirs: string | null;
}
const EMPTY: Form = {
  title: "",
  body: "",
  questions: [],
  tags: [],
  audience: "",
  language: "en",
  review_by: null,
  translates: "",
  translated_from: "",
  owner: "",
};
const PAUSE_BEFORE_SAVING = 1_000;
const PAUSE_BEFORE_PREVIEW = 250;

export class Sheet {
  form: Form;
  facts: SheetFacts | null = null;
  preview: Preview | null = null;
  others: string[] = [];
  /** Until the server has said what there is, nothing can be written over it. */
  isOpen = false;
  isUnsaved = false;
  isSaving = false;
  isPublishing = false;
  problem: string | null = null;
  conflict: Conflict | null = null;
  lost: { lost: Lost[]; visitors: number } | null = null;
  versions: Version[] | null = null;
  shownVersion: { version: Version; changes: Change[]; text: string } | null = null;
  said: string | null = null;
  /** What happens to the file that was added last. */
  attaching: string | null = null;

  private saving?: ReturnType<typeof setTimeout>;
  private previewing?: ReturnType<typeof setTimeout>;
  private heartbeat?: ReturnType<typeof setInterval>;
  private looked?: AbortController;
  private revision = 0;
  private base: string | null = null;

  constructor(
    readonly workspace: string,
    readonly slug: string,
    private readonly changed: () => void,
    form: Partial<Form> = {},
  ) {
    this.form = { ...EMPTY, ...form };
  }

  get isDrafted(): boolean {
    return this.revision > 0;
  }

  async open(): Promise<void> {
    const answer = await this.ask<SheetFacts>("");
    if (answer.ok) this.take(answer);
    else if (answer.error.code !== "not_found") this.problem = answer.error.message;
    this.isOpen = answer.ok || answer.error.code === "not_found";
    this.changed();
    this.heartbeat = setInterval(() => void this.beat(), 20_000);
    void this.beat();
    await this.look();
  }

  close(): void {
    clearInterval(this.heartbeat);
    clearTimeout(this.saving);
    if (this.isUnsaved) void this.save();
  }

  write(change: Partial<Form>): void {
    this.form = { ...this.form, ...change };
    this.isUnsaved = true;
    this.lost = null;
    this.said = null;
    this.saveLater();
    clearTimeout(this.previewing);
    this.previewing = setTimeout(() => void this.look(), PAUSE_BEFORE_PREVIEW);
    this.changed();
  }

  /** Keeps the draft; false where it could not be kept. */
  async save(): Promise<boolean> {
    clearTimeout(this.saving);
    if (this.isSaving) return false;
    const { form } = this;
    this.isSaving = true;
    const answer = await this.ask<{ draft: { revision: number } }>("/draft", "PUT", {
      form,
      base: this.base,
      revision: this.revision,
    });
    this.isSaving = false;
    if (answer.ok) {
      this.revision = answer.draft.revision;
      this.isUnsaved = form !== this.form;
      this.problem = this.said = null;
      if (this.isUnsaved) this.saveLater();
    } else this.refused(answer.error);
    this.changed();
    return answer.ok;
  }

  /** While a publication is on its way its draft stays as it was sent; what is typed meanwhile is the next one. */
  private saveLater(): void {
    clearTimeout(this.saving);
    if (!this.isPublishing) this.saving = setTimeout(() => void this.save(), PAUSE_BEFORE_SAVING);
  }

  async drop(): Promise<void> {
    clearTimeout(this.saving);
    this.isUnsaved = false;
    if (this.revision) await this.ask("/draft", "DELETE", { revision: this.revision });
    this.revision = 0;
    await this.reload();
  }

  /** Puts files where the text is marked: a picture waits for the words that say what it shows. Returns the caret. */
  async attach(files: File[], from: number, to: number): Promise<number | null> {
    let caret: number | null = null;
    for (const file of files) {
      this.attaching = fill(w.attaching, { name: file.name });
      this.changed();
      const answer = await send<{ file: Enclosure }>(this.workspace, `/files?name=${encodeURIComponent(file.name)}`, file, () => {});
      if (!answer.ok) {
        this.attaching = null;
        this.problem = `${file.name}: ${answer.error.message}`;
        break;
      }
      const { path, is_picture: isPicture } = answer.file;
      const written = isPicture ? `![](${path})` : `[${file.name}](${path})`;
      const { body } = this.form;
      this.write({ body: body.slice(0, from) + written + body.slice(to) });
      caret = from + (isPicture ? 2 : written.length);
      from = to = from + written.length;
      this.problem = null;
      this.attaching = fill(w.attached, { name: file.name });
    }
    this.changed();
    return caret;
  }

  /** Now, or at a time; with a reason also where questions are lost. */
  async publish(at: string | null, reason: string | null): Promise<void> {
    const { form } = this;
    if ((this.isUnsaved || !this.revision) && !(await this.save())) return;
    clearTimeout(this.saving);
    this.isPublishing = true;
    this.changed();
    const answer = await this.ask<{ digest: string | null }>("/publish", "POST", {
      revision: this.revision,
      ...(at && { at: new Date(at).toISOString() }),
      ...(reason && { reason }),
    });
    this.isPublishing = false;
    if (answer.ok) {
      this.lost = null;
      await this.reload(form);
      this.said = answer.digest ? w.saidPublished : w.saidScheduled;
    } else this.refused(answer.error);
    if (this.isUnsaved) this.saveLater();
    this.changed();
  }

  /** After a conflict: this text over theirs, or theirs instead of this one. */
  async settle(keepMine: boolean): Promise<void> {
    this.conflict = null;
    await this.reload(keepMine ? null : this.form);
    if (keepMine) {
      this.base = this.facts?.digest ?? null;
      await this.save();
    }
    await this.look();
  }

  async showVersions(): Promise<void> {
    const answer = await this.ask<{ versions: Version[] }>("/versions");
    if (answer.ok) this.versions = answer.versions;
    else this.problem = answer.error.message;
    this.changed();
  }

  async showVersion(number: number): Promise<void> {
    const answer = await this.ask<{ version: Version; changes: Change[]; text: string }>(`/versions/${number}`);
    if (answer.ok) this.shownVersion = answer;
    else this.problem = answer.error.message;
    this.changed();
  }

  /** An earlier text becomes the draft; publishing it is a step of its own. */
  async restore(text: string): Promise<void> {
    const answer = await this.ask<object>("/draft", "PUT", { text, base: this.base, revision: this.revision });
    if (!answer.ok) return this.refused(answer.error);
    this.shownVersion = null;
    await this.reload();
    this.said = w.saidRestored;
    await this.look();
  }

  private refused(error: ErrorWords): void {
    if (error.code === "conflict") {
      const { where, theirs } = error.fields as unknown as { where: string; theirs: string | null };
      this.conflict = { where, theirs };
    } else if (error.code === "loses_questions") {
      this.lost = error.fields as unknown as { lost: Lost[]; visitors: number };
    } else this.problem = error.message;
    this.changed();
  }

  /** As the server has it now; words that were typed after the `known` form are nobody's to take away. */
  private async reload(known: Form | null = this.form): Promise<void> {
    const answer = await this.ask<SheetFacts>("");
    if (answer.ok) this.take(answer, this.form !== known);
    this.changed();
  }

  private take(facts: SheetFacts, goesOn = false): void {
    this.facts = facts;
    if (!goesOn) this.form = facts.form;
    this.others = facts.editing;
    this.revision = facts.draft?.revision ?? 0;
    this.base = facts.draft ? facts.draft.base : facts.digest;
    this.isUnsaved = goesOn;
    this.problem = facts.problem ?? (facts.draft?.failed ? fill(w.notAsScheduled, { why: facts.draft.failed }) : null);
  }

  private async look(): Promise<void> {
    this.looked?.abort();
    this.looked = new AbortController();
    const { signal } = this.looked;
    const answer = await this.ask<Preview>("/preview", "POST", { form: this.form }, signal);
    if (!signal.aborted && answer.ok) this.preview = answer;
    this.changed();
  }

  private async beat(): Promise<void> {
    const answer = await this.ask<{ others: string[] }>("/editing", "POST");
    if (answer.ok && String(answer.others) !== String(this.others)) {
      this.others = answer.others;
      this.changed();
    }
  }

  private ask<T>(path: string, method?: string, body?: object, signal?: AbortSignal) {
    return ask<T>(this.workspace, `/articles/${encodeURIComponent(this.slug)}${path}`, method, body, signal);
  }
}
