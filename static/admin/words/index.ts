// The language of the administration: the one chosen at the desk, else the browser's; the desk's words come along.
import { speak as speakAtDesk, spoken } from "../../desk/words";
import english, { type Words } from "./en";

const LOADERS: Record<string, () => Promise<{ default: Words }>> = {
  de: () => import("./de"),
  es: () => import("./es"),
  fr: () => import("./fr"),
};

/** What the administration says now; views read it each time they draw. */
export let w: Words = english;
/** For dates. */
export let language = "en";

export async function speak(locale: string): Promise<void> {
  language = spoken(locale);
  const [loaded] = await Promise.all([LOADERS[language]?.(), speakAtDesk(language)]);
  w = loaded?.default ?? english;
}
