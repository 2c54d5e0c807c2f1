// Merging two conversations: choose the other, read what will happen, then do it.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Foreseen, Mergeable, Row } from "../../shared/wire";
import type { Desk } from "../model";
import { fill, language, w } from "../words";
import { close } from "./dialog";

export function Merge({ desk }: { desk: Desk }): JSX.Element {
  const { pair } = desk.merging;
  return pair ? <WhatWillHappen desk={desk} /> : <Choice desk={desk} />;
}

function Choice({ desk }: { desk: Desk }): JSX.Element {
  const { merging } = desk;
  const words = w.merging;
  return (
    <>
      <input
        type="search"
        autoFocus
        aria-label={words.find}
        placeholder={words.find}
        value={merging.words}
        onInput={(event) => merging.look(event.currentTarget.value)}
      />
      <p class="group flush">{merging.words.trim() ? words.found : words.theirs}</p>
      {merging.problem && (
        <p class="problem" role="alert">
          {merging.problem}
        </p>
      )}
      <ul class="mergeable" aria-live="polite">
        {merging.found?.map((one) => (
          <Candidate key={one.row.conversation} desk={desk} one={one} />
        ))}
      </ul>
      {merging.found?.length === 0 && (
        <p class="soft">{merging.words.trim() ? fill(words.noneFound, { words: merging.words }) : words.none}</p>
      )}
      <p class="buttons">
        <button type="button" class="plain" onClick={close}>
          {w.cancel}
        </button>
      </p>
    </>
  );
}

/** What stands against it is said on it; the one without a ticket can still end in this one. */
function Candidate({ desk, one: { row, hindrance } }: { desk: Desk; one: Mergeable }): JSX.Element {
  const here = desk.selected!;
  const isTheOtherWay = hindrance === "needs_ticket";
  const pair = isTheOtherWay ? { ends: row.conversation, into: here } : { ends: here, into: row.conversation };
  return (
    <li>
      <button
        type="button"
        class="candidate"
        disabled={hindrance !== null && !isTheOtherWay}
        onClick={() => void desk.merging.choose(pair)}
      >
        <span>
          <b>{row.ticket ?? (row.name || w.visitor)}</b>{" "}
          {row.level_name && (
            <em class="pill" data-rank={row.rank}>
              {row.level_name}
            </em>
          )}{" "}
          <small>{dayAndTime(row.last_at, undefined, language)}</small>
        </span>
        <span class="words">{row.first_words}</span>
        {hindrance && <small class="why">{w.merging.why[hindrance]}</small>}
      </button>
    </li>
  );
}

function WhatWillHappen({ desk }: { desk: Desk }): JSX.Element {
  const { merging } = desk;
  const { foreseen, problem } = merging;
  const words = w.merging;
  const against = foreseen?.hindrance ? (words.why[foreseen.hindrance] ?? foreseen.why) : problem;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void desk.merge();
      }}
    >
      {against && (
        <p class="problem" role="alert">
          {against}
        </p>
      )}
      {foreseen && foreseen.hindrance === null && <Effects desk={desk} foreseen={foreseen} />}
      <p class="buttons">
        <button class="primary" disabled={!foreseen || Boolean(against)}>
          {words.does}
        </button>{" "}
        <button type="button" onClick={() => void merging.turnRound()}>
          {words.other}
        </button>{" "}
        <button type="button" class="plain" onClick={() => void merging.choose(null)}>
          {words.again}
        </button>{" "}
        <button type="button" class="plain" onClick={close}>
          {w.cancel}
        </button>
      </p>
    </form>
  );
}

function Effects({ desk, foreseen }: { desk: Desk; foreseen: Extract<Foreseen, { hindrance: null }> }): JSX.Element {
  const words = w.merging;
  const { ends, goes_on, level, clocks, tags } = foreseen;
  const ticket = goes_on.ticket ?? "";
  const ends_ = ends.ticket ?? words.thisOne;
  return (
    <>
      <ul class="effects">
        <li>
          <b>{fill(words.ends, { what: ends_, other: goes_on.ticket ?? words.another })}</b>
        </li>
        {goes_on.ticket && <li>{fill(level ? words.level : words.keeps, { ticket, level: level ?? "" })}</li>}
        {clocks.map(({ metric, due, from }) => (
          <li key={metric}>
            {fill(from ? words.dueFrom : words.due, {
              metric: w.metrics[metric] ?? w.metrics.other ?? metric,
              time: dayAndTime(due, undefined, language),
              ticket: from ?? "",
            })}
          </li>
        ))}
        {goes_on.ticket && !clocks.length && <li>{words.noClocks}</li>}
        {ends.ticket && <li>{words.missed}</li>}
        <li>{whoHasIt(desk, foreseen.holder)}</li>
        {tags.length > 0 && <li>{fill(words.tags, { tags: tags.join(", ") })}</li>}
      </ul>
      <p class="group flush">{words.reads}</p>
      {foreseen.told_there.map((text) => (
        <Told key={text} where={words.readsThere} text={text} />
      ))}
      {foreseen.told_here.map((text) => (
        <Told key={text} where={words.readsHere} text={text} />
      ))}
      <p class="soft">{words.forGood}</p>
    </>
  );
}

function Told({ where, text }: { where: string; text: string }): JSX.Element {
  return (
    <figure class="told">
      <figcaption>{where}</figcaption>
      <blockquote lang="">{text}</blockquote>
    </figure>
  );
}

function whoHasIt(desk: Desk, holder: string | null): string {
  if (holder === null) return w.merging.nobody;
  if (holder === desk.agent.id) return w.merging.youHold;
  return fill(w.merging.holds, { name: desk.names.get(holder) ?? w.aColleague });
}

export function mergeTitle(row: Row | undefined): string {
  if (row?.ticket) return fill(w.merging.titleTicket, { ticket: row.ticket });
  return fill(w.merging.title, { name: row?.name || w.conversation });
}
