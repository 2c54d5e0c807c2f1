// The tags of a conversation: each to be removed, one more with Enter.
import type { JSX } from "preact";
import { Icon } from "../../shared/icons";
import type { Desk } from "../model";
import { fill, w } from "../words";

export function Tags({ desk }: { desk: Desk }): JSX.Element | null {
  const { row } = desk;
  if (!row) return null;
  const known = [...new Set([...desk.rows.values()].flatMap(({ tags }) => tags))].sort();
  return (
    <section>
      <h2>{w.tags}</h2>
      {row.tags.length > 0 && (
        <ul class="chips">
          {row.tags.map((tag) => (
            <li key={tag} class="chip">
              {tag}
              <button class="plain" aria-label={fill(w.removeTag, { tag })} onClick={() => void desk.tag([], [tag])}>
                <Icon name="close" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const box = event.currentTarget.elements.namedItem("tag") as HTMLInputElement;
          const tag = box.value.trim();
          box.value = "";
          if (tag) void desk.tag([tag]);
        }}
      >
        <input id="tag" name="tag" list="known-tags" maxLength={40} aria-label={w.addTag} placeholder={w.addTag} autoComplete="off" />
        <datalist id="known-tags">
          {known.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </form>
    </section>
  );
}
