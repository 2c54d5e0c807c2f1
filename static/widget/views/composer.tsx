// Where the visitor writes; above it, always, the way to a person with the time by which one replies.
import type { JSX } from "preact";
import { Icon } from "../../shared/icons";
import type { Model } from "../model";

/** Promise first: the time by which a person replies stands there before anything is asked for. */
export function PersonBar({ model }: { model: Model }): JSX.Element | null {
  const { words, promised, talk, explains } = model;
  const { cards } = model.chunks;
  if (!promised) return null;
  const { due, when, line, explanation } = promised;
  const withPeople = talk.status === "held" || talk.status === "waiting";
  const by = { time: due ? when || model.time(due) : "" };
  const holder = talk.status === "held" && talk.events.findLast((event) => event.kind === "claimed")?.who.name;
  const time = !due ? line : withPeople ? model.says("personReplies", by) : model.says("replyBy", by);
  return (
    <div class="person">
      {explains && cards && <cards.Explanation title={words.explain} steps={explanation} />}
      {!withPeople && (
        <button class="link" onClick={() => model.say(words.iWantPerson)}>
          <Icon name="person" size={16} /> {words.talkToPerson}
          {due && ":"}
        </button>
      )}
      {holder && <span class="holder">{model.says("withPerson", { name: holder })}</span>}
      {explanation.length > 0 ? (
        <button class="time" aria-expanded={explains} title={words.explain} onClick={() => model.explain()}>
          {time}
          <Icon name="down" size={14} />
        </button>
      ) : (
        time && <span class="time">{time}</span>
      )}
    </div>
  );
}

/** A box that grows with the words; Enter sends, Shift+Enter breaks the line. */
export function Field({ model, label, fresh }: { model: Model; label: string; fresh: boolean }): JSX.Element {
  const { words, draft } = model;
  const { files } = model.chunks;
  const takes = model.info?.files ?? [];
  const pictures = takes.filter((type) => type.startsWith("image/"));
  if (model.needsConsent)
    return (
      <div class="consent">
        <p>{model.info?.consent}</p>
        <button class="choice" onClick={() => model.agree()}>
          {words.consent}
        </button>
      </div>
    );
  const send = () => model.say(model.draft, fresh);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {files?.draw()}
      <div
        class="field"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void model.attach(event.dataTransfer?.files ?? []);
        }}
      >
        {takes.length > 0 && (
          <Picker model={model} icon="clip" label={words.attach} takes={takes} />
        )}
        {pictures.length > 0 && (
          <Picker model={model} icon="camera" label={words.camera} takes={pictures} capture="environment" />
        )}
        <textarea
          rows={1}
          maxLength={8000}
          placeholder={label}
          aria-label={label}
          value={draft}
          onPaste={(event) => {
            const pasted = event.clipboardData?.files;
            if (!pasted?.length) return;
            event.preventDefault();
            void model.attach(pasted);
          }}
          onInput={(event) => model.write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button class="send" aria-label={words.send} disabled={files?.isBusy || !(draft.trim() || files?.taken.length)}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

/** Chooses files of these types; with `capture` a phone opens its camera, and nothing else shows this button. */
function Picker({
  model,
  icon,
  label,
  takes,
  capture,
}: {
  model: Model;
  icon: "clip" | "camera";
  label: string;
  takes: string[];
  capture?: "environment";
}): JSX.Element {
  return (
    <label class={icon} title={label}>
      <Icon name={icon} />
      <input
        type="file"
        multiple={!capture}
        capture={capture}
        accept={takes.join()}
        aria-label={label}
        onChange={({ currentTarget }) => {
          void model.attach(currentTarget.files ?? []);
          currentTarget.value = "";
        }}
      />
    </label>
  );
}
