// The box where the eye rests; what will happen on send is said in words.
import type { JSX } from "preact";
import type { Desk } from "../model";

export function Composer({ desk }: { desk: Desk }): JSX.Element {
  const { draft, row, isMine } = desk;
  const name = row?.name || "the visitor";
  const isHeldByOther = row !== undefined && row.status === "held" && !isMine;
  const says = draft.isNote
    ? "A note: only agents see it."
    : isHeldByOther
      ? `${desk.nameOf(row)} holds this conversation. Write a note, or claim it first.`
      : row?.status === "resolved"
        ? `Goes to ${name} at once${row.ticket ? " and reopens the ticket" : ""}.`
        : isMine
          ? `Goes to ${name} at once.`
          : `Goes to ${name} at once and claims the conversation; the bot falls silent.`;
  const canSend = draft.text.trim() && (draft.isNote || !isHeldByOther);
  return (
    <form
      class={`composer${draft.isNote ? " is-note" : ""}`}
      onSubmit={(event) => {
        event.preventDefault();
        void desk.send();
      }}
    >
      <div class="tabs" role="group" aria-label="Write">
        <button type="button" class="tab" aria-pressed={!draft.isNote} onClick={() => desk.write({ isNote: false })}>
          Reply
        </button>
        <button type="button" class="tab" aria-pressed={draft.isNote} onClick={() => desk.write({ isNote: true })}>
          Note
        </button>
      </div>
      <textarea
        id="words"
        rows={3}
        maxLength={8000}
        aria-label={draft.isNote ? "Note for agents" : `Reply to ${name}`}
        placeholder={draft.isNote ? "What colleagues should know" : `Write to ${name}`}
        value={draft.text}
        onInput={(event) => desk.write({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !canSend) return;
          event.preventDefault();
          void desk.send();
        }}
      />
      <div class="sends">
        <p class="soft">{says}</p>
        {!draft.isNote && row?.ticket && row.status !== "resolved" && (
          <button type="button" disabled={!canSend} onClick={() => void desk.send(true)}>
            Reply and wait for {name}
          </button>
        )}
        <button class="primary" disabled={!canSend}>
          {draft.isNote ? "Add note" : "Reply"}
        </button>
      </div>
    </form>
  );
}
