// The frame of every dialog: a name, the keyboard inside, Escape to leave.
import type { ComponentChildren, JSX } from "preact";
import type { Desk } from "../model";
import { w } from "../words";

export function Dialog(props: { desk: Desk; title: string; isWide?: boolean; children: ComponentChildren }): JSX.Element {
  const { desk, title, isWide, children } = props;
  const name = desk.dialog;
  return (
    <dialog
      aria-label={title}
      class={isWide ? "wide" : ""}
      ref={(dialog) => void (dialog && !dialog.open && dialog.showModal())}
      onClose={() => desk.dialog === name && desk.show(null)}
    >
      <h2>{title}</h2>
      {children}
    </dialog>
  );
}

export const close = (event: Event) => (event.currentTarget as HTMLElement).closest("dialog")?.close();

/** The values of a form by the names of its fields. */
export function values(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(new FormData(form)) as Record<string, string>;
}

/** The act and the way out. */
export function Buttons({ does }: { does: string }): JSX.Element {
  return (
    <p class="buttons">
      <button class="primary">{does}</button>{" "}
      <button type="button" class="plain" onClick={close}>
        {w.cancel}
      </button>
    </p>
  );
}
