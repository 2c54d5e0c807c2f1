// Plain words as they were meant: paragraphs at line breaks, lists where lines begin with a bullet. Never HTML.
import type { ComponentChildren, JSX } from "preact";

const BULLET = "• ";

/** `drawn` makes of each line what stands on the page: addresses to tap, or the words alone. */
export function Paragraphs({
  text,
  drawn = (line) => line,
}: {
  text: string;
  drawn?: (line: string) => ComponentChildren;
}): JSX.Element {
  const blocks: JSX.Element[] = [];
  let items: JSX.Element[] = [];
  const close = () => {
    if (items.length) blocks.push(<ul key={blocks.length}>{items}</ul>);
    items = [];
  };
  for (const line of text.split("\n")) {
    if (line.startsWith(BULLET)) items.push(<li key={items.length}>{drawn(line.slice(BULLET.length))}</li>);
    else {
      close();
      if (line.trim()) blocks.push(<p key={blocks.length}>{drawn(line)}</p>);
    }
  }
  close();
  return <div class="text">{blocks}</div>;
}
