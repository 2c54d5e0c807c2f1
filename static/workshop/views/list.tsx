// The list of articles: what each is called, how it stands, and how it did.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Line } from "../api";
import type { StateFilter, Workshop } from "../model";
import { fill, language as spoken, w } from "../words";

export function List({ workshop }: { workshop: Workshop }): JSX.Element {
  const { lines, shown } = workshop;
  return (
    <section class="list" aria-label={w.title}>
      <div class="tools">
        <input
          type="search"
          placeholder={w.findHint}
          aria-label={w.find}
          value={workshop.query}
          onInput={(event) => workshop.filter({ query: event.currentTarget.value })}
        />
        <select
          aria-label={w.state}
          value={workshop.state}
          onChange={(event) => workshop.filter({ state: event.currentTarget.value as StateFilter })}
        >
          {Object.entries(w.states).map(([state, name]) => (
            <option key={state} value={state}>
              {name}
            </option>
          ))}
        </select>
        <select
          aria-label={w.language}
          value={workshop.language}
          onChange={(event) => workshop.filter({ language: event.currentTarget.value })}
        >
          <option value="">{w.everyLanguage}</option>
          {Object.entries(w.languages).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        {workshop.owners.length > 0 && (
          <select
            aria-label={w.owner}
            value={workshop.owner}
            onChange={(event) => workshop.filter({ owner: event.currentTarget.value })}
          >
            <option value="">{w.everyOwner}</option>
            {workshop.owners.map((owner) => (
              <option key={owner}>{owner}</option>
            ))}
          </select>
        )}
        <New workshop={workshop} />
      </div>
      {lines && (
        <table class="articles">
          <thead>
            <tr>
              <th scope="col">{w.article}</th>
              <th scope="col">{w.state}</th>
              <th scope="col" class="number" title={w.shownWhy}>
                {w.shown}
              </th>
              <th scope="col" class="number" title={w.solvedWhy}>
                {w.solved}
              </th>
              <th scope="col" class="number">{w.askedForPerson}</th>
              <th scope="col" class="number">{w.left}</th>
              <th scope="col">{w.lastShown}</th>
            </tr>
          </thead>
          <tbody>{shown.map((line) => row(workshop, line))}</tbody>
        </table>
      )}
      {lines && !shown.length && (
        <p class="empty">
          {lines.length ? w.noneFits : w.noneYet}
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
          {[slug, language !== "en" && w.languages[language], owner].filter(Boolean).join(" · ")}
        </small>
      </th>
      <td>
        {state !== "published" && <em class="pill">{w.pills[state]}</em>}
        {line.review_is_due && <em class="pill amber">{w.reviewPassed}</em>}
        {line.is_stale && <em class="pill amber">{w.originalChanged}</em>}
        {line.editing.length > 0 && <em class="pill">{fill(w.editing, { names: line.editing.join(", ") })}</em>}
      </td>
      <td class="number">{line.shown || ""}</td>
      <td class="number">{line.solved || ""}</td>
      <td class="number">{line.asked_for_person || ""}</td>
      <td class="number">{line.left || ""}</td>
      <td>{line.last_shown && <time dateTime={line.last_shown}>{dayAndTime(line.last_shown, undefined, spoken)}</time>}</td>
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
        placeholder={w.newHint}
        aria-label={w.newName}
        title={w.newTitle}
      />
      <button>{w.newArticle}</button>
    </form>
  );
}
