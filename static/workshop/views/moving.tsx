// Articles that move in, after a look at what would come, and all of them out again.
import type { JSX } from "preact";
import { addressOf, type Arrivals } from "../api";
import type { Workshop } from "../model";
import type { Moving } from "../moving";
import { fill, w } from "../words";

export function MovingRoom({ workshop, moving }: { workshop: Workshop; moving: Moving }): JSX.Element {
  const isBusy = moving.sent !== null;
  return (
    <section class="room" aria-label={w.rooms.moving}>
      <h2>{w.bringTitle}</h2>
      <p>{w.bringHow}</p>
      <div class="acts" onDragOver={(event) => event.preventDefault()} onDrop={(event) => dropped(event, moving)}>
        <Chooser label={w.chooseFiles} moving={moving} isBusy={isBusy} />
        <Chooser label={w.chooseFolder} moving={moving} isBusy={isBusy} isFolder />
      </div>
      <div role="status">{isBusy && <Progress share={moving.sent!} />}</div>
      {moving.problem && (
        <p class="problem" role="alert">
          {moving.problem}
        </p>
      )}
      {moving.seen && <Seen workshop={workshop} moving={moving} seen={moving.seen} isBusy={isBusy} />}
      <h2>{w.exportTitle}</h2>
      <p>{w.exportHow}</p>
      <p>
        <a class="button" href={addressOf(workshop.workspace, "/export")} download>
          {w.exportAll}
        </a>
      </p>
    </section>
  );
}

function Chooser(props: { label: string; moving: Moving; isBusy: boolean; isFolder?: boolean }): JSX.Element {
  const { label, moving, isBusy, isFolder } = props;
  return (
    <label class="button">
      {label}
      <input
        class="hidden"
        type="file"
        multiple
        disabled={isBusy}
        {...(isFolder ? { webkitdirectory: true } : { accept: ".zip,.md,.markdown,.html,.htm,.json,.png,.jpg,.jpeg,.webp,.gif,.pdf" })}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          void moving.choose(files);
        }}
      />
    </label>
  );
}

function dropped(event: DragEvent, moving: Moving): void {
  event.preventDefault();
  void moving.choose([...(event.dataTransfer?.files ?? [])]);
}

/** The way to the server is measured; how long it reads is not known. */
function Progress({ share }: { share: number }): JSX.Element {
  const said = share < 1 ? w.sendingFiles : w.readingFiles;
  return (
    <label class="progress">
      {said} <progress aria-label={said} {...(share < 1 && { value: share })} />
    </label>
  );
}

function Seen(props: { workshop: Workshop; moving: Moving; seen: Arrivals; isBusy: boolean }): JSX.Element {
  const { workshop, moving, seen, isBusy } = props;
  const counts = { count: seen.coming, left: seen.articles.length - seen.coming, unread: seen.unread.length };
  return (
    <>
      <p role="status">
        <b>{fill(moving.isBrought ? w.came : w.wouldCome, counts)}</b>
      </p>
      <div class="acts">
        {!moving.isBrought && seen.coming > 0 && (
          <button class="primary" disabled={isBusy} onClick={() => void moving.bring()}>
            {fill(w.bring, counts)}
          </button>
        )}
        {moving.isBrought && (
          <a href={workshop.to("articles")} onClick={() => workshop.filter({ state: "drafts", query: "", language: "", owner: "" })}>
            {w.seeDrafts}
          </a>
        )}
      </div>
      {seen.articles.length > 0 && (
        <div class="scrolls" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{w.article}</th>
                <th scope="col">{w.from}</th>
                <th scope="col">{w.comesAs}</th>
                <th scope="col">{w.remarks}</th>
              </tr>
            </thead>
            <tbody>
              {seen.articles.map(({ slug, title, source, fate, language, pictures, remarks }) => (
                <tr key={slug}>
                  <th scope="row">
                    {moving.isBrought && fate === "draft" ? <a href={workshop.to("articles", slug)}>{title}</a> : title}
                    <small> {slug}</small>
                  </th>
                  <td>{source}</td>
                  <td>
                    {w.fates[fate] ?? fate}
                    {language !== "en" && ` · ${w.languages[language]}`}
                  </td>
                  <td>{[...(pictures ? [fill(w.pictures, { count: pictures })] : []), ...remarks].join("; ")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {seen.unread.length > 0 && (
        <>
          <h2>{w.notRead}</h2>
          <ul class="listed">
            {seen.unread.map(({ source, why }) => (
              <li key={source}>
                <b>{source}</b> {why}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
