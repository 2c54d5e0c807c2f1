// How a page of the desk's house (administration, workshop) comes to its words: its own and, along with them, the desk's.
import { speak, spoken } from ".";

export type Loaders<Words> = Record<string, () => Promise<{ default: Words }>>;

/** The language spoken for a tag like `de-AT`, and the page's words in it. */
export async function wordsOf<Words>(locale: string, english: Words, loaders: Loaders<Words>): Promise<[Words, string]> {
  const language = spoken(locale);
  const [loaded] = await Promise.all([loaders[language]?.(), speak(language)]);
  return [loaded?.default ?? english, language];
}
