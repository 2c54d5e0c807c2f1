// What `/` opens above the box: canned replies and articles that fit what is typed behind it.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import type { Canned, FoundArticle } from "../../shared/wire";
import type { Acts } from "../drafts";
import type { Desk } from "../model";
import { fill, w } from "../words";

/** The words behind a `/` that begins a word before the caret, and where it stands; null where none does. */
export function wanted(text: string, caret: number): { words: string; from: number } | null {
  const found = /(?:^|\s)\/([^/\n]{0,40})$/.exec(text.slice(0, caret));
  return found ? { words: found[1]!, from: caret - found[1]!.length - 1 } : null;
}

/** Every word of the query in key, title or text; a key that begins with it comes first. */
export function fitting(replies: Canned[], query: string): Canned[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ key, title, text, tags }: Canned) => {
    const all = [key, title, text, ...tags].join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  };
  const begins = (reply: Canned) => Number(reply.key.startsWith(words[0] ?? "") || reply.title.toLowerCase().startsWith(words[0] ?? ""));
  return replies.filter(fits).sort((a, b) => begins(b) - begins(a));
}

/** What the reply does beside its words; undefined: nothing. */
export function actsOf({ level, reason, tags, then, wait_reason, code }: Canned): Acts | undefined {
  return level || tags.length || then ? { level, reason, tags, then, wait_reason, code } : undefined;
}

type Choice = { canned: Canned } | { article: FoundArticle };

export function Picker(props: { desk: Desk; words: string; from: number; close: () => void }): JSX.Element {
  const { desk, words, from, close } = props;
  const conversation = desk.selected!;
  const [replies, setReplies] = useState<Canned[] | null>(null);
  const [articles, setArticles] = useState<FoundArticle[]>([]);
  const [at, setAt] = useState(0);
  useEffect(() => {
    void desk.live.ask<{ replies: Canned[] }>("canned", { conversation }).then((answer) => {
      setReplies(answer.ok ? answer.replies : []);
    });
  }, [conversation]);
  useEffect(() => {
    let isOver = false;
    const later = setTimeout(() => {
      void desk.live.ask<{ articles: FoundArticle[] }>("find_articles", { conversation, words }).then((answer) => {
        if (!isOver && answer.ok) setArticles(answer.articles);
      });
    }, 120);
    return () => ((isOver = true), clearTimeout(later));
  }, [conversation, words]);
  useEffect(() => setAt(0), [words]);
  const fits = fitting(replies ?? [], words);
  const choices: Choice[] = [...fits.map((canned) => ({ canned })), ...articles.map((article) => ({ article }))];
  const list = useRef<HTMLDivElement>(null);
  const chosen = Math.min(at, choices.length - 1);

  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    const box = document.querySelector<HTMLTextAreaElement>("#words")!;
    const { writing } = desk;
    const text = "canned" in choice ? choice.canned.text : choice.article.text;
    const before = box.value.slice(0, from);
    const after = box.value.slice(Math.max(from, box.selectionStart));
    const put = `${before}${text}${after}`;
    const acts = "canned" in choice ? { ...writing.draft.acts, ...actsOf(choice.canned) } : writing.draft.acts;
    const article = "article" in choice ? { slug: choice.article.slug, title: choice.article.title } : writing.draft.article;
    writing.write({ text: put, acts: acts && Object.keys(acts).length ? acts : undefined, article });
    close();
    requestAnimationFrame(() => {
      box.focus();
      box.setSelectionRange(before.length + text.length, before.length + text.length);
    });
  };

  useEffect(() => {
    const box = document.querySelector<HTMLTextAreaElement>("#words")!;
    const step = (by: number) => setAt((chosen + by + choices.length) % Math.max(1, choices.length));
    const acts: Record<string, () => void> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => choose(choices[chosen]),
      Tab: () => choose(choices[chosen]),
      Escape: close,
    };
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || !acts[event.key]) return;
      if ((event.key === "Enter" || event.key === "Tab") && !choices.length) return close();
      event.preventDefault();
      event.stopPropagation();
      acts[event.key]!();
    };
    box.addEventListener("keydown", press, { capture: true });
    box.setAttribute("aria-activedescendant", choices.length ? `choice-${chosen}` : "");
    list.current?.querySelector(`#choice-${chosen}`)?.scrollIntoView({ block: "nearest" });
    return () => {
      box.removeEventListener("keydown", press, { capture: true });
      box.removeAttribute("aria-activedescendant");
    };
  });

  const option = (choice: Choice, i: number) => {
    const title = "canned" in choice ? choice.canned.title : choice.article.title;
    const text = "canned" in choice ? choice.canned.text : choice.article.text;
    return (
      <div
        key={`${"canned" in choice ? choice.canned.key : choice.article.slug}`}
        id={`choice-${i}`}
        role="option"
        aria-selected={i === chosen}
        class="choice"
        onPointerDown={(event) => (event.preventDefault(), choose(choice))}
      >
        <span class="top">
          {"article" in choice && <Icon name="page" size={16} />}
          <b>{title}</b>
          {"canned" in choice && <small>/{choice.canned.key}</small>}
        </span>
        <span class="words">{text || ("canned" in choice && described(choice.canned))}</span>
      </div>
    );
  };
  return (
    <div id="picked" class="picker" role="listbox" aria-label={w.cannedAndArticles} ref={list}>
      {fits.length > 0 && (
        <div role="group" aria-label={w.canned}>
          <p class="group" role="presentation">
            {w.canned}
          </p>
          {fits.map((canned, i) => option({ canned }, i))}
        </div>
      )}
      {articles.length > 0 && (
        <div role="group" aria-label={w.articles}>
          <p class="group" role="presentation">
            {w.articles}
          </p>
          {articles.map((article, i) => option({ article }, fits.length + i))}
        </div>
      )}
      {!choices.length && (
        <div role="option" aria-selected={false} aria-disabled="true" class="empty">
          {replies === null ? w.loading : words || replies.length ? fill(w.noCanned, { words }) : w.noCannedYet}
        </div>
      )}
    </div>
  );
}

/** A canned reply without words, by what it does. */
export function described({ level, tags, then }: Canned): string {
  return [
    level && fill(w.doesSeverity, { level }),
    ...tags.map((tag) => fill(w.doesTag, { tag })),
    then === "wait" && w.doesWait,
    then === "resolve" && w.doesResolve,
  ]
    .filter(Boolean)
    .join(" · ");
}
