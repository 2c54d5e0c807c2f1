// Everything by keyboard: what each key does, and the list that `?` shows.
import type { Desk } from "./model";

interface Key {
  key: string;
  does: string;
  run(desk: Desk): unknown;
}

const focus = (selector: string) => queueMicrotask(() => document.querySelector<HTMLElement>(selector)?.focus());

export const KEYS: Key[] = [
  { key: "j", does: "Next conversation", run: (desk) => desk.move(1) },
  { key: "k", does: "Previous conversation", run: (desk) => desk.move(-1) },
  { key: "Enter", does: "Open it", run: (desk) => void desk.open(desk.cursor) },
  { key: "c", does: "Claim", run: (desk) => desk.row && !desk.isMine && desk.claim() },
  { key: "r", does: "Write a reply", run: (desk) => (desk.write({ isNote: false }), focus("#words")) },
  { key: "n", does: "Write a note", run: (desk) => (desk.write({ isNote: true }), focus("#words")) },
  { key: "e", does: "Resolve", run: (desk) => desk.opened?.ticket && desk.show("resolve") },
  { key: "s", does: "Change severity", run: (desk) => desk.opened?.ticket && desk.show("severity") },
  { key: "t", does: "Pass on", run: (desk) => desk.opened?.ticket && desk.show("transfer") },
  { key: "o", does: "Take what is offered", run: (desk) => desk.takeOffer() },
  { key: "b", does: "Live board, for leads", run: (desk) => desk.floor.leads && desk.floor.openBoard() },
  { key: "/", does: "Find", run: () => focus("#find") },
  { key: "?", does: "This list", run: (desk) => desk.show("keys") },
];

/** Keys that work inside the composer. */
export const COMPOSER_KEYS: [string, string][] = [
  ["Ctrl Enter", "Send"],
  ["Esc", "Leave the box; what you wrote stays"],
];

export function listen(desk: Desk): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.key === "Escape" && target.matches("textarea, input")) return target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || desk.dialog) return;
    if (target.matches("textarea, input, select")) return;
    if (event.key === "Enter" && target.matches("button, a, summary")) return;
    const key = KEYS.find((known) => known.key === event.key);
    if (!key) return;
    event.preventDefault();
    key.run(desk);
  });
}
