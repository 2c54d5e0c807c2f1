// The canned replies of a workspace: for agents to read, for leads to keep.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Canned } from "../../shared/wire";
import type { Desk } from "../model";
import { fill, w } from "../words";
import { values } from "./dialog";
import { described } from "./picker";

interface Kept {
  replies: Canned[];
  variables: Record<string, string>;
  levels: { key: string; name: string }[];
  may_change: boolean;
}

export function CannedReplies({ desk }: { desk: Desk }): JSX.Element {
  const all = [...desk.workspaces.values()];
  const [workspace, choose] = useState(desk.row?.workspace ?? all[0]?.workspace ?? "");
  const [kept, setKept] = useState<Kept | null>(null);
  const [open, setOpen] = useState<Canned | "new" | null>(null);
  const [problem, setProblem] = useState("");
  const load = async (name: string) => {
    const answer = await desk.live.ask<Kept>("canned_kept", { workspace: name });
    if (answer.ok) setKept(answer);
    else setProblem(answer.error.message);
  };
  useEffect(() => void load(workspace), [workspace]);
  const act = async (command: string, body: object) => {
    const answer = await desk.live.ask(command, { workspace, ...body });
    setProblem(answer.ok ? "" : answer.error.message);
    if (!answer.ok) return;
    setOpen(null);
    await load(workspace);
  };
  return (
    <>
      {all.length > 1 && (
        <label>
          {w.cannedFor}
          <select value={workspace} onChange={(event) => (choose(event.currentTarget.value), setOpen(null))}>
            {all.map((each) => (
              <option key={each.workspace} value={each.workspace}>
                {each.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {kept && !open && (
        <>
          <ul class="kept">
            {kept.replies.map((reply) => (
              <li key={reply.key}>
                <button class="line" disabled={!kept.may_change} onClick={() => setOpen(reply)}>
                  <span class="top">
                    <b>{reply.title}</b> <small>/{reply.key}</small>
                  </span>
                  <span class="words">{[reply.text, described(reply)].filter(Boolean).join(" · ")}</span>
                </button>
              </li>
            ))}
          </ul>
          {!kept.replies.length && <p class="empty">{w.noCannedYet}</p>}
          {kept.may_change ? (
            <button class="primary" onClick={() => setOpen("new")}>
              {w.cannedNew}
            </button>
          ) : (
            <p class="soft">{w.cannedLeads}</p>
          )}
        </>
      )}
      {kept && open && (
        <Form key={open === "new" ? "" : open.key} kept={kept} reply={open === "new" ? null : open} act={act} leave={() => setOpen(null)} />
      )}
    </>
  );
}

interface FormProps {
  kept: Kept;
  reply: Canned | null;
  act(command: string, body: object): Promise<void>;
  leave(): void;
}

function Form({ kept, reply, act, leave }: FormProps): JSX.Element {
  const names = Object.keys(kept.variables).map((name) => `{${name}}`);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { key, title, text, level, reason, tags, then, code } = values(event.currentTarget);
        const words = (tags ?? "").split(",").map((tag) => tag.trim()).filter(Boolean);
        const acts = { level: level || null, reason, tags: words, then, code: then === "resolve" ? code : "" };
        void act("keep_canned", { key: reply?.key ?? key, title, text, ...acts });
      }}
    >
      {!reply && (
        <label>
          {w.cannedKey}
          <input name="key" required pattern="[a-z0-9][a-z0-9\-]{0,39}" title={w.cannedKeyHint} placeholder={w.cannedKeyHint} autoFocus />
        </label>
      )}
      <label>
        {w.cannedName}
        <input name="title" required maxLength={200} defaultValue={reply?.title} autoFocus={Boolean(reply)} />
      </label>
      <label>
        {w.cannedText}
        <textarea name="text" rows={5} maxLength={8000} defaultValue={reply?.text} />
        <small>{fill(w.cannedVariables, { names: names.join(" ") })}</small>
      </label>
      <div class="pair">
        <label>
          {w.cannedLevel}
          <select name="level" defaultValue={reply?.level ?? ""}>
            <option value="">{w.asItIs}</option>
            {kept.levels.map(({ key, name }) => (
              <option key={key} value={key} selected={key === reply?.level}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {w.reason}
          <input name="reason" maxLength={500} defaultValue={reply?.reason} />
        </label>
      </div>
      <label>
        {w.cannedTags}
        <input name="tags" defaultValue={reply?.tags.join(", ")} />
      </label>
      <div class="pair">
        <label>
          {w.cannedThen}
          <select name="then">
            <option value="">{w.leaveOpen}</option>
            <option value="wait" selected={reply?.then === "wait"}>
              {w.doesWait}
            </option>
            <option value="resolve" selected={reply?.then === "resolve"}>
              {w.doesResolve}
            </option>
          </select>
        </label>
        <label>
          {w.cannedCode}
          <select name="code">
            {Object.entries(w.codes).map(([code, words]) => (
              <option key={code} value={code} selected={code === reply?.code}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="buttons">
        <button class="primary">{w.save}</button>{" "}
        <button type="button" class="plain" onClick={leave}>
          {w.cancel}
        </button>
        {reply && (
          <button type="button" class="plain" onClick={() => void act("drop_canned", { key: reply.key })}>
            {w.remove}
          </button>
        )}
      </p>
    </form>
  );
}
