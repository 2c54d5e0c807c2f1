// What one agent set for their own desk, kept in this browser.
import { spoken } from "./words";

export const THEMES = ["system", "light", "dark", "contrast"] as const;
export type Theme = (typeof THEMES)[number];
export const UNDO = [0, 5, 10, 20];

export interface Preferences {
  theme: Theme;
  language: string;
  /** Seconds that a reply is held before it goes. */
  undo: number;
  sound: boolean;
  notify: boolean;
}

const PLACE = "slabot.desk";

export function kept(): Preferences {
  const own = { theme: "system" as Theme, language: spoken(navigator.language), undo: 5, sound: false, notify: false };
  try {
    return { ...own, ...(JSON.parse(localStorage.getItem(PLACE) ?? "{}") as Partial<Preferences>) };
  } catch {
    return own;
  }
}

/** The language that was chosen in this browser, else the browser's own. */
export function tongue(): string {
  try {
    return (JSON.parse(localStorage.getItem(PLACE) ?? "{}") as Partial<Preferences>).language ?? navigator.language;
  } catch {
    return navigator.language;
  }
}

export function keep(preferences: Preferences): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(preferences));
  } catch {
    // A browser that keeps nothing: they hold until the page is closed.
  }
}

export function show({ theme }: Preferences): void {
  document.documentElement.dataset.theme = theme;
}
