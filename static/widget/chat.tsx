// The chat code: mounted by the launcher into its shadow root on the first interest.
import { render } from "preact";
import type { WidgetInfo } from "../shared/wire";
import { Model } from "./model";
import { loadWords, spoken } from "./words/index";
import { Window } from "./views/window";
import css from "./widget.css";

export type Vouching = string | (() => string | null | Promise<string | null>);
export interface Settings {
  locale: string;
  zone: string;
  page: string;
  /** The host page's token or a function that fetches one; null: logged out; undefined: it says nothing. */
  identity?: Vouching | null;
}
export interface MountOptions {
  origin: string;
  workspace: string;
  /** Name of the talk's place in the browser's storage. */
  shelf: string;
  root: ShadowRoot;
  button: HTMLButtonElement;
  settings: Settings;
  /** The workspace's facts as the launcher already asked for them. */
  first: Promise<WidgetInfo>;
  fetchInfo(headers?: Record<string, string>): Promise<WidgetInfo>;
  label(unread: number): void;
  tell(name: string, detail: unknown): void;
}
export interface ChatHandle {
  open(): void;
  close(): void;
  toggle(): void;
  identify(): void;
  set(changes: Partial<Settings>): void;
}
export type Mount = (options: MountOptions) => Promise<ChatHandle>;

export const mount: Mount = async (options) => {
  const { root, button } = options;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const place = document.createElement("div");
  root.insertBefore(place, button);

  let isQueued = false;
  const draw = () => {
    if (isQueued) return;
    isQueued = true;
    queueMicrotask(() => {
      isQueued = false;
      const hadFocus = place.contains(root.activeElement);
      render(model.isOpen ? <Window model={model} close={close} /> : null, place);
      // What had the focus may be gone with its view: then it goes to the heading of an article, else to the box.
      if (hadFocus && model.isOpen && !place.contains(root.activeElement)) focusFirst();
    });
  };
  const focusFirst = () => place.querySelector<HTMLElement>("h2[tabindex], textarea")?.focus();
  // On phones the on-screen keyboard covers the page, and some push the page up: the window keeps to what is in view.
  const viewport = window.visualViewport;
  const fit = () => {
    if (viewport?.scale !== 1) return; // Pinched larger: somebody looks closer, and the window stays as it is.
    place.style.setProperty("--shown", `${viewport.height}px`);
    place.style.setProperty("--above", `${viewport.offsetTop}px`);
  };
  for (const change of ["resize", "scroll"]) viewport?.addEventListener(change, fit);
  const model = new Model(options, draw);
  await model.start();

  const open = () => {
    if (model.isOpen) return;
    model.show();
    button.setAttribute("aria-expanded", "true");
    queueMicrotask(focusFirst);
  };
  const close = () => {
    if (!model.isOpen) return;
    model.hide();
    button.setAttribute("aria-expanded", "false");
    button.focus();
  };
  return {
    open,
    close,
    toggle: () => (model.isOpen ? close() : open()),
    identify: () => model.identify(),
    set: async ({ locale }) => {
      if (!locale) return;
      model.language = spoken(locale);
      model.words = await loadWords(model.language);
      await model.refresh();
      draw();
    },
  };
};
