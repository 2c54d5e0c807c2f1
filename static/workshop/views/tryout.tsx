// A question as a visitor would type it: which article wins, why, and what the bot would say.
import type { JSX } from "preact";
import { Paragraphs } from "../../shared/paragraphs";
import type { Tried } from "../api";
import type { Workshop } from "../model";
import { fill, w } from "../words";

export function TryOut({ workshop }: { workshop: Workshop }): JSX.Element {
  const { tried } = workshop;
  return (
    <section class="room" aria-label={w.rooms.try}>
      <form
        class="tools"
        onSubmit={(event) => {
          event.preventDefault();
          const text = String(new FormData(event.currentTarget).get("text")).trim();
          if (text) void workshop.tryOut(text);
        }}
      >
        <input name="text" type="search" required aria-label={w.question} placeholder={w.askHint} defaultValue={workshop.asked} />
        <button class="primary">{w.ask}</button>
      </form>
      {tried ? <Outcome workshop={workshop} tried={tried} /> : <p class="empty">{w.notStored}</p>}
    </section>
  );
}

function Outcome({ workshop, tried }: { workshop: Workshop; tried: Tried }): JSX.Element {
  return (
    <>
      <h2>{w.botSays}</h2>
      {tried.replies.map((reply, at) => (
        <blockquote key={at}>
          <Paragraphs text={reply} />
        </blockquote>
      ))}
      <p class="soft">{fill(w.action, { action: tried.action || w.noAction })}</p>
      <h2>{w.found}</h2>
      <p>
        {w.verdicts[tried.verdict]}{" "}
        {fill(w.evidence, { evidence: tried.evidence.toFixed(1), bar: tried.answers_from.toFixed(1) })}
      </p>
      {tried.searched_for.length > 0 && <p class="soft">{fill(w.searchedFor, { words: tried.searched_for.join(", ") })}</p>}
      <div class="scrolls" tabIndex={0}><table>
        <thead>
          <tr>
            <th scope="col">{w.article}</th>
            <th scope="col" class="number">{w.chance}</th>
            <th scope="col">{w.because}</th>
          </tr>
        </thead>
        <tbody>
          {tried.candidates.map(({ slug, title, score, why }) => (
            <tr key={slug}>
              <th scope="row">
                <a href={workshop.to("articles", slug)}>{title}</a>
              </th>
              <td class="number">{Math.round(score * 100)} %</td>
              <td>{why.join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table></div>
    </>
  );
}
