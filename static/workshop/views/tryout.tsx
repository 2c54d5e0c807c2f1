// A question as a visitor would type it: which article wins, why, and what the bot would say.
import type { JSX } from "preact";
import { Paragraphs } from "../../shared/paragraphs";
import type { Tried } from "../api";
import type { Workshop } from "../model";

const VERDICTS = {
  answer: "The bot is sure enough to answer straight away.",
  ask: "The bot is not sure and asks which article is meant.",
  nothing: "The bot finds nothing worth naming and offers a person.",
};

export function TryOut({ workshop }: { workshop: Workshop }): JSX.Element {
  const { tried } = workshop;
  return (
    <section class="room" aria-label="Try a question">
      <form
        class="tools"
        onSubmit={(event) => {
          event.preventDefault();
          const text = String(new FormData(event.currentTarget).get("text")).trim();
          if (text) void workshop.tryOut(text);
        }}
      >
        <input name="text" type="search" required aria-label="Question" placeholder="Ask as a visitor would" value={workshop.asked} />
        <button class="primary">Ask</button>
      </form>
      {tried ? <Outcome workshop={workshop} tried={tried} /> : <p class="empty">Nothing you ask here is stored or counted.</p>}
    </section>
  );
}

function Outcome({ workshop, tried }: { workshop: Workshop; tried: Tried }): JSX.Element {
  return (
    <>
      <h2>The bot would say</h2>
      {tried.replies.map((reply, at) => (
        <blockquote key={at}>
          <Paragraphs text={reply} />
        </blockquote>
      ))}
      <p class="soft">Action: {tried.action || "none"}</p>
      <h2>What the search found</h2>
      <p>
        {VERDICTS[tried.verdict]} Evidence for the first {tried.evidence.toFixed(1)}; it answers from{" "}
        {tried.answers_from.toFixed(1)} on.
      </p>
      <div class="scrolls" tabIndex={0}><table>
        <thead>
          <tr>
            <th scope="col">Article</th>
            <th scope="col" class="number">Chance</th>
            <th scope="col">Because of</th>
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
