// The list of articles: what each is called, how it stands, and how it did.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Line } from "../api";
import { STATES, type StateFilter, type Workshop } from "../model";

export const LANGUAGES: Record<string, string> = { en: "English", de: "German", es: "Spanish", fr: "French" };

export function List({ workshop }: { workshop: Workshop }): JSX.Element {
  const { lines, shown } = workshop;
  return (
    <section class="list" aria-label="Articles">
      <div class="tools">
        <input
          type="search"
          placeholder="Find by title, tag or owner"
          aria-label="Find articles"
          value={workshop.query}
          onInput={(event) => workshop.filter({ query: event.currentTarget.value })}
        />
        <select
          aria-label="State"
          value={workshop.state}
          onChange={(event) => workshop.filter({ state: event.currentTarget.value as StateFilter })}
        >
          {Object.entries(STATES).map(([state, name]) => (
            <option key={state} value={state}>
              {name}
            </option>
          ))}
        </select>
        <select
          aria-label="Language"
          value={workshop.language}
          onChange={(event) => workshop.filter({ language: event.currentTarget.value })}
        >
          <option value="">Every language</option>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        <New workshop={workshop} />
      </div>
      {lines && (
        <table class="articles">
          <thead>
            <tr>
              <th scope="col">Article</th>
              <th scope="col">State</th>
              <th scope="col" class="number" title="Shown to visitors in the last 30 days">
                Shown
              </th>
              <th scope="col" class="number" title="The visitor confirmed it">
                Solved
              </th>
              <th scope="col" class="number">Asked for a person</th>
              <th scope="col" class="number">Left</th>
              <th scope="col">Last shown</th>
            </tr>
          </thead>
          <tbody>{shown.map((line) => row(workshop, line))}</tbody>
        </table>
      )}
      {lines && !shown.length && (
        <p class="empty">
          {lines.length ? "No article fits. Change the words or the filters." : "No articles yet. Write the first one."}
        </p>
      )}
    </section>
  );
}

function row(workshop: Workshop, line: Line): JSX.Element {
  const { slug, title, state, owner, language } = line;
  return (
    <tr key={slug}>
      <th scope="row">
        <a href={workshop.to("articles", slug)}>{title}</a>
        <small>
          {[slug, language !== "en" && LANGUAGES[language], owner].filter(Boolean).join(" · ")}
        </small>
      </th>
      <td>
        {state !== "published" && <em class="pill">{{ draft: "draft", changed: "draft over it", scheduled: "scheduled" }[state]}</em>}
        {line.review_is_due && <em class="pill amber">review date passed</em>}
        {line.is_stale && <em class="pill amber">original has changed</em>}
        {line.editing.length > 0 && <em class="pill">{line.editing.join(", ")} editing</em>}
      </td>
      <td class="number">{line.shown || ""}</td>
      <td class="number">{line.solved || ""}</td>
      <td class="number">{line.asked_for_person || ""}</td>
      <td class="number">{line.left || ""}</td>
      <td>{line.last_shown && <time dateTime={line.last_shown}>{dayAndTime(line.last_shown)}</time>}</td>
    </tr>
  );
}

function New({ workshop }: { workshop: Workshop }): JSX.Element {
  return (
    <form
      class="new"
      onSubmit={(event) => {
        event.preventDefault();
        const name = String(new FormData(event.currentTarget).get("name"));
        location.hash = workshop.to("articles", name);
      }}
    >
      <input
        name="name"
        required
        pattern="[a-z0-9]+(-[a-z0-9]+)*"
        maxLength={80}
        placeholder="name-of-the-file"
        aria-label="Name of a new article: lower-case words with hyphens"
        title="Lower-case words with hyphens, for example opening-hours"
      />
      <button>New article</button>
    </form>
  );
}
