// The language of the desk: English is always here, the others are loaded when somebody reads them.
import english, { type Words } from "./en";

const LOADERS: Record<string, () => Promise<{ default: Words }>> = {
  de: () => import("./de"),
  es: () => import("./es"),
  fr: () => import("./fr"),
};

/** By its own name, as somebody finds it who reads nothing else. */
export const LANGUAGES: Record<string, string> = { en: "English", de: "Deutsch", es: "Español", fr: "Français" };

/** What the desk says now; views read it each time they draw. */
export let w: Words = english;
/** For dates and names of days. */
export let language = "en";

/** The first part of a tag like `de-AT` that the desk speaks; otherwise English. */
export function spoken(locale: string): string {
  const first = locale.slice(0, 2).toLowerCase();
  return first in LANGUAGES ? first : "en";
}

export async function speak(next: string): Promise<void> {
  const loaded = LOADERS[next] ? (await LOADERS[next]()).default : english;
  w = loaded;
  language = next in LANGUAGES ? next : "en";
  document.documentElement.lang = language;
}

/** `fill("waits in {queue}", { queue })`; doubled braces stand for themselves. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{\{([^{}]*)\}\}|\{(\w+)\}/g, (_, literal?: string, name?: string) =>
    literal === undefined ? String(values[name!] ?? "") : `{${literal}}`,
  );
}
