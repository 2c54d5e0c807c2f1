// The window itself: a header that is always true, then home, talk or an article.
import type { JSX } from "preact";
import { Icon } from "../../shared/icons";
import type { Model } from "../model";
import { shown } from "../prose";
import { Home } from "./home";
import { TalkView } from "./talk";
import { Field, PersonBar } from "./composer";

export function Window({ model, close }: { model: Model; close: () => void }): JSX.Element {
  const { words, info, view } = model;
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation(); // The host page's shortcuts are not meant for what is typed here.
    if (event.key === "Escape") close();
  };
  return (
    <section
      class="window"
      role="dialog"
      aria-label={info?.name ?? model.options.workspace}
      lang={model.language}
      onKeyDown={onKeyDown}
    >
      <div class="head">
        {view !== "home" && (
          <button
            class="round"
            aria-label={words.back}
            onClick={() => model.go(view === "article" && model.talk.id ? "talk" : "home")}
          >
            <Icon name="back" />
          </button>
        )}
        <div class="who">
          <h1>{info?.name ?? model.options.workspace}</h1>
          {info && (
            <p class="hours">
              <i class={info.hours.open ? "dot open" : "dot"} />
              {info.hours.line}
            </p>
          )}
        </div>
        {view === "talk" && model.talk.id && (
          <button
            class="round"
            aria-label={words.more}
            aria-expanded={model.asksMore}
            onClick={() => void model.toggleMore()}
          >
            <Icon name="more" />
          </button>
        )}
        <button class="round" aria-label={words.close} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <State model={model} />
      {model.asksMore && model.chunks.more && <model.chunks.more.More model={model} />}
      {view === "home" && <Home model={model} />}
      {view === "talk" && <TalkView model={model} />}
      {view === "article" && (
        <div class="body">
          <h2 tabIndex={-1}>{model.article?.title}</h2>
          <div class="prose" dangerouslySetInnerHTML={{ __html: shown(model.article?.html ?? "", model.options.origin) }} />
        </div>
      )}
      <div class="foot-bar">
        <PersonBar model={model} />
        {view !== "home" && <Field model={model} label={words.write} fresh={false} />}
      </div>
    </section>
  );
}

/** What stands in the way, said in words; takes no room while all is well. */
function State({ model }: { model: Model }): JSX.Element | null {
  const { words, refused, isLinked, shelf } = model;
  if (refused)
    return (
      <p class="state bad" role="alert">
        {model.says("refused", { why: refused })}
      </p>
    );
  if (!isLinked && (model.talk.hasGreeted || !navigator.onLine))
    return (
      <p class="state" role="status">
        {words.offline}
      </p>
    );
  if (!shelf.lasts) return <p class="state">{words.ends}</p>;
  return null;
}
