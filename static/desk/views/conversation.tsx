// One conversation: who it is and who has it, everything that happened, and the box where the agent writes.
import type { ComponentChildren, JSX } from "preact";
import { clockTime, dayOf } from "../../shared/times";
import type { DeskEvent, Hit } from "../../shared/wire";
import { Icon } from "../../shared/icons";
import { Paragraphs } from "../../shared/paragraphs";
import type { Desk } from "../model";
import type { Sending } from "../writing";
import { fill, language, w } from "../words";
import { Attached, SendFiles } from "./attachments";
import { Composer } from "./composer";
import { factsWords, grouped, isPressing } from "./facts";
import { foundWords } from "./hit";
import { mergedWords } from "./line";
import { CameIn, GoesOn, whereItGoesOn } from "./merged";

export function Conversation({ desk }: { desk: Desk }): JSX.Element {
  const { row, opened } = desk;
  if (!row) {
    return (
      <section class="conversation none" aria-label={w.conversation}>
        <p class="empty">
          {w.choose} {w.chooseKeys}
        </p>
      </section>
    );
  }
  const quotes = (opened?.ticket?.reasons ?? []).map((reason) => reason.because).filter(Boolean);
  const sending = desk.writing.sending.filter((one) => one.conversation === row.conversation);
  const isOpen = row.status === "waiting" || row.status === "held";
  const read = opened?.timeline.findLast(({ kind, seq }) => kind === "agent_wrote" && seq <= opened.read)?.seq;
  return (
    <section class="conversation" aria-label={fill(w.conversationWith, { name: row.name || w.aVisitor })}>
      <header>
        <button class="plain back" aria-label={w.back} onClick={() => void desk.open(null)}>
          <Icon name="back" />
        </button>
        <div>
          <h1>{row.name || w.visitor}</h1>
          <p class="soft">
            {desk.workspaces.get(row.workspace)?.name ?? row.workspace}
            {row.ticket && ` · ${row.ticket}`} · {whoHasIt(desk)}
            <Viewers names={desk.floor.viewersOf(row.conversation).map(({ name }) => name)} />
          </p>
        </div>
        <span class="acts">
          {!desk.isMine && row.status !== "resolved" && (
            <button class="primary" onClick={() => desk.claim()}>
              {row.status === "held" ? w.takeOverMore : w.claim}
            </button>
          )}
          {desk.isMine && <button onClick={() => void desk.release()}>{w.release}</button>}
          {isOpen &&
            (row.is_snoozed ? (
              <button onClick={() => void desk.bringBack()}>{w.bringBack}</button>
            ) : (
              <button onClick={() => desk.show("aside")}>{w.putAsideMore}</button>
            ))}
          {row.ticket && isOpen && !row.is_paused && <button onClick={() => desk.show("wait")}>{w.waitMore}</button>}
          {row.ticket && isOpen && <button onClick={() => desk.show("transfer")}>{w.passOnMore}</button>}
          {row.status !== "resolved" && <button onClick={() => desk.beginMerge()}>{w.merging.more}</button>}
          {row.ticket && isOpen && <button onClick={() => desk.show("resolve")}>{w.resolveMore}</button>}
          <button
            class="plain fold"
            aria-expanded={desk.showsContext}
            onClick={() => desk.showContext(!desk.showsContext)}
          >
            {w.details}
          </button>
        </span>
      </header>
      {desk.problem && (
        <p class="problem" role="alert">
          {desk.problem}
        </p>
      )}
      <div
        class="timeline"
        role="log"
        tabIndex={0}
        ref={(log) => void (log && follow(log, desk.sought, `${row.conversation} ${opened?.head} ${sending.map(({ failed, newer, timer }) => Boolean(failed ?? newer ?? timer))}`))}
      >
        {happened(desk, opened?.timeline ?? [], quotes, read)}
        {sending.map((one) => (
          <OnItsWay key={one.client_id} desk={desk} sending={one} />
        ))}
        {desk.floor.writersOf(row.conversation).map((name) => (
          <p class="fact" key={name}>
            {fill(w.isWriting, { name })}
          </p>
        ))}
      </div>
      {whereItGoesOn(desk) ? (
        <GoesOn desk={desk} />
      ) : (
        <>
          <SendFiles desk={desk} />
          <Composer desk={desk} />
        </>
      )}
    </section>
  );
}

/** A timeline, a date line before each day; under a merge the lines that came in. */
function happened(desk: Desk, timeline: DeskEvent[], quotes: string[], read?: number): ComponentChildren {
  let day = "";
  return grouped(timeline).map((group) => {
    const { at, seq } = "said" in group ? group.said : group.facts[0]!;
    const date = dayOf(at, undefined, language);
    const line = date !== day && (
      <p class="date" key={date}>
        {(day = date)}
      </p>
    );
    return [
      line,
      "said" in group ? (
        <Said key={seq} desk={desk} event={group.said} quotes={quotes} isRead={seq === read} />
      ) : (
        <Facts key={seq} facts={group.facts} />
      ),
      "facts" in group && (
        <CameIn
          key={`in ${seq}`}
          desk={desk}
          facts={group.facts}
          drawn={(lines) => happened(desk, lines, quotes)}
        />
      ),
    ];
  });
}

/** Colleagues who have it open too, so that two do not do the same. */
function Viewers({ names }: { names: string[] }): JSX.Element | null {
  if (!names.length) return null;
  const more = names.length - 2;
  const who = more > 0 ? fill(w.andMore, { names: names.slice(0, 2).join(", "), more }) : names.join(w.and);
  return <span class="viewers"> · {fill(names.length > 1 ? w.lookToo : w.looksToo, { names: who })}</span>;
}

function whoHasIt(desk: Desk): string {
  const { row } = desk;
  switch (row?.status) {
    case "held":
      return desk.isMine ? w.youHold : fill(w.holds, { name: desk.nameOf(row) });
    case "waiting":
      return row.queue ? fill(w.waitsIn, { queue: row.queue }) : w.waitsForAgent;
    case "resolved":
      return row.merged_into === null ? w.resolved : mergedWords(row);
    case "left":
      return w.left;
    default:
      return w.withBot;
  }
}

interface SaidProps {
  desk: Desk;
  event: DeskEvent;
  quotes: string[];
  /** The newest reply that the visitor has read: all before it are read too. */
  isRead: boolean;
}

function Said({ desk, event, quotes, isRead }: SaidProps): JSX.Element {
  const { who, at, text, kind } = event;
  const article = event.data?.article as string | undefined;
  const isNote = kind === "note_written";
  const sought = event.seq === desk.sought?.seq && (event.conversation ?? desk.selected) === desk.selected ? desk.sought : null;
  const drawnLine = (line: string) => {
    if (sought) return withFound(line, foundWords(sought));
    return who.role === "visitor" ? marked(line, quotes) : line;
  };
  return (
    <div class={`said ${isNote ? "note" : who.role}${sought ? " sought" : ""}`}>
      <p class="name">
        <b>{who.name || (who.role === "visitor" ? w.visitor : w.agent)}</b>{" "}
        {isNote ? <em class="pill">{w.note}</em> : who.role === "bot" && <em class="pill">{w.bot}</em>}{" "}
        <time>{clockTime(at, undefined, language)}</time>
        {isRead && <small> · {w.read}</small>}
      </p>
      {event.html ? (
        <div class="text prose" dangerouslySetInnerHTML={{ __html: event.html }} />
      ) : (
        <Paragraphs text={text ?? ""} drawn={(line) => drawnLine(line)} />
      )}
      {event.files && <Attached desk={desk} files={event.files} />}
      {article && (
        <p class="soft article">
          <Icon name="page" size={16} /> {article}
        </p>
      )}
    </div>
  );
}

/** The visitor's words with those marked that the severity rests on. */
function marked(text: string, quotes: string[]): (string | JSX.Element)[] {
  const quote = quotes.find((words) => text.toLowerCase().includes(words.toLowerCase()));
  if (!quote) return [text];
  const from = text.toLowerCase().indexOf(quote.toLowerCase());
  const to = from + quote.length;
  return [
    text.slice(0, from),
    <mark title={w.restsOn}>{text.slice(from, to)}</mark>,
    text.slice(to),
  ];
}

/** The line with every place marked at which a found word stands. */
function withFound(line: string, found: string[]): (string | JSX.Element)[] {
  const parts: (string | JSX.Element)[] = [];
  let at = 0;
  for (;;) {
    const next = found
      .map((word) => ({ word, from: line.indexOf(word, at) }))
      .filter(({ from }) => from >= 0)
      .sort((a, b) => a.from - b.from || b.word.length - a.word.length)[0];
    if (!next) return [...parts, line.slice(at)];
    parts.push(line.slice(at, next.from), <mark key={next.from}>{next.word}</mark>);
    at = next.from + next.word.length;
  }
}

/** What happened between two messages, as one quiet line. */
function Facts({ facts }: { facts: DeskEvent[] }): JSX.Element {
  const isLoud = facts.some(isPressing);
  return (
    <p class={isLoud ? "fact pressing" : "fact"}>
      {isLoud && <Icon name="alert" size={14} />} <time>{clockTime(facts[0]!.at, undefined, language)}</time> {factsWords(facts)}
    </p>
  );
}

function OnItsWay({ desk, sending }: { desk: Desk; sending: Sending }): JSX.Element {
  const { text, isNote, failed, newer, timer } = sending;
  const isHeld = timer !== undefined;
  return (
    <div class={`said faint ${isNote ? "note" : "agent"}`}>
      <p class="name">
        <b>{desk.agent.name}</b>{" "}
        {!failed && !newer && (
          <span class="soft">
            <Icon name="clock" size={14} /> {isHeld ? w.sendsSoon : w.sending}
          </span>
        )}
      </p>
      <p class="text">{text}</p>
      {isHeld && (
        <div class="undo">
          <button onClick={() => undo(desk, sending)}>{w.undo}</button>{" "}
          <button class="plain" onClick={() => void desk.writing.deliver(sending)}>
            {w.sendNow}
          </button>
          <i style={{ animationDuration: `${desk.preferences.undo}s` }} />
        </div>
      )}
      {(failed || newer) && (
        <div class="held" role="alert">
          <p>{failed ? fill(w.notSent, { why: failed }) : w.wroteMeanwhile}</p>
          {newer?.map((event) => (
            <blockquote key={event.seq}>{event.text}</blockquote>
          ))}
          <button onClick={() => void desk.writing.deliver(sending, Boolean(newer))}>
            {newer ? w.sendAnyway : w.tryAgain}
          </button>{" "}
          <button class="plain" onClick={() => desk.writing.takeBack(sending)}>
            {w.edit}
          </button>
        </div>
      )}
    </div>
  );
}

/** The words stand in the box again, and the caret behind them. */
function undo(desk: Desk, sending: Sending): void {
  desk.writing.takeBack(sending);
  requestAnimationFrame(() => document.querySelector<HTMLElement>("#words")?.focus());
}

/** Scrolls once to the line that was sought, else to the end when something was added; a reader is left where they are. */
function follow(log: HTMLElement, sought: Hit | null, state: string): void {
  const found = log.querySelector<HTMLElement>(".sought");
  if (!found) delete log.dataset.sought;
  const place = `${sought?.seq} ${state.split(" ")[0]}`;
  if (found && log.dataset.sought !== place) {
    log.dataset.sought = place;
    log.dataset.state = state;
    const { top, height } = found.getBoundingClientRect();
    log.scrollTop += top + height / 2 - log.getBoundingClientRect().top - log.clientHeight / 2;
    return;
  }
  if (log.dataset.state === state) return;
  log.dataset.state = state;
  log.scrollTop = log.scrollHeight;
}
