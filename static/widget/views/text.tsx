// Plain words with the addresses in them made to tap; never interpreted as HTML.
import type { ComponentChildren } from "preact";

const ADDRESS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/;

export function linked(text: string): ComponentChildren[] {
  return text.split(ADDRESS).map((part, i) => {
    if (i % 2 === 0) return part;
    return part.includes("://") ? (
      <a href={part} target="_blank" rel="noopener noreferrer">
        {part}
      </a>
    ) : (
      <a href={`mailto:${part}`}>{part}</a>
    );
  });
}
