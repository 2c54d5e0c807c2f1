// The browser's storage for one talk; where it is forbidden (a sandboxed frame), memory that ends with the page.
import type { Shelf } from "./transport";

export function openShelf(name: string): Shelf {
  const prefix = `slabot:${name}:`;
  try {
    const storage = window.localStorage;
    storage.setItem(prefix + "?", "1");
    storage.removeItem(prefix + "?");
    return {
      lasts: true,
      read: (key) => storage.getItem(prefix + key),
      write: (key, value) => {
        if (value === null) storage.removeItem(prefix + key);
        else storage.setItem(prefix + key, value);
      },
    };
  } catch {
    const memory = new Map<string, string>();
    return {
      lasts: false,
      read: (key) => memory.get(key) ?? null,
      write: (key, value) => {
        if (value === null) memory.delete(key);
        else memory.set(key, value);
      },
    };
  }
}
