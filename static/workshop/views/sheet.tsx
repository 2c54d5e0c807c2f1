// One article: the form on the left, on the right what visitors would see.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import { useRef, useState } from "preact/hooks";
import type { Workshop } from "../model";
import type { Sheet } from "../sheet";
import { History } from "./history";
import { Hindrance } from "./hindrance";
import { Listed } from "./listed";
import { fill, language, w } from "../words";

export function SheetView({ workshop, sheet }: { workshop: Workshop; sheet: Sheet }): JSX.Element {
  const { facts, others } = sheet;
  const scheduled = facts?.draft?.publish_at;
  return (
    <div class="sheet">
      <section class="form" aria-label={w.article}>
        <header>
          <a href={workshop.to("articles")}>‹ {w.allArticles}</a>
          <p class="soft" role="status">
            {sheet.slug} · {standing(sheet)}
          </p>
        </header>
        {others.length > 0 && <p class="notice">{fill(others.length > 1 ? w.openToo : w.opensToo, { names: others.join(w.and) })}</p>}
        {scheduled && <p class="notice">{fill(w.scheduledFor, { time: dayAndTime(scheduled, undefined, language) })}</p>}
        {sheet.problem && <p class="problem" role="alert">{sheet.problem}</p>}
        <Hindrance sheet={sheet} />
        {sheet.isOpen && (
          <>
            <Fields sheet={sheet} />
            <Relatives workshop={workshop} sheet={sheet} />
            <Publishing sheet={sheet} />
            <History sheet={sheet} />
          </>
        )}
      </section>
      <section class="preview" aria-label={w.preview}>
        <h2>{w.preview}</h2>
        {sheet.preview?.problems.length ? (
          <ul class="problems">
            {sheet.preview.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        ) : null}
        {sheet.preview?.html ? (
          <article>
            <h3>{sheet.preview.title}</h3>
            {/* Sanitised by the server, by the very renderer that the widget's articles come from. */}
            <div dangerouslySetInnerHTML={{ __html: sheet.preview.html }} />
          </article>
        ) : (
          <p class="empty">{w.previewEmpty}</p>
        )}
      </section>
    </div>
  );
}

function standing(sheet: Sheet): string {
  if (sheet.said) return sheet.said;
  if (!sheet.isOpen) return "";
  if (sheet.isPublishing) return w.publishing;
  if (sheet.isSaving || sheet.isUnsaved) return w.saving;
  if (sheet.isDrafted) return w.saved;
  return sheet.facts?.digest ? w.published : w.isNew;
}

function Fields({ sheet }: { sheet: Sheet }): JSX.Element {
  const { form, facts } = sheet;
  const isOutdated = Boolean(form.translates && facts?.original && form.translated_from !== facts.original);
  return (
    <>
      <label>
        {w.name}
        <input value={form.title} onInput={(event) => sheet.write({ title: event.currentTarget.value })} />
      </label>
      <Body sheet={sheet} />
      <label>
        {w.questions}
        <Listed of={form.questions} between={"\n"} rows={6} write={(questions) => sheet.write({ questions })} />
        <small>{w.questionsHint}</small>
      </label>
      <details>
        <summary>{w.more}</summary>
        <div class="pairs">
          <label>
            {w.language}
            <select value={form.language} onChange={(event) => sheet.write({ language: event.currentTarget.value })}>
              {Object.entries(w.languages).map(([code, name]) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            {w.translates}
            <input
              value={form.translates}
              placeholder={w.translatesHint}
              onInput={(event) => sheet.write({ translates: event.currentTarget.value.trim() })}
            />
          </label>
          <label>
            {w.owner}
            <input value={form.owner} onInput={(event) => sheet.write({ owner: event.currentTarget.value })} />
          </label>
          <label>
            {w.reviewBy}
            <input
              type="date"
              value={form.review_by ?? ""}
              onInput={(event) => sheet.write({ review_by: event.currentTarget.value || null })}
            />
          </label>
          <label>
            {w.audience}
            <input value={form.audience} onInput={(event) => sheet.write({ audience: event.currentTarget.value })} />
          </label>
          <label>
            {w.tags}
            <Listed of={form.tags} between=", " write={(tags) => sheet.write({ tags })} />
          </label>
        </div>
        {isOutdated && (
          <label class="check">
            <input
              type="checkbox"
              onChange={() => sheet.write({ translated_from: facts?.original ?? "" })}
            />{" "}
            {w.upToDate}
          </label>
        )}
      </details>
    </>
  );
}

/** The text, into which pictures and files can be pasted, dropped or chosen. */
function Body({ sheet }: { sheet: Sheet }): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  const [isOver, setIsOver] = useState(false);
  const attach = async (list: FileList | null): Promise<void> => {
    const area = field.current!;
    const files = [...(list ?? [])];
    const caret = await sheet.attach(files, area.selectionStart, area.selectionEnd);
    if (caret === null) return;
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(caret, caret);
    });
  };
  return (
    <div class="writes">
      <label>
        {w.text}
        <textarea
          ref={field}
          class={isOver ? "body is-over" : "body"}
          rows={16}
          value={sheet.form.body}
          onInput={(event) => sheet.write({ body: event.currentTarget.value })}
          onPaste={(event) => {
            if (!event.clipboardData?.files.length) return;
            event.preventDefault();
            void attach(event.clipboardData.files);
          }}
          onDragOver={(event) => {
            event.preventDefault();
            setIsOver(true);
          }}
          onDragLeave={() => setIsOver(false)}
          onDrop={(event) => {
            setIsOver(false);
            if (!event.dataTransfer?.files.length) return;
            event.preventDefault();
            void attach(event.dataTransfer.files);
          }}
        />
        <small>{w.textHint}</small>
      </label>
      <div class="acts">
        <label class="button">
          {w.attach}
          <input
            class="hidden"
            type="file"
            multiple
            accept=".png,.jpg,.jpeg,.webp,.gif,.pdf,.txt,.csv"
            onChange={(event) => {
              void attach(event.currentTarget.files);
              event.currentTarget.value = "";
            }}
          />
        </label>
        <small role="status">{sheet.attaching}</small>
      </div>
    </div>
  );
}

/** The article in other languages, one tap away. */
function Relatives({ workshop, sheet }: { workshop: Workshop; sheet: Sheet }): JSX.Element | null {
  const others = workshop.relatives(sheet.slug, sheet.form.translates);
  if (!others.length) return null;
  return (
    <nav aria-label={w.translations} class="soft">
      {w.translations}:{" "}
      {others.map((line, at) => (
        <span key={line.slug}>
          {at > 0 && ", "}
          <a href={workshop.to("articles", line.slug)}>{line.title}</a> ({w.languages[line.language]}
          {line.is_stale && `, ${w.originalChanged}`})
        </span>
      ))}
    </nav>
  );
}

function Publishing({ sheet }: { sheet: Sheet }): JSX.Element {
  return (
    <form
      class="publishing"
      onSubmit={(event) => {
        event.preventDefault();
        const at = String(new FormData(event.currentTarget).get("at") ?? "");
        const reason = String(new FormData(event.currentTarget).get("reason") ?? "");
        void sheet.publish(at || null, reason || null);
      }}
    >
      {sheet.lost && (
        <label>
          {w.reason}
          <input name="reason" required placeholder={w.reasonHint} />
        </label>
      )}
      <label>
        {w.at}
        <input name="at" type="datetime-local" />
      </label>
      <div class="acts">
        <button class="primary" disabled={sheet.isSaving || sheet.isPublishing || Boolean(sheet.conflict)}>
          {sheet.lost ? w.publishAnyway : w.publish}
        </button>
        {sheet.isDrafted && (
          <button type="button" class="plain" onClick={() => void sheet.drop()}>
            {w.throwAway}
          </button>
        )}
      </div>
    </form>
  );
}
