// What floats above the page: a question before an act, a secret that is shown once, the list of keys.
import type { JSX } from "preact";
import { w as d } from "../../desk/words";
import { close, Modal } from "../../shared/modal";
import { KEYS } from "../keys";
import type { Administration } from "../model";
import { w } from "../words";

export function FloatingOne({ admin }: { admin: Administration }): JSX.Element | null {
  const { floating } = admin;
  if (!floating) return null;
  const left = () => admin.floating === floating && admin.float(null);
  if (floating.kind === "keys") {
    return (
      <Modal key="keys" title={d.keys} left={left}>
        <dl class="keys">
          {KEYS.map(({ key, does }) => [
            <dt key={`${key} key`}>
              <kbd>{key}</kbd>
            </dt>,
            <dd key={`${key} does`}>{does()}</dd>,
          ])}
        </dl>
        <p class="buttons">
          <button onClick={close}>{d.close}</button>
        </p>
      </Modal>
    );
  }
  if (floating.kind === "secret") {
    return (
      <Modal key="secret" title={floating.title} left={left}>
        <p>{floating.words}</p>
        <code class="secret" tabIndex={0}>
          {floating.secret}
        </code>
        <p class="buttons">
          <button class="primary" autoFocus onClick={(event) => void copied(event.currentTarget, floating.secret)}>
            {w.copy}
          </button>
          <button onClick={close}>{d.close}</button>
        </p>
      </Modal>
    );
  }
  const run = async () => {
    admin.float(null);
    await floating.run();
  };
  return (
    <Modal key={floating.title} title={floating.title} left={left}>
      <p>{floating.words}</p>
      <p class="buttons">
        <button class="primary" onClick={() => void run()}>
          {floating.does}
        </button>
        <button class="plain" autoFocus onClick={close}>
          {d.cancel}
        </button>
      </p>
    </Modal>
  );
}

async function copied(button: HTMLButtonElement, secret: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(secret);
    button.textContent = w.copied;
  } catch {
    // A browser that keeps pages from the clipboard: the secret can be marked and copied by hand.
    getSelection()?.selectAllChildren(button.closest("dialog")!.querySelector(".secret")!);
  }
}
