// Picks the language and loads it; only that one travels.
import type { Words } from "./en";

const LOADERS: Record<string, () => Promise<{ default: Words }>> = {
  en: () => import("./en"),
  de: () => import("./de"),
  es: () => import("./es"),
  fr: () => import("./fr"),
};

/** The first part of a tag like `de-AT` that we speak; otherwise English. */
export function spoken(locale: string): string {
  const language = locale.slice(0, 2).toLowerCase();
  return language in LOADERS ? language : "en";
}

export async function loadWords(language: string): Promise<Words> {
  return (await (LOADERS[language] ?? LOADERS.en)!()).default;
}

/** `fill("reply by {time}", { time })` */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
