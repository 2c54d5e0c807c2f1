// The box where the eye rests; what will happen on send is said in words.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import { Paragraphs } from "../../shared/paragraphs";
import { type Draft, openPlaces } from "../drafts";
import type { Desk } from "../model";
import { fill, w } from "../words";
import { Picker, wanted } from "./picker";

export function Composer({ desk }: { desk: Desk }): JSX.Element {
  const { row, writing, isPreviewing } = desk;
  const { draft } = writing;
  const name = row?.name || w.theVisitor;
  const isHeldByOther = row !== undefined && row.status === "held" && !desk.isMine;
  const canSend = writing.canSend && (draft.isNote || !isHeldByOther);
  const [picking, pick] = useState<{ words: string; from: number } | null>(null);
  const write = (isNote: boolean) => {
    desk.preview(false);
    writing.write({ isNote });
  };
  const look = (box: HTMLTextAreaElement) => pick(draft.isNote ? null : wanted(box.value, box.selectionStart));
  return (
    <form
      class={`composer${draft.isNote ? " is-note" : ""}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) void writing.send();
      }}
    >
      <div class="tabs" role="group" aria-label={w.write}>
        <button type="button" class="tab" aria-pressed={!draft.isNote && !isPreviewing} onClick={() => write(false)}>
          {w.reply}
        </button>
        <button type="button" class="tab" aria-pressed={draft.isNote} onClick={() => write(true)}>
          {w.note}
        </button>
        {!draft.isNote && (
          <button type="button" class="tab" aria-pressed={isPreviewing} onClick={() => desk.preview(!isPreviewing)}>
            {w.preview}
          </button>
        )}
        {!draft.isNote && !isPreviewing && (
          <button
            type="button"
            class="tab insert"
            title={w.insert}
            aria-label={w.insert}
            aria-expanded={Boolean(picking)}
            onClick={() => {
              const box = document.querySelector<HTMLTextAreaElement>("#words")!;
              pick(picking ? null : { words: "", from: box.selectionStart });
              box.focus();
            }}
          >
            <Icon name="insert" />
          </button>
        )}
      </div>
      {isPreviewing && !draft.isNote ? (
        <Preview desk={desk} text={draft.text} />
      ) : (
        <div class="box">
          {picking && <Picker desk={desk} words={picking.words} from={picking.from} close={() => pick(null)} />}
          <textarea
            id="words"
            rows={3}
            maxLength={8000}
            aria-label={draft.isNote ? w.noteForAgents : fill(w.replyTo, { name })}
            aria-controls={picking ? "picked" : undefined}
            aria-autocomplete="list"
            placeholder={draft.isNote ? w.colleaguesKnow : fill(w.writeHint, { name })}
            value={draft.text}
            onInput={(event) => {
              writing.write({ text: event.currentTarget.value });
              look(event.currentTarget);
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !canSend) return;
              event.preventDefault();
              void writing.send();
            }}
          />
        </div>
      )}
      {!draft.isNote && <GoesAlong desk={desk} draft={draft} />}
      <div class="sends">
        <p class="soft">{says(desk, draft, name, isHeldByOther)}</p>
        {!draft.isNote && row?.ticket && row.status !== "resolved" && !draft.acts?.then && (
          <button
            type="button"
            disabled={!canSend}
            onClick={() => void writing.send({ then: "wait", wait_reason: w.askedVisitor })}
          >
            {fill(w.replyAndWait, { name })}
          </button>
        )}
        <button class="primary" disabled={!canSend}>
          {draft.isNote ? w.addNote : w.reply}
        </button>
      </div>
    </form>
  );
}

/** What will happen on send. */
function says(desk: Desk, { isNote, text }: Draft, name: string, isHeldByOther: boolean): string {
  const { row, preferences } = desk;
  const seconds = preferences.undo;
  const places = openPlaces(text);
  if (isNote) return w.onlyAgents;
  if (row && isHeldByOther) return fill(w.heldByOther, { name: desk.nameOf(row) });
  if (places.length) return fill(w.fillIn, { places: places.join(", ") });
  if (row?.status === "resolved" && row.ticket) return fill(w.goesAndReopens, { name });
  const claims = !desk.isMine && row?.status !== "resolved";
  if (claims) return fill(seconds ? w.goesAfterAndClaims : w.goesAndClaims, { name, seconds });
  return fill(seconds ? w.goesAfter : w.goes, { name, seconds });
}

/** What a canned reply does beside its words, each part to be left out. */
function GoesAlong({ desk, draft }: { desk: Desk; draft: Draft }): JSX.Element | null {
  const { acts, article } = draft;
  const parts: [string, () => void][] = [];
  const change = (next: Draft["acts"]) => desk.writing.write({ acts: next && Object.values(next).some(hasSome) ? next : undefined });
  if (article) parts.push([fill(w.withArticle, { title: article.title }), () => desk.writing.write({ article: undefined })]);
  if (acts?.level) {
    const name = desk.opened?.levels.find(({ key }) => key === acts.level)?.name ?? acts.level;
    parts.push([fill(w.doesSeverity, { level: name }), () => change({ ...acts, level: null, reason: "" })]);
  }
  for (const tag of acts?.tags ?? [])
    parts.push([fill(w.doesTag, { tag }), () => change({ ...acts, tags: acts?.tags?.filter((other) => other !== tag) ?? [] })]);
  if (acts?.then)
    parts.push([acts.then === "wait" ? w.doesWait : w.doesResolve, () => change({ ...acts, then: "", wait_reason: "", code: "" })]);
  if (!parts.length) return null;
  return (
    <ul class="along" aria-label={w.does}>
      {parts.map(([words, drop]) => (
        <li key={words} class="chip">
          {words}
          <button type="button" class="plain" aria-label={`${w.drop}: ${words}`} onClick={drop}>
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}

const hasSome = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** The reply through the server's own sanitiser, as the visitor will see it. */
function Preview({ desk, text }: { desk: Desk; text: string }): JSX.Element {
  const [html, show] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    let isOver = false;
    void desk.live.ask<{ html: string | null }>("preview", { text }).then((answer) => {
      if (!isOver) show(answer.ok ? answer.html : null);
    });
    return () => void (isOver = true);
  }, [text]);
  return (
    <div class="previewed" aria-live="polite" tabIndex={0} role="region" aria-label={w.preview}>
      {!text.trim() ? (
        <p class="soft">{w.nothingToPreview}</p>
      ) : html ? (
        <div class="text prose" dangerouslySetInnerHTML={{ __html: html }} />
      ) : (
        html === null && (
          <>
            <Paragraphs text={text} />
            <p class="soft">{w.plainPreview}</p>
          </>
        )
      )}
    </div>
  );
}
