// The language of the workshop: the one chosen at the desk, else the browser's; English is always here.
import english, { type Words } from "./en";

export { fill } from "../../desk/words";

const LOADERS: Record<string, () => Promise<{ default: Words }>> = {
  de: () => import("./de"),
  es: () => import("./es"),
  fr: () => import("./fr"),
};

/** What the workshop says now; views read it each time they draw. */
export let w: Words = english;
/** For dates. */
export let language = "en";

export async function speak(locale: string): Promise<void> {
  const first = locale.slice(0, 2).toLowerCase();
  const load = LOADERS[first];
  w = load ? (await load()).default : english;
  language = load ? first : "en";
  document.documentElement.lang = language;
  document.title = w.page;
}
