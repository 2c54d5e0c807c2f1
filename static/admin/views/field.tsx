// One field of a form with its name, and what is wrong with it beside it.
import type { ComponentChildren, JSX } from "preact";

interface Props {
  name: string;
  label: string;
  hint?: string | undefined;
  wrong: Record<string, string>;
  children: (described: { id: string; name: string; "aria-invalid"?: true; "aria-describedby"?: string }) => JSX.Element;
}

export function Field({ name, label, hint, wrong, children }: Props): JSX.Element {
  const why = wrong[name];
  const described = [hint && `${name}-hint`, why && `${name}-wrong`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {children({ id: name, name, ...(why && { "aria-invalid": true as const }), ...(described && { "aria-describedby": described }) })}
      <Beside name={name} hint={hint} why={why} />
    </div>
  );
}

/** Boxes of which none means all. */
export function Choices(props: {
  name: string;
  label: string;
  hint: string;
  wrong: Record<string, string>;
  all: [string, string][];
  has(value: string): boolean;
}): JSX.Element {
  const { name, label, hint, wrong, all, has } = props;
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      <div class="choices">
        {all.map(([value, words]) => (
          <label key={value}>
            <input type="checkbox" name={name} value={value} defaultChecked={has(value)} /> {words}
          </label>
        ))}
      </div>
      <Beside name={name} hint={hint} why={wrong[name]} />
    </fieldset>
  );
}

function Beside({ name, hint, why }: { name: string; hint?: ComponentChildren; why: string | undefined }): JSX.Element {
  return (
    <>
      {hint && <small id={`${name}-hint`}>{hint}</small>}
      {why && (
        <p class="wrong" id={`${name}-wrong`} role="alert">
          {why}
        </p>
      )}
    </>
  );
}

/** To the first field that is wrong, once it is drawn. */
export function focusWrong(wrong: Record<string, string>): void {
  const [first] = Object.keys(wrong);
  if (first) focusOn(first);
}

/** To the field of this name, once it is drawn. */
export function focusOn(name: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[name="${name}"]`)?.focus());
}
