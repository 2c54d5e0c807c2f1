// Ctrl K: every act that can be done now, every view, and the conversations, by a few letters.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { matches, VIEWS } from "../inbox";
import type { Desk } from "../model";
import { canDo, keyName, VERBS } from "../verbs";
import { fill, w } from "../words";

interface Entry {
  id: string;
  group: string;
  words: string;
  more: string;
  run(): unknown;
}

const CONVERSATIONS = 6;

/** Letters in their order, as a finger remembers a name: `psa` finds “Put aside”. Lower is better; null: not in it. */
export function distance(words: string, query: string): number | null {
  const text = words.toLowerCase();
  const whole = text.indexOf(query);
  if (whole >= 0) return whole === 0 || text[whole - 1] === " " ? 0 : 1;
  let at = -1;
  for (const letter of query.replaceAll(" ", "")) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return null;
  }
  return 2 + at / 1000;
}

function entries(desk: Desk, query: string): Entry[] {
  const acts = VERBS.filter((verb) => verb.name !== "palette" && canDo(verb, desk)).map((verb) => ({
    id: verb.name,
    group: w.acts,
    words: w.verbs[verb.name],
    more: keyName(verb),
    run: () => verb.run(desk),
  }));
  const views = VIEWS.map((view) => ({
    id: `view-${view}`,
    group: w.groupViews,
    words: w.views[view],
    more: String(desk.count(view)),
    run: () => desk.look({ view, query: "" }),
  }));
  const saved = desk.saved.views.map(({ id, name }) => ({
    id,
    group: w.groupViews,
    words: name,
    more: w.savedViews,
    run: () => desk.choose(id),
  }));
  const rooms = desk.agent.role === "admin" ? Object.entries(w.adminRooms) : [];
  const administered = rooms.map(([room, words]) => ({
    id: `admin-${room}`,
    group: w.administration,
    words,
    more: "",
    run: () => location.assign(`/desk/admin#//${room}`),
  }));
  const fits = [...acts, ...views, ...saved, ...administered]
    .map((entry) => ({ entry, distance: query ? distance(entry.words, query) : 0 }))
    .filter(({ distance }) => distance !== null)
    .sort((a, b) => a.distance! - b.distance!)
    .map(({ entry }) => entry);
  const found = query
    ? [...desk.rows.values()].filter((row) => matches(row, query)).slice(0, CONVERSATIONS)
    : [];
  const talks = found.map((row) => ({
    id: row.conversation,
    group: w.conversations,
    words: row.name || row.ticket || w.visitor,
    more: row.ticket ?? "",
    run: () => desk.open(row.conversation),
  }));
  const everywhere = {
    id: "everywhere",
    group: w.conversations,
    words: fill(w.findEverywhere, { words: query }),
    more: "/",
    run: () => desk.look({ query }),
  };
  return [...fits, ...talks, ...(query ? [everywhere] : [])];
}

export function Palette({ desk }: { desk: Desk }): JSX.Element {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const fits = entries(desk, query.trim().toLowerCase());
  const groups = [...new Set(fits.map(({ group }) => group))];
  const ordered = groups.flatMap((group) => fits.filter((entry) => entry.group === group));
  const chosen = Math.min(at, ordered.length - 1);
  useEffect(() => list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }));
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    desk.show(null);
    entry.run();
  };
  return (
    <>
      <input
        type="text"
        role="combobox"
        autoFocus
        aria-label={w.paletteFind}
        aria-expanded="true"
        aria-controls="entries"
        aria-autocomplete="list"
        aria-activedescendant={chosen >= 0 ? `entry-${chosen}` : undefined}
        placeholder={w.paletteFind}
        value={query}
        onInput={(event) => (setQuery(event.currentTarget.value), setAt(0))}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step) setAt((chosen + step + ordered.length) % Math.max(1, ordered.length));
          else if (event.key === "Enter") run(ordered[chosen]);
          else return;
          event.preventDefault();
        }}
      />
      <div id="entries" class="entries" role="listbox" aria-label={w.palette} ref={list} tabIndex={-1}>
        {groups.map((group) => (
          <div role="group" aria-label={group} key={group}>
            <p class="group" role="presentation">
              {group}
            </p>
            {ordered.map(
              (entry, i) =>
                entry.group === group && (
                  <div
                    key={entry.id}
                    id={`entry-${i}`}
                    role="option"
                    aria-selected={i === chosen}
                    class="choice"
                    onClick={() => run(entry)}
                  >
                    <span>{entry.words}</span> <small>{entry.more}</small>
                  </div>
                ),
            )}
          </div>
        ))}
      </div>
    </>
  );
}
