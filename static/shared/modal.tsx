// The frame of every dialog: a name, the keyboard inside, Escape to leave.
import type { ComponentChildren, JSX } from "preact";

interface Props {
  title: string;
  isWide?: boolean;
  left(): void;
  children: ComponentChildren;
}

export function Modal({ title, isWide, left, children }: Props): JSX.Element {
  return (
    <dialog
      aria-label={title}
      class={isWide ? "wide" : ""}
      ref={(dialog) => void (dialog && !dialog.open && dialog.showModal())}
      onClose={left}
    >
      <h2>{title}</h2>
      {children}
    </dialog>
  );
}

export const close = (event: Event) => (event.currentTarget as HTMLElement).closest("dialog")?.close();
