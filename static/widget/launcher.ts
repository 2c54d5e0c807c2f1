// The first thing on a host page: a real button, drawn once the workspace's corner and colour are known, that brings
// the chat code on the first interest (hover, focus, click). Anything asked of it before that is kept and done then.
import type { ChatHandle, Mount, Settings, Vouching } from "./chat";
import type { WidgetInfo } from "../shared/wire";
import { accents } from "../shared/accent";

declare const CHAT_FILES: string[];

type Listener = (detail: unknown) => void;
const LABEL: Record<string, string> = { en: "Chat with", de: "Chat mit", es: "Chat con", fr: "Discuter avec" };
const SHEET = `
:host{all:initial;position:fixed;z-index:2147483000;inset:auto 20px 20px auto;color-scheme:light dark;
margin:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}
:host([data-corner*=top]){inset-block:20px auto}:host([data-corner*=left]){inset-inline:20px auto}
.launch{all:unset;box-sizing:border-box;display:grid;place-items:center;width:56px;height:56px;border-radius:50%;cursor:pointer;
background:light-dark(var(--accent-light,#30343c),var(--accent-dark,#d5d9e2));color:light-dark(#fff,#14161a);
box-shadow:0 1px 2px rgb(10 14 30/.14),0 6px 20px rgb(10 14 30/.22);transition:transform .12s}
.launch:hover{transform:scale(1.05)}.launch:active{transform:scale(.97)}
.launch:focus-visible{outline:3px solid light-dark(#14161a,#fff);outline-offset:3px}
.launch[aria-busy=true] svg{opacity:.55}
.launch path+path,.launch[aria-expanded=true] path{display:none}.launch[aria-expanded=true] path+path{display:block}
.count{position:absolute;inset:-4px -4px auto auto;min-width:20px;box-sizing:border-box;padding:0 5px;border-radius:10px;
font:600 12px/20px system-ui,sans-serif;text-align:center;background:#c62f24;color:#fff}.count[hidden]{display:none}
@media(prefers-reduced-motion:reduce){.launch{transition:none}}
@media(forced-colors:active){.launch{border:2px solid ButtonText}}
@media print{:host{display:none}}`;
const DRAWING =
  "M5 6.5C5 5.1 6.1 4 7.5 4h9C17.9 4 19 5.1 19 6.5v6c0 1.4-1.1 2.5-2.5 2.5H11l-4.5 4v-4.2C5.6 14.4 5 13.5 5 12.5Z";
/** Shown while the chat is open: the button closes it. */
const FOLD = "m6 10 6 6 6-6";

const script = document.currentScript as HTMLScriptElement;
const origin = new URL(script.src).origin;
const { workspace = "", locale, accent, corner } = script.dataset;
/** Where this talk is kept in the browser. */
const shelf = script.dataset.shelf ?? workspace;
const settings: Settings = {
  locale: locale || document.documentElement.lang || navigator.language,
  zone: "", // Known with the first interest: to ask the browser for it blocks a slow phone for a fifth of a second.
  page: location.href.split(/[?#]/)[0] ?? "",
};

const listeners = new Map<string, Set<Listener>>();
const tell = (name: string, detail: unknown) => listeners.get(name)?.forEach((listener) => listener(detail));

const host = document.createElement("div");
host.dataset.slabot = workspace;
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(SHEET);
root.adoptedStyleSheets = [sheet];

const button = document.createElement("button");
button.className = "launch";
button.type = "button";
button.setAttribute("aria-haspopup", "dialog");
button.setAttribute("aria-expanded", "false");
const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
const shape = {
  width: 26,
  height: 26,
  viewBox: "0 0 24 24",
  fill: "none",
  stroke: "currentColor",
  "stroke-width": 1.9,
  "stroke-linejoin": "round",
  "stroke-linecap": "round",
  "aria-hidden": true,
};
for (const [name, value] of Object.entries(shape)) svg.setAttribute(name, String(value));
for (const drawing of [DRAWING, FOLD]) {
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", drawing);
  svg.append(path);
}
const count = document.createElement("span");
count.className = "count";
count.hidden = true;
button.append(svg, count);
// The chat stands before it, also when a page opens the chat before the button is shown.
root.append(button);

let name = workspace;
let chat: Promise<ChatHandle> | undefined;
const label = (unread = 0) => {
  count.hidden = !unread;
  count.textContent = String(unread);
  button.setAttribute(
    "aria-label",
    `${LABEL[settings.locale.slice(0, 2)] ?? LABEL.en} ${name}${unread ? ` (${unread})` : ""}`,
  );
};

const query = () => `?locale=${encodeURIComponent(settings.locale)}&zone=${encodeURIComponent(settings.zone)}`;
const fetchInfo = async (headers?: Record<string, string>): Promise<WidgetInfo> => {
  const answer = await fetch(`${origin}/api/widget/${encodeURIComponent(workspace)}${query()}`, {
    credentials: "omit",
    headers: headers ?? {},
  });
  const info = await answer.json();
  if (!answer.ok) throw info.error.fields;
  return info;
};

const start = async (): Promise<ChatHandle> => {
  const files = Promise.all(CHAT_FILES.map((file) => import(`${origin}/${file}`)));
  settings.zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const first = fetchInfo();
  first.catch(() => 0);
  const [module] = (await files) as { mount: Mount }[];
  return module!.mount({ origin, workspace, shelf, root, button, settings, first, fetchInfo, label, tell });
};
const load = (): Promise<ChatHandle> =>
  (chat ??= start()
    .catch((error) => {
      chat = undefined;
      button.removeAttribute("aria-busy");
      console.error("slabot: the chat could not be loaded from", origin, error);
      throw error;
    }));
const withChat = (what: (chat: ChatHandle) => void) => void load().then(what, () => undefined);

const show = (info?: Partial<WidgetInfo>) => {
  if (host.isConnected) return;
  const shades = accents(accent ?? info?.brand?.accent ?? "#30343c");
  host.style.setProperty("--accent-light", shades.light);
  host.style.setProperty("--accent-dark", shades.dark);
  host.dataset.corner = corner ?? info?.brand?.corner ?? "bottom-right";
  name = info?.name ?? name;
  label();
  (document.body ?? document.documentElement).append(host);
  try {
    // A talk is under way: its replies are shown on the button.
    if (localStorage.getItem(`slabot:${shelf}:token`)) withChat(() => undefined);
  } catch {
    // No storage here: nothing can be under way.
  }
};
// Whom the page has not vouched for yet is told name and colour alone, with the refusal.
fetchInfo().then(show, (face?: Partial<WidgetInfo>) => show(face?.brand && face));

button.addEventListener("pointerenter", () => withChat(() => undefined));
button.addEventListener("focus", () => withChat(() => undefined));
button.addEventListener("click", () => {
  button.setAttribute("aria-busy", "true");
  withChat((loaded) => {
    button.removeAttribute("aria-busy");
    loaded.toggle();
  });
});

const api = {
  open: () => withChat((loaded) => loaded.open()),
  close: () => chat && withChat((loaded) => loaded.close()),
  identify: (who: { token: Vouching } | null) => {
    settings.identity = who && who.token;
    if (chat) withChat((loaded) => loaded.identify());
  },
  set: (changes: Partial<Pick<Settings, "locale" | "page">> & { theme?: "light" | "dark" | "auto" }) => {
    const { theme, ...rest } = changes;
    Object.assign(settings, rest);
    if (theme) host.style.colorScheme = theme === "auto" ? "" : theme;
    if (chat) withChat((loaded) => loaded.set(rest));
  },
  on: (event: "unread" | "opened" | "closed" | "identity", listener: Listener) => {
    if (!listeners.has(event)) listeners.set(event, new Set());
    listeners.get(event)!.add(listener);
    return () => listeners.get(event)!.delete(listener);
  },
};
export type Slabot = typeof api & { widgets: Record<string, typeof api> };

// Several widgets on a page: the first answers to `slabot.open()`, each to `slabot.widgets[workspace]`.
const page = window as unknown as { slabot?: Slabot };
(page.slabot ??= { ...api, widgets: {} }).widgets[workspace] = api;
