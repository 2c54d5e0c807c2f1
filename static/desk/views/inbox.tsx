// The list: views with their counts, then rows of two lines sorted by what is due next.
import type { JSX } from "preact";
import { Icon } from "../../shared/icons";
import { VIEWS } from "../inbox";
import type { Desk } from "../model";
import { fill, w } from "../words";
import { Waiting } from "./notices";
import { Rows } from "./rows";
import { Availability, Team } from "./team";

export function Inbox({ desk }: { desk: Desk }): JSX.Element {
  const rows = desk.shown;
  return (
    <nav class="inbox" aria-label={w.inbox}>
      <h1 class="hidden">{w.desk}</h1>
      <div class="me">
        <b>{desk.agent.name}</b>
        <Availability desk={desk} />
        {desk.agent.role !== "agent" && <a href="/desk/articles">{w.articles}</a>}
        {desk.agent.role === "admin" && <a href="/desk/admin">{w.administration}</a>}
        <button class="plain" aria-label={w.settings} title={w.settings} onClick={() => desk.show("settings")}>
          <Icon name="gear" />
        </button>
        <button class="plain" onClick={() => void desk.logOut()}>
          {w.logOut}
        </button>
      </div>
      <Team desk={desk} />
      <div class="filters">
        <select
          aria-label={w.view}
          value={desk.saved.like(desk.showing)?.id ?? desk.view}
          onChange={(event) => desk.choose(event.currentTarget.value)}
        >
          {VIEWS.map((view) => (
            <option key={view} value={view}>
              {w.views[view]} ({desk.count(view)})
            </option>
          ))}
          {desk.saved.views.length > 0 && (
            <optgroup label={w.savedViews}>
              {desk.saved.views.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
        <select
          aria-label={w.order}
          value={desk.order}
          onChange={(event) => desk.look({ order: event.currentTarget.value as Desk["order"] })}
        >
          <option value="due">{w.byDue}</option>
          <option value="severity">{w.bySeverity}</option>
        </select>
        <label class="find">
          <Icon name="search" size={16} />
          <input
            id="find"
            type="search"
            placeholder={w.find}
            aria-label={w.findAll}
            value={desk.query}
            onInput={(event) => desk.look({ query: event.currentTarget.value })}
          />
        </label>
      </div>
      <Waiting desk={desk} />
      <Rows desk={desk} />
      {desk.query.trim() ? (
        <Findings desk={desk} count={rows.length} />
      ) : (
        desk.hasLoaded && !rows.length && <p class="empty">{w.nothing[desk.view]}</p>
      )}
    </nav>
  );
}

/** How the search stands, said aloud as well. */
function Findings({ desk, count }: { desk: Desk; count: number }): JSX.Element {
  const { isAsking, problem, hasMore } = desk.finding;
  const words = desk.query.trim();
  let said = fill(count === 1 ? w.foundOne : w.foundMany, { count });
  if (problem) said = fill(w.findFailed, { why: problem });
  else if (isAsking) said = w.finding;
  else if (!count) said = fill(w.nothingMatches, { words });
  else if (hasMore) said = fill(w.foundNewest, { count });
  return (
    <p class={count ? "found" : "empty"} role="status">
      {said}
    </p>
  );
}
