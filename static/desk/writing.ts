// What this agent writes: drafts, replies that are held for a moment so that they can be undone, and those on their way.
import type { Answer, Attachment, DeskEvent } from "../shared/wire";
import { type Acts, type Draft, Drafts, EMPTY, openPlaces } from "./drafts";
import type { Desk } from "./model";
import { w } from "./words";

/** A reply that is held or on its way, or one the server would not take, with why. */
export interface Sending extends Draft {
  client_id: string;
  conversation: string;
  /** Runs until the reply goes; while it does, it can be undone. */
  timer?: ReturnType<typeof setTimeout> | undefined;
  failed?: string;
  /** The visitor wrote meanwhile: shown before it is sent after all. */
  newer?: DeskEvent[];
}

const TYPING_EVERY = 3_000;

export class Writing {
  sending: Sending[] = [];
  private drafts = new Drafts("slabot.drafts");
  private typedAt = 0;

  constructor(private readonly desk: Desk) {}

  /** The drafts of this agent: two who share a browser do not see each other's. */
  begin(agent: string): void {
    this.drafts = new Drafts(`slabot.drafts.${agent}`);
  }

  get draft(): Draft {
    const { selected } = this.desk;
    return selected ? this.drafts.of(selected) : EMPTY;
  }

  write(change: Partial<Draft>): void {
    const { selected, opened, live } = this.desk;
    if (!selected) return;
    const seen = change.text === undefined ? this.draft.seen : (opened?.head ?? 0);
    this.drafts.put(selected, { ...this.draft, client_id: undefined, ...change, seen });
    if (change.text && Date.now() - this.typedAt > TYPING_EVERY) {
      this.typedAt = Date.now();
      void live.ask("typing", { conversation: selected, on: true, note: this.draft.isNote });
    }
    this.desk.changed();
  }

  /** Whether what stands in the box can go. */
  get canSend(): boolean {
    const { text, acts, isNote } = this.draft;
    return Boolean(text.trim() || (acts && !isNote)) && (isNote || !openPlaces(text).length);
  }

  /** Sends the draft as a reply or note, a reply after the moment in which it can be undone. */
  async send(more?: Acts): Promise<void> {
    const { draft, desk } = this;
    const conversation = desk.selected;
    if (!conversation || !this.canSend) return;
    const acts = more ? { ...draft.acts, ...more } : draft.acts;
    const client_id = crypto.randomUUID();
    const sending: Sending = { ...draft, text: draft.text.trim(), acts, client_id, conversation };
    this.drafts.sends(conversation, { ...draft, acts, client_id });
    this.sending = [...this.sending, sending];
    desk.isPreviewing = false;
    const { undo } = desk.preferences;
    if (draft.isNote || !undo) return this.deliver(sending);
    sending.timer = setTimeout(() => void this.deliver(sending), undo * 1000);
    desk.changed();
  }

  async deliver(sending: Sending, anyway = false): Promise<void> {
    clearTimeout(sending.timer);
    delete sending.timer;
    delete sending.failed;
    delete sending.newer;
    const { desk } = this;
    desk.changed();
    const { conversation, client_id, text, isNote, acts, article, seen } = sending;
    const words = { conversation, client_id, ...(text && { text }) };
    const reply = { ...words, seen_seq: seen, ...(anyway && { anyway }), ...(article && { article: article.slug }) };
    const [command, body] = isNote ? ["note", words] : acts ? ["handle", { ...reply, ...acts }] : ["reply", reply];
    const answer = await desk.live.ask<object>(command as string, body as object);
    if (answer.ok) {
      this.drafts.arrived(conversation);
      this.sending = this.sending.filter((other) => other !== sending);
    } else if (answer.error.code === "newer_message") {
      await desk.reload();
      const timeline = desk.opened?.timeline ?? [];
      sending.newer = timeline.filter((event) => event.kind === "visitor_wrote" && event.seq > seen);
    } else sending.failed = answer.error.message;
    desk.changed();
  }

  /** Files as a reply of their own; they were on the agent's machine, so nothing is lost when this fails. */
  async sendFiles(chosen: File[]): Promise<void> {
    const { desk } = this;
    const { row, opened } = desk;
    if (!row || !chosen.length) return;
    const { conversation, workspace } = row;
    const seen_seq = opened?.head ?? 0;
    desk.complain(null);
    const files: string[] = [];
    for (const file of chosen) {
      const where = `/api/workspaces/${workspace}/conversations/${conversation}/files?name=${encodeURIComponent(file.name)}`;
      const answer = await fetch(where, { method: "POST", body: file })
        .then((response) => response.json() as Promise<Answer<{ file: Attachment }>>)
        .catch(() => null);
      if (answer?.ok) files.push(answer.file.id);
      else desk.complain(`${file.name}: ${answer?.error.message ?? w.notTransferred}`);
    }
    if (!files.length) return;
    await this.flush(conversation);
    const reply = { conversation, client_id: crypto.randomUUID(), seen_seq, files };
    const sent = await desk.live.ask<object>("reply", reply);
    if (!sent.ok) desk.complain(sent.error.message);
  }

  /** What is held in this conversation goes now: another act must not overtake it. */
  async flush(conversation: string): Promise<void> {
    for (const sending of this.sending) {
      if (sending.conversation === conversation && sending.timer !== undefined) await this.deliver(sending);
    }
  }

  /** Takes a reply that was not sent back into the box, before anything that was written since. */
  takeBack(sending: Sending): void {
    clearTimeout(sending.timer);
    const { conversation, text, isNote, acts, article } = sending;
    this.sending = this.sending.filter((other) => other !== sending);
    this.drafts.arrived(conversation);
    const since = this.drafts.of(conversation).text;
    const whole = since.trim() ? `${text}\n\n${since}` : text;
    this.drafts.put(conversation, { text: whole, isNote, acts, article, seen: this.desk.opened?.head ?? 0 });
    this.desk.changed();
  }

  /** The server has these: neither on their way nor drafts any more. */
  arrived(events: DeskEvent[]): void {
    const ids = new Set(events.map((event) => event.client_id ?? event.data?.client_id));
    this.sending = this.sending.filter((sending) => !ids.has(sending.client_id));
    const { selected } = this.desk;
    const { client_id } = this.draft;
    if (selected && client_id && ids.has(client_id)) this.drafts.put(selected, EMPTY);
  }

  forget(): void {
    this.drafts.forget();
  }
}
