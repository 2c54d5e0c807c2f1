// The rows of the list, however many: only those in sight are on the page, each knows its place among all.
import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Desk } from "../model";
import { line } from "./line";

/** Pixels of a row; the style sheet has the same. */
const HEIGHT = 60;
/** Rows beyond either edge, so that a quick turn of the wheel finds them there. */
const SPARE = 10;

export function Rows({ desk }: { desk: Desk }): JSX.Element {
  const rows = desk.shown;
  const now = Date.now();
  const box = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const [fits, setFits] = useState(20);
  const cursor = rows.findIndex(({ conversation }) => conversation === desk.cursor);

  const look = () => {
    const { scrollTop, clientHeight } = box.current!;
    setFirst(Math.floor(scrollTop / HEIGHT));
    setFits(Math.ceil(clientHeight / HEIGHT));
  };
  useLayoutEffect(() => {
    const watch = new ResizeObserver(look);
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (cursor < 0) return;
    const { scrollTop, clientHeight } = box.current!;
    const top = cursor * HEIGHT;
    if (top < scrollTop) box.current!.scrollTop = top;
    else if (top + HEIGHT > scrollTop + clientHeight) box.current!.scrollTop = top + HEIGHT - clientHeight;
    look();
    if (box.current!.contains(document.activeElement)) {
      box.current!.querySelector<HTMLElement>(".cursor")?.focus({ preventScroll: true });
    }
  }, [desk.cursor]);

  const from = Math.max(0, first - SPARE);
  const to = Math.min(rows.length, first + fits + SPARE);
  // The one that the keyboard is at stays, or focus would fall off the page when the wheel turns.
  const tabbed = Math.max(0, cursor);
  const places = new Set([...(rows.length ? [tabbed] : []), ...Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)]);
  return (
    <div class="rows" ref={box} onScroll={look}>
      <ul
        style={{ height: `${rows.length * HEIGHT}px` }}
        onKeyDown={(event) => {
          const step = stepOf(event.key, fits, rows.length);
          if (step === null || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          desk.move(step);
        }}
      >
        {[...places].sort((a, b) => a - b).map((place) => {
          const row = rows[place]!;
          return (
            <li
              key={row.conversation}
              aria-setsize={rows.length}
              aria-posinset={place + 1}
              style={{ top: `${place * HEIGHT}px` }}
            >
              {line(desk, row, now, place === tabbed)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function stepOf(key: string, page: number, all: number): number | null {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, End: all, Home: -all };
  return steps[key] ?? null;
}
