// One conversation: who it is and who has it, everything that happened, and the box where the agent writes.
import type { JSX } from "preact";
import { clockTime, dayOf } from "../../shared/times";
import type { DeskEvent } from "../../shared/wire";
import { Icon } from "../../shared/icons";
import { Paragraphs } from "../../shared/paragraphs";
import type { Desk, Sending } from "../model";
import { Composer } from "./composer";
import { factsWords, grouped, isPressing } from "./facts";

export function Conversation({ desk }: { desk: Desk }): JSX.Element {
  const { row, opened } = desk;
  if (!row) {
    return (
      <section class="conversation none" aria-label="Conversation">
        <p class="empty">
          Choose a conversation. <kbd>j</kbd> and <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>?</kbd> lists all
          keys.
        </p>
      </section>
    );
  }
  const quotes = (opened?.ticket?.reasons ?? []).map((reason) => reason.because).filter(Boolean);
  const sending = desk.sending.filter((one) => one.conversation === row.conversation);
  let day = "";
  return (
    <section class="conversation" aria-label={`Conversation with ${row.name || "a visitor"}`}>
      <header>
        <button class="plain back" aria-label="Back to the inbox" onClick={() => void desk.open(null)}>
          <Icon name="back" />
        </button>
        <div>
          <h1>{row.name || "Visitor"}</h1>
          <p class="soft">
            {desk.workspaces.get(row.workspace)?.name ?? row.workspace}
            {row.ticket && ` · ${row.ticket}`} · {whoHasIt(desk)}
            <Viewers names={desk.floor.viewersOf(row.conversation).map(({ name }) => name)} />
          </p>
        </div>
        <span class="acts">
          {!desk.isMine && row.status !== "resolved" && (
            <button class="primary" onClick={() => desk.claim()}>
              {row.status === "held" ? "Take over…" : "Claim"}
            </button>
          )}
          {desk.isMine && <button onClick={() => void desk.release()}>Release</button>}
          {row.ticket && row.status !== "resolved" && <button onClick={() => desk.show("transfer")}>Pass on…</button>}
          {row.ticket && row.status !== "resolved" && <button onClick={() => desk.show("resolve")}>Resolve…</button>}
          <button
            class="plain fold"
            aria-expanded={desk.showsContext}
            onClick={() => ((desk.showsContext = !desk.showsContext), desk.changed())}
          >
            Details
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
        ref={(log) => void (log && follow(log, `${row.conversation} ${opened?.head} ${sending.map(({ failed, newer }) => Boolean(failed ?? newer))}`))}
      >
        {grouped(opened?.timeline ?? []).map((group) => {
          const { at, seq } = "said" in group ? group.said : group.facts[0]!;
          const date = dayOf(at);
          const line = date !== day && (
            <p class="date" key={date}>
              {(day = date)}
            </p>
          );
          return [
            line,
            "said" in group ? (
              <Said key={seq} event={group.said} quotes={quotes} />
            ) : (
              <Facts key={seq} facts={group.facts} />
            ),
          ];
        })}
        {sending.map((one) => (
          <OnItsWay key={one.client_id} desk={desk} sending={one} />
        ))}
        {desk.floor.writersOf(row.conversation).map((name) => (
          <p class="fact" key={name}>
            {name} is writing
          </p>
        ))}
      </div>
      <Composer desk={desk} />
    </section>
  );
}

/** Colleagues who have it open too, so that two do not do the same. */
function Viewers({ names }: { names: string[] }): JSX.Element | null {
  if (!names.length) return null;
  const who = names.length > 2 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(" and ");
  return <span class="viewers"> · {who} {names.length > 1 ? "look" : "looks"} at it too</span>;
}

function whoHasIt(desk: Desk): string {
  const { row } = desk;
  switch (row?.status) {
    case "held":
      return desk.isMine ? "you hold it" : `${desk.nameOf(row)} holds it`;
    case "waiting":
      return row.queue ? `waits in ${row.queue}` : "waits for an agent";
    case "resolved":
      return "resolved";
    case "left":
      return "the visitor left";
    default:
      return "with the bot";
  }
}

function Said({ event, quotes }: { event: DeskEvent; quotes: string[] }): JSX.Element {
  const { who, at, text, kind } = event;
  const article = event.data?.article as string | undefined;
  const isNote = kind === "note_written";
  return (
    <div class={`said ${isNote ? "note" : who.role}`}>
      <p class="name">
        <b>{who.name || (who.role === "visitor" ? "Visitor" : "Agent")}</b>{" "}
        {isNote ? <em class="pill">Note</em> : who.role === "bot" && <em class="pill">Bot</em>}{" "}
        <time>{clockTime(at)}</time>
      </p>
      <Paragraphs text={text ?? ""} drawn={(line) => (who.role === "visitor" ? marked(line, quotes) : line)} />
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
    <mark title="The severity rests on these words">{text.slice(from, to)}</mark>,
    text.slice(to),
  ];
}

/** What happened between two messages, as one quiet line. */
function Facts({ facts }: { facts: DeskEvent[] }): JSX.Element {
  const isLoud = facts.some(isPressing);
  return (
    <p class={isLoud ? "fact pressing" : "fact"}>
      {isLoud && <Icon name="alert" size={14} />} <time>{clockTime(facts[0]!.at)}</time> {factsWords(facts)}
    </p>
  );
}

function OnItsWay({ desk, sending }: { desk: Desk; sending: Sending }): JSX.Element {
  const { text, isNote, failed, newer } = sending;
  return (
    <div class={`said faint ${isNote ? "note" : "agent"}`}>
      <p class="name">
        <b>{desk.agent.name}</b>{" "}
        {!failed && !newer && (
          <span class="soft">
            <Icon name="clock" size={14} /> Sending
          </span>
        )}
      </p>
      <p class="text">{text}</p>
      {(failed || newer) && (
        <div class="held" role="alert">
          <p>{failed ? `Not sent: ${failed}` : "Not sent yet: the visitor wrote meanwhile."}</p>
          {newer?.map((event) => (
            <blockquote key={event.seq}>{event.text}</blockquote>
          ))}
          <button onClick={() => void desk.deliver(sending, Boolean(newer))}>
            {newer ? "Send anyway" : "Try again"}
          </button>{" "}
          <button class="plain" onClick={() => desk.takeBack(sending)}>
            Edit
          </button>
        </div>
      )}
    </div>
  );
}

/** Scrolls to the end when something was added; otherwise leaves the reader where they are. */
function follow(log: HTMLElement, state: string): void {
  if (log.dataset.state === state) return;
  log.dataset.state = state;
  log.scrollTop = log.scrollHeight;
}
