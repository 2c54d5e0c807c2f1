// Which browser and device this is, read only after the visitor said yes; fetched then, and never before.
import type { Device } from "../shared/wire";

interface Brands {
  brands: { brand: string; version: string }[];
  platform: string;
  getHighEntropyValues?(hints: string[]): Promise<{ platformVersion?: string }>;
}

/** The name a policy may list, and the sign of it in a user agent; who claims to be others as well comes first. */
const BROWSERS: [string, RegExp][] = [
  ["Edge", /\bEdg(?:e|A|iOS)?\/([\d.]+)/],
  ["Opera", /\bOPR\/([\d.]+)/],
  ["Samsung Internet", /\bSamsungBrowser\/([\d.]+)/],
  ["Firefox", /\b(?:Firefox|FxiOS)\/([\d.]+)/],
  ["Chrome", /\b(?:Chrome|HeadlessChrome|CriOS)\/([\d.]+)/],
  ["Safari", /\bVersion\/([\d.]+).*\bSafari\//],
];
const SYSTEMS: [string, RegExp][] = [
  ["iOS", /\b(?:iPhone|iPod).*? OS ([\d_]+)/],
  ["iPadOS", /\biPad.*? OS ([\d_]+)/],
  ["Android", /\bAndroid ([\d.]+)?/],
  ["ChromeOS", /\bCrOS\b/],
  ["Windows", /\bWindows NT ([\d.]+)/],
  ["macOS", /\bMac OS X ([\d_.]+)?/],
  ["Linux", /\bLinux\b/],
];

/** Browser and system as a user agent tells them; what it hides (the year's exact system) stays out. */
export function parsed(agent: string, touches = 0): { browser: string; version: string; system: string } {
  const [browser, version] = first(BROWSERS, agent);
  const [name, number] = first(SYSTEMS, agent);
  // An iPad that asks for desktop pages says that it is a Mac; no Mac has a touch screen.
  if (name === "macOS") return { browser, version, system: touches > 1 ? "iPadOS" : "macOS" };
  // Windows 11 calls itself 10.0 here, every later one too.
  const shown = name === "Windows" ? "" : number.replaceAll("_", ".");
  return { browser, version, system: `${name} ${shown}`.trim() };
}

function first(known: [string, RegExp][], agent: string): [string, string] {
  for (const [name, sign] of known) {
    const found = sign.exec(agent);
    if (found) return [name, short(found[1] ?? "")];
  }
  return ["", ""];
}

/** `17.4`, and `126` for what has nothing but zeros after it. */
const short = (version: string) => version.split(/[._]/).slice(0, 2).join(".").replace(/\.0$/, "");

export async function device(page: string, zone: string, stores: boolean): Promise<Device> {
  const { userAgent, maxTouchPoints, language, cookieEnabled } = navigator;
  const { browser, version, system } = parsed(userAgent, maxTouchPoints);
  const hints = (navigator as { userAgentData?: Brands }).userAgentData;
  return {
    browser,
    version,
    system: (await exactly(system, hints)) || system,
    screen: `${screen.width}×${screen.height}`,
    viewport: `${innerWidth}×${innerHeight}`,
    language,
    zone,
    page,
    cookies_blocked: !cookieEnabled,
    storage_blocked: !stores,
    third_party_blocked: await isKeptOut(),
  };
}

/** Windows and macOS by the version that only these hints have; empty where the browser gives none. */
async function exactly(system: string, hints?: Brands): Promise<string> {
  if (system !== "Windows" && system !== "macOS") return "";
  const told = await hints?.getHighEntropyValues?.(["platformVersion"]).catch(() => null);
  const version = told?.platformVersion ?? "";
  const major = Number.parseInt(version, 10);
  if (!major) return "";
  if (system === "macOS") return `macOS ${short(version)}`;
  return `Windows ${major >= 13 ? 11 : 10}`;
}

/** Only a page within another one's frame can be kept from its own cookies; null where that is not known. */
async function isKeptOut(): Promise<boolean | null> {
  if (window.top === window || !document.hasStorageAccess) return null;
  return document.hasStorageAccess().then(
    (has) => !has,
    () => null,
  );
}
