// The language of the workshop: the one chosen at the desk, else the browser's.
import { type Loaders, wordsOf } from "../../desk/words/page";
import english, { type Words } from "./en";

export { fill } from "../../desk/words";

const LOADERS: Loaders<Words> = {
  de: () => import("./de"),
  es: () => import("./es"),
  fr: () => import("./fr"),
};

/** What the workshop says now; views read it each time they draw. */
export let w: Words = english;
/** For dates. */
export let language = "en";

export async function speak(locale: string): Promise<void> {
  [w, language] = await wordsOf(locale, english, LOADERS);
  document.title = w.page;
}
