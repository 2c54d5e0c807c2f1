// The views of one's own: the list as it stands under a name, and what they are called.
import type { JSX } from "preact";
import type { SavedView } from "../../shared/wire";
import type { Desk } from "../model";
import type { Showing } from "../saved";
import { fill, w } from "../words";
import { values } from "./dialog";

export function SavedViews({ desk }: { desk: Desk }): JSX.Element {
  const { saved } = desk;
  const known = saved.like(desk.showing);
  return (
    <>
      {known ? (
        <p class="soft">{fill(w.savedAlready, { name: known.name })}</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const form = event.currentTarget;
            void saved.add(values(form).name ?? "", desk.showing).then((is) => is && form.reset());
          }}
        >
          <label>
            {w.savedName}
            <input name="name" required maxLength={60} autoFocus defaultValue={desk.query.trim()} />
          </label>
          <p class="soft">{described(desk.showing)}</p>
          <p class="buttons">
            <button class="primary">{w.save}</button>
          </p>
        </form>
      )}
      {saved.problem && (
        <p class="problem" role="alert">
          {saved.problem}
        </p>
      )}
      {saved.views.length > 0 && (
        <>
          <h3>{w.savedViews}</h3>
          <ul class="saved">
            {saved.views.map((view) => (
              <One key={view.id} desk={desk} view={view} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function One({ desk, view }: { desk: Desk; view: SavedView }): JSX.Element {
  return (
    <li>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void desk.saved.rename(view, values(event.currentTarget).name ?? "");
        }}
      >
        <input name="name" required maxLength={60} aria-label={fill(w.savedRename, { name: view.name })} defaultValue={view.name} />
        <button>{w.rename}</button>
        <button
          type="button"
          class="plain"
          aria-label={fill(w.savedRemove, { name: view.name })}
          onClick={() => void desk.saved.drop(view)}
        >
          {w.remove}
        </button>
      </form>
      <small>{described(view)}</small>
    </li>
  );
}

function described({ view, words, order }: Showing): string {
  const what = words.trim() ? fill(w.savedSearch, { words: words.trim() }) : w.views[view];
  return `${what}, ${(order === "due" ? w.byDue : w.bySeverity).toLowerCase()}`;
}
