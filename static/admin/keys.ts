// The keys of the administration: its rooms by number, the search, something new, and the list of keys.
import { w as d } from "../desk/words";
import { type Administration, ROOMS } from "./model";
import { w } from "./words";

interface Key {
  key: string;
  does(): string;
  run(admin: Administration): unknown;
}

export const KEYS: Key[] = [
  ...ROOMS.map((room, i) => ({
    key: String(i + 1),
    does: () => d.adminRooms[room],
    run: (admin: Administration) => (location.hash = admin.to(room)),
  })),
  { key: "/", does: () => w.keyFind, run: () => document.querySelector<HTMLElement>("[type=search]")?.focus() },
  { key: "n", does: () => w.keyNew, run: () => document.querySelector<HTMLElement>("[data-new]")?.click() },
  { key: "?", does: () => d.keys, run: (admin) => admin.float({ kind: "keys" }) },
];

export function listen(admin: Administration): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    const isTyping = target.matches("textarea, select, input:not([type=checkbox])");
    if (document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping) return void (event.key === "Escape" && target.blur());
    const known = KEYS.find(({ key }) => key === event.key);
    if (!known) return;
    event.preventDefault();
    known.run(admin);
  });
}
