// The choice of a time: a few offers, and one of the agent's own.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { w } from "../words";
import { asLocal, chosen, offers } from "./times";

/** `none`: the words of the choice that names no time, which is the first. */
export function When({ legend, none }: { legend: string; none: string }): JSX.Element {
  const [own, setOwn] = useState(false);
  const now = new Date();
  return (
    <>
      <fieldset onChange={(event) => setOwn((event.target as HTMLInputElement).value === "own")}>
        <legend>{legend}</legend>
        <label class="radio">
          <input type="radio" name="when" value="" defaultChecked autoFocus /> {none}
        </label>
        {offers(now).map(({ words, at }) => (
          <label class="radio" key={words}>
            <input type="radio" name="when" value={at.toISOString()} /> {words}
          </label>
        ))}
        <label class="radio">
          <input type="radio" name="when" value="own" /> {w.at}
        </label>
      </fieldset>
      {own && (
        <label>
          {w.time}
          <input
            type="datetime-local"
            name="own"
            required
            min={asLocal(now)}
            defaultValue={asLocal(new Date(now.getTime() + 3_600_000))}
          />
        </label>
      )}
    </>
  );
}

/** The instant that was chosen, null for none; undefined where it has passed, which the field then says. */
export function instantOf(form: HTMLFormElement): string | null | undefined {
  const { when, own } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  if (when !== "own") return when || null;
  const at = chosen(own ?? "", new Date());
  const field = form.elements.namedItem("own") as HTMLInputElement;
  field.setCustomValidity(at ? "" : w.timePassed);
  field.reportValidity();
  return at ? at.toISOString() : undefined;
}
