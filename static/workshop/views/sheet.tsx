// One article: the form on the left, on the right what visitors would see.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Workshop } from "../model";
import type { Sheet } from "../sheet";
import { History } from "./history";
import { LANGUAGES } from "./list";
import { Hindrance } from "./hindrance";

export function SheetView({ workshop, sheet }: { workshop: Workshop; sheet: Sheet }): JSX.Element {
  const { facts, others } = sheet;
  const scheduled = facts?.draft?.publish_at;
  return (
    <div class="sheet">
      <section class="form" aria-label="Article">
        <header>
          <a href={workshop.to("articles")}>‹ All articles</a>
          <p class="soft" role="status">
            {sheet.slug} · {standing(sheet)}
          </p>
        </header>
        {others.length > 0 && <p class="notice">{others.join(" and ")} {others.length > 1 ? "have" : "has"} this article open too.</p>}
        {scheduled && <p class="notice">To be published {dayAndTime(scheduled)} your time. A change takes it off the schedule.</p>}
        {sheet.problem && <p class="problem" role="alert">{sheet.problem}</p>}
        <Hindrance sheet={sheet} />
        <Fields sheet={sheet} />
        <Publishing sheet={sheet} />
        <History sheet={sheet} />
      </section>
      <section class="preview" aria-label="As visitors see it">
        <h2>As visitors see it</h2>
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
          <p class="empty">Write a title and some words, and they appear here.</p>
        )}
      </section>
    </div>
  );
}

function standing(sheet: Sheet): string {
  if (sheet.said) return sheet.said;
  if (sheet.isSaving || sheet.isUnsaved) return "saving the draft…";
  if (sheet.isDrafted) return "draft saved; visitors still see the published text";
  return sheet.facts?.digest ? "published" : "new";
}

const lines = (text: string) => text.split("\n").map((line) => line.trim()).filter(Boolean);

function Fields({ sheet }: { sheet: Sheet }): JSX.Element {
  const { form, facts } = sheet;
  const isOutdated = Boolean(form.translates && facts?.original && form.translated_from !== facts.original);
  return (
    <>
      <label>
        Title
        <input value={form.title} onInput={(event) => sheet.write({ title: event.currentTarget.value })} />
      </label>
      <label>
        Text
        <textarea
          class="body"
          rows={16}
          value={form.body}
          onInput={(event) => sheet.write({ body: event.currentTarget.value })}
        />
        <small>Markdown. Each passage under a ## heading is one answer.</small>
      </label>
      <label>
        Questions it answers
        <textarea
          rows={6}
          value={form.questions.join("\n")}
          onChange={(event) => sheet.write({ questions: lines(event.currentTarget.value) })}
        />
        <small>One a line, as visitors type them. Each must find this article before it can be published.</small>
      </label>
      <details>
        <summary>Language, owner, review date, tags</summary>
        <div class="pairs">
          <label>
            Language
            <select value={form.language} onChange={(event) => sheet.write({ language: event.currentTarget.value })}>
              {Object.entries(LANGUAGES).map(([code, name]) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            Translation of
            <input
              value={form.translates}
              placeholder="name of the original"
              onChange={(event) => sheet.write({ translates: event.currentTarget.value.trim() })}
            />
          </label>
          <label>
            Owner
            <input value={form.owner} onInput={(event) => sheet.write({ owner: event.currentTarget.value })} />
          </label>
          <label>
            Review by
            <input
              type="date"
              value={form.review_by ?? ""}
              onChange={(event) => sheet.write({ review_by: event.currentTarget.value || null })}
            />
          </label>
          <label>
            Audience
            <input value={form.audience} onInput={(event) => sheet.write({ audience: event.currentTarget.value })} />
          </label>
          <label>
            Tags, with commas
            <input
              value={form.tags.join(", ")}
              onChange={(event) => sheet.write({ tags: lines(event.currentTarget.value.replaceAll(",", "\n")) })}
            />
          </label>
        </div>
        {isOutdated && (
          <label class="check">
            <input
              type="checkbox"
              onChange={() => sheet.write({ translated_from: facts?.original ?? "" })}
            />{" "}
            It says what the original says now
          </label>
        )}
      </details>
    </>
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
          Reason to publish all the same
          <input name="reason" required placeholder="It is kept in the history" />
        </label>
      )}
      <label>
        At (now, if left empty)
        <input name="at" type="datetime-local" />
      </label>
      <div class="acts">
        <button class="primary" disabled={sheet.isSaving || Boolean(sheet.conflict)}>
          {sheet.lost ? "Publish all the same" : "Publish"}
        </button>
        {sheet.isDrafted && (
          <button type="button" class="plain" onClick={() => void sheet.drop()}>
            Throw the draft away
          </button>
        )}
      </div>
    </form>
  );
}
