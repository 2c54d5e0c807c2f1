// The browser's tab: its title counts what is owed and marks what is unread, its icon says both where the title is cut off.
import { w } from "./words";

const BUBBLE = "<path d='M6 9c0-2 1-3 3-3h14c2 0 3 1 3 3v10c0 2-1 3-3 3h-8l-6 5v-5c-2 0-3-1-3-3Z' fill='#3b5bdb'/>";
/** Owed is a ring; with something unread it is filled. */
const RING = "<circle cx='24' cy='8' r='6' fill='#fff' stroke='#c62f24' stroke-width='3'/>";
const DOT = "<circle cx='24' cy='8' r='7.5' fill='#c62f24'/>";

export class Tab {
  private told = "";

  constructor(private readonly icon: HTMLLinkElement) {}

  tell(owed: number, hasUnread: boolean): void {
    const title = `${hasUnread ? "• " : ""}${owed ? `(${owed}) ` : ""}${w.desk}`;
    if (title === this.told) return;
    this.told = document.title = title;
    const mark = hasUnread ? DOT : owed ? RING : "";
    const drawn = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>${BUBBLE}${mark}</svg>`;
    this.icon.href = `data:image/svg+xml,${encodeURIComponent(drawn)}`;
  }
}
