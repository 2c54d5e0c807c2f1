// The talk as a log: date lines, what was said, what happened, and the words that are still on their way.
import type { JSX } from "preact";
import { clockTime, dayOf } from "../../shared/times";
import type { Happened } from "../../shared/wire";
import { Icon } from "../../shared/icons";
import { Paragraphs } from "../../shared/paragraphs";
import type { Model } from "../model";
import { pictures, shown } from "../prose";
import { isSpoken } from "../reading";
import type { Words } from "../words/en";
import type { Pending } from "../transport";
import { linked } from "./text";

export function TalkView({ model }: { model: Model }): JSX.Element {
  const { talk, words, typing } = model;
  const { cards } = model.chunks;
  const { events, outbox } = talk;
  const lastSpoken = events.findLast(isSpoken);
  let day = "";
  const isOver = talk.status === "resolved" && !talk.goesOnIn;
  const closing = events.findLast(
    (event) => event.kind === "rated" || event.kind === "resolved" || event.kind === "solved_confirmed",
  );
  return (
    <div
      class="body"
      tabIndex={0}
      onScroll={(event) => pin(event.currentTarget)}
      ref={(log) => void (log && follow(log, events.length + outbox.length))}
    >
      <div role="log" aria-live="polite" class="log">
        {events.map((event, i) => {
          const today = dayOf(event.at, undefined, model.language);
          const line = today !== day && isSpoken(event) && (
            <p class="date" key={`day ${today}`}>
              {(day = today)}
            </p>
          );
          const isSame = events[i - 1]?.who.name === event.who.name && isSpoken(events[i - 1]!);
          return [
            line,
            isSpoken(event) ? (
              <Line key={event.seq} model={model} event={event} isSame={isSame} isLast={event === lastSpoken} />
            ) : (
              <Fact key={event.seq} model={model} event={event} />
            ),
          ];
        })}
        {outbox.map((pending) => (
          <Waiting key={pending.client_id} model={model} pending={pending} />
        ))}
      </div>
      {lastSpoken?.who.role === "visitor" && lastSpoken.seq <= model.reading.byPerson && !outbox.length && (
        <p class="read">{words.read}</p>
      )}
      {typing && <p class="fact">{model.says("typing", { name: typing })}</p>}
      {isOver && closing?.kind !== "rated" && cards && <cards.Rating model={model} />}
      {isOver && (
        <button class="choice" onClick={() => model.go("home")}>
          {words.clear}
        </button>
      )}
    </div>
  );
}

function Line({
  model,
  event,
  isSame,
  isLast,
}: {
  model: Model;
  event: Happened;
  isSame: boolean;
  isLast: boolean;
}): JSX.Element {
  const { who, choices, files } = event;
  // A message of files alone has their names for words; they stand on the files themselves.
  const text = files && event.text === files.map(({ name }) => name).join(", ") ? "" : event.text;
  const attached = files && (model.chunks.files?.drawSent(files) ?? <div class="card wait" />);
  const time = clockTime(event.at, undefined, model.language);
  if (who.role === "visitor")
    return (
      <>
        {text && (
          <p class="said mine" title={time} lang="">
            {text}
          </p>
        )}
        {attached && <div class="said mine-wrap">{attached}</div>}
      </>
    );
  // While the rating card asks with words, the bot's bare numbers would ask the same again.
  const isRating = model.talk.status === "resolved" && choices?.every(({ says }) => /^[1-5]$/.test(says));
  const canChoose = isLast && choices && !isRating && !model.talk.outbox.length;
  return (
    <div class="said">
      {!isSame && (
        <p class="name">
          <b>{who.name}</b> {who.role === "bot" && <em class="pill">{model.words.bot}</em>} <time>{time}</time>
        </p>
      )}
      {event.html ? (
        <div class="text prose" dangerouslySetInnerHTML={{ __html: event.html }} />
      ) : (
        text && <Paragraphs text={beside(text, event.card)} drawn={linked} />
      )}
      {attached}
      <CardOf model={model} event={event} />
      {canChoose && (
        <div class="choices">
          {choices.map(({ label, says }) => (
            <button class="choice" key={says} onClick={() => model.say(says)}>
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function CardOf({ model, event }: { model: Model; event: Happened }): JSX.Element | null {
  const { card, article } = event;
  if (card && card.kind !== "article") {
    return model.chunks.cards ? <model.chunks.cards.CardView model={model} card={card} /> : <div class="card wait" />;
  }
  const slug = card?.slug ?? article;
  if (!slug) return null;
  const read = (
    <button class="link" onClick={() => void model.read(slug)}>
      {model.words.readArticle}
    </button>
  );
  if (!card) return read;
  const html = repeats(event.text, card.html ?? "") ? pictures(card.html ?? "") : card.html;
  return (
    <article class="card">
      <h2>
        <Icon name="page" size={16} /> {card.title}
      </h2>
      {html && <div class="prose" dangerouslySetInnerHTML={{ __html: shown(html, model.options.origin) }} />}
      {read}
      {Boolean(card.further?.length) && (
        <nav class="further" aria-label={model.words.furtherArticles}>
          <span>{model.words.furtherArticles}</span>
          {card.further?.map(({ slug: other, title }) => (
            <button class="link" key={other} onClick={() => void model.read(other)}>
              {title}
            </button>
          ))}
        </nav>
      )}
    </article>
  );
}

/** The words that the card under them does not say again: contacts stand there one by one, to tap. */
function beside(text: string, card: Happened["card"]): string {
  if (card?.kind !== "contacts") return text;
  return text
    .split("\n")
    .filter((line) => !line.startsWith("• "))
    .join("\n");
}

/** Whether the message already says what the card would show again. */
function repeats(text: string | null | undefined, html: string): boolean {
  const start = html
    .replace(/<[^>]*>/g, "")
    .trim()
    .slice(0, 40);
  return Boolean(text?.includes(start));
}

function Waiting({ model, pending }: { model: Model; pending: Pending }): JSX.Element {
  const { words } = model;
  const { failed, text, client_id } = pending;
  const state = model.isLinked ? words.sending : words.waiting;
  return (
    <div class="said mine-wrap">
      <p class="said mine faint" lang="">
        {text}
      </p>
      {failed ? (
        <p class="failed" role="alert">
          {model.says("notSent", { why: failed })}{" "}
          <button class="link" onClick={() => model.talk.tryAgain(client_id)}>
            {words.tryAgain}
          </button>
        </p>
      ) : (
        <p class="sending">
          <Icon name="clock" size={14} /> {state}
        </p>
      )}
    </div>
  );
}

const FACTS: Partial<Record<string, keyof Words>> = {
  ticket_opened: "opened",
  claimed: "joined",
  released: "released",
  transferred: "transferred",
  severity_changed: "severity",
  formal_report_recorded: "formal",
  email_given: "email",
  resolved: "resolved",
  solved_confirmed: "solved",
  reopened: "reopened",
  rated: "rated",
};

function Fact({ model, event }: { model: Model; event: Happened }): JSX.Element | null {
  const other = event.data?.conversation as string | undefined;
  if (other)
    return (
      <p class="fact">
        <button class="link" onClick={() => void model.goOn(other)}>
          {model.says(event.kind === "merged_into" ? "goOn" : "earlierWords")}
        </button>
      </p>
    );
  const isVanished = event.kind === "released" && event.data?.reason === "vanished";
  const key = isVanished ? "vanished" : FACTS[event.kind];
  if (!key) return null;
  const { number, level_name, level, score } = (event.data ?? {}) as Record<string, string>;
  const values = { name: event.who.name, number: number ?? "", level: level_name ?? level ?? "", score: score ?? "" };
  return <p class="fact">{model.says(key, values)}</p>;
}

/** Pixels of what came before that stay in view above the newest line. */
const ABOVE = 56;

/** Remembers whether the newest line is in view; a panel that opens below must not push it out. */
function pin(log: HTMLElement): void {
  log.dataset.pinned = String(log.scrollHeight - log.scrollTop - log.clientHeight < 60);
}

/** Scrolls to where the newest line begins when one came; somebody reading further up is left there otherwise. */
function follow(log: HTMLElement, lines: number): void {
  const isNew = log.dataset.lines !== String(lines);
  log.dataset.lines = String(lines);
  const newest = [...log.querySelectorAll(".said")].at(-1);
  if (isNew && newest) log.scrollTop += newest.getBoundingClientRect().top - log.getBoundingClientRect().top - ABOVE;
  else if (log.dataset.pinned !== "false") log.scrollTop = log.scrollHeight;
}
