// The dialogs of the desk: which one is open stands in the model.
import type { ComponentChildren, JSX } from "preact";
import { close, Modal } from "../../shared/modal";
import type { Desk } from "../model";
import { w } from "../words";

export { close };

export function Dialog(props: { desk: Desk; title: string; isWide: boolean; children: ComponentChildren }): JSX.Element {
  const { desk, title, isWide, children } = props;
  const name = desk.dialog;
  return (
    <Modal title={title} isWide={isWide} left={() => desk.dialog === name && desk.show(null)}>
      {children}
    </Modal>
  );
}

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
