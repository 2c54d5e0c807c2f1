// The rooms of a page as a row of links; where the row is too long for the screen, the one that is open is in sight.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface RoomLink {
  href: string;
  words: string;
  isOpen: boolean;
}

export function Rooms({ label, rooms, children }: { label: string; rooms: RoomLink[]; children?: ComponentChildren }): JSX.Element {
  const row = useRef<HTMLElement>(null);
  const open = rooms.find(({ isOpen }) => isOpen)?.href;
  useEffect(() => row.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }), [open]);
  return (
    <nav aria-label={label} ref={row}>
      {rooms.map(({ href, words, isOpen }) => (
        <a key={href} href={href} aria-current={isOpen ? "page" : undefined}>
          {words}
        </a>
      ))}
      {children}
    </nav>
  );
}
