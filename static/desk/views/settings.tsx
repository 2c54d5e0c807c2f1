// What an agent sets for their own desk: theme, language, how long a reply is held, sound, notifications.
import type { JSX } from "preact";
import type { Desk } from "../model";
import { type Theme, THEMES, UNDO } from "../preferences";
import { fill, LANGUAGES, w } from "../words";
import { close } from "./dialog";

export function Settings({ desk }: { desk: Desk }): JSX.Element {
  const { theme, language, undo, sound, notify } = desk.preferences;
  return (
    <>
      <label>
        {w.theme}
        <select value={theme} onChange={(event) => void desk.prefer({ theme: event.currentTarget.value as Theme })}>
          {THEMES.map((name) => (
            <option key={name} value={name}>
              {w.themes[name]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {w.language}
        <select value={language} onChange={(event) => void desk.prefer({ language: event.currentTarget.value })}>
          {Object.entries(LANGUAGES).map(([key, name]) => (
            <option key={key} value={key} lang={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {w.undoFor}
        <select value={undo} onChange={(event) => void desk.prefer({ undo: Number(event.currentTarget.value) })}>
          {UNDO.map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds ? fill(w.undoSeconds, { seconds }) : w.undoNever}
            </option>
          ))}
        </select>
      </label>
      <label class="radio">
        <input type="checkbox" checked={sound} onChange={(event) => void desk.prefer({ sound: event.currentTarget.checked })} />{" "}
        {w.sound}
      </label>
      <label class="radio">
        <input type="checkbox" checked={notify} onChange={(event) => void allow(desk, event.currentTarget)} /> {w.notifications}
      </label>
      {notify && desk.alerts.areBlocked && <p class="notice">{w.notificationsBlocked}</p>}
      <p class="buttons">
        <button onClick={close}>{w.close}</button>
      </p>
    </>
  );
}

async function allow(desk: Desk, box: HTMLInputElement): Promise<void> {
  if (box.checked) await desk.alerts.ask();
  await desk.prefer({ notify: box.checked });
}
