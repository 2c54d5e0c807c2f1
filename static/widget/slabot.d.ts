/** What a host page may ask of the widget; `window.slabot` is there once the script has run. */
interface SlabotWidget {
  /** Opens the window; loads the chat first if need be. */
  open(): void;
  /** Closes it; the talk goes on. */
  close(): void;
  /** Who is logged in on your page; null once they have logged out. See "Who is it". */
  identify(who: { token: string | (() => string | null | Promise<string | null>) } | null): void;
  /** Language, colours and page from now on. */
  set(changes: { locale?: string; theme?: "light" | "dark" | "auto"; page?: string }): void;
  /** Calls the listener each time; answers a function that ends it. */
  on(event: "unread", listener: (count: number) => void): () => void;
  on(event: "opened" | "closed", listener: () => void): () => void;
  on(event: "identity", listener: (why: string) => void): () => void;
}
declare const slabot: SlabotWidget & { widgets: Record<string, SlabotWidget> };
