// Every act of the desk once: its name, its key, when it can be done. Keys, their list and the palette are made of it.
import type { Desk } from "./model";
import type { Words } from "./words/en";

export interface Verb {
  name: keyof Words["verbs"];
  key?: string;
  /** Held together with Ctrl or ⌘; works while something is typed as well. */
  withCtrl?: boolean;
  can?(desk: Desk): boolean;
  run(desk: Desk): unknown;
}

/** After the next drawing: a dialog that is being left keeps everything outside it from the focus until then. */
const focus = (selector: string) => requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
const hasOne = (desk: Desk) => Boolean(desk.row);
const isOpen = (desk: Desk) => desk.row?.status === "waiting" || desk.row?.status === "held";
const hasOpenTicket = (desk: Desk) => Boolean(desk.opened?.ticket) && isOpen(desk);

export const VERBS: Verb[] = [
  { name: "next", key: "j", run: (desk) => desk.move(1) },
  { name: "previous", key: "k", run: (desk) => desk.move(-1) },
  { name: "open", key: "Enter", can: (desk) => Boolean(desk.cursor), run: (desk) => void desk.open(desk.cursor) },
  { name: "claim", key: "c", can: (desk) => hasOne(desk) && !desk.isMine, run: (desk) => desk.claim() },
  { name: "reply", key: "r", can: hasOne, run: (desk) => (desk.writing.write({ isNote: false }), focus("#words")) },
  { name: "note", key: "n", can: hasOne, run: (desk) => (desk.writing.write({ isNote: true }), focus("#words")) },
  { name: "preview", key: "p", can: hasOne, run: (desk) => desk.preview(!desk.isPreviewing) },
  { name: "resolve", key: "e", can: hasOpenTicket, run: (desk) => desk.show("resolve") },
  { name: "severity", key: "s", can: hasOpenTicket, run: (desk) => desk.show("severity") },
  { name: "transfer", key: "t", can: hasOpenTicket, run: (desk) => desk.show("transfer") },
  { name: "merge", key: "m", can: (desk) => hasOne(desk) && desk.row?.status !== "resolved", run: (desk) => desk.beginMerge() },
  { name: "offer", key: "o", can: (desk) => Boolean(desk.floor.offer), run: (desk) => void desk.takeOffer() },
  { name: "release", key: "u", can: (desk) => desk.isMine, run: (desk) => void desk.release() },
  { name: "wait", key: "w", can: hasOpenTicket, run: (desk) => desk.show("wait") },
  { name: "stopWaiting", can: (desk) => Boolean(desk.row?.is_paused), run: (desk) => void desk.waitEnded() },
  { name: "aside", key: "h", can: isOpen, run: (desk) => desk.show("aside") },
  { name: "back", can: (desk) => Boolean(desk.row?.is_snoozed), run: (desk) => void desk.bringBack() },
  { name: "tag", key: "l", can: hasOne, run: (desk) => (desk.showContext(true), focus("#tag")) },
  { name: "board", key: "b", can: (desk) => Boolean(desk.floor.leads), run: (desk) => desk.floor.openBoard() },
  { name: "views", key: "v", run: (desk) => desk.show("views") },
  { name: "canned", run: (desk) => desk.show("canned") },
  { name: "admin", can: (desk) => desk.agent.role === "admin", run: () => location.assign("/desk/admin") },
  { name: "settings", key: ",", run: (desk) => desk.show("settings") },
  { name: "logOut", run: (desk) => void desk.logOut() },
  { name: "find", key: "/", run: () => focus("#find") },
  { name: "palette", key: "k", withCtrl: true, run: (desk) => desk.show("palette") },
  { name: "keys", key: "?", run: (desk) => desk.show("keys") },
];

/** As it is read on a key cap. */
export function keyName({ key, withCtrl }: Verb): string {
  return withCtrl ? `Ctrl ${key?.toUpperCase()}` : (key ?? "");
}

export function canDo(verb: Verb, desk: Desk): boolean {
  return verb.can?.(desk) ?? true;
}

export function listen(desk: Desk): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    const isTyping = target.matches("textarea, input, select") && !target.closest("dialog");
    // A dialog that was just closed is told of a moment later; the next key may come before.
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && isTyping && !event.defaultPrevented) return target.blur();
    const withCtrl = event.ctrlKey || event.metaKey;
    if (event.altKey || (isTyping && !withCtrl)) return;
    if (event.key === "Enter" && target.matches("button, a, summary")) return;
    const verb = VERBS.find((known) => known.key === event.key && Boolean(known.withCtrl) === withCtrl);
    if (!verb) return;
    event.preventDefault();
    if (canDo(verb, desk)) verb.run(desk);
  });
}
