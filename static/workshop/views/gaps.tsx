// Questions that no article answered, those that mean the same together, and what they became.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Group } from "../api";
import type { Workshop } from "../model";

const GAPS: Record<string, string> = {
  unanswered: "unanswered",
  asked_back: "asked back",
  not_helped: "did not help",
  rated_badly: "rated badly",
};

export function Gaps({ workshop }: { workshop: Workshop }): JSX.Element {
  const { groups } = workshop;
  return (
    <section class="room" aria-label="Gaps">
      {groups?.map((group) => <Asked key={group.questions[0]!.conversation + group.questions[0]!.seq} workshop={workshop} group={group} />)}
      {groups && !groups.length && <p class="empty">No question of the last three months went without a good answer.</p>}
      {!groups && !workshop.problem && <p class="empty">Putting questions together…</p>}
    </section>
  );
}

function Asked({ workshop, group }: { workshop: Workshop; group: Group }): JSX.Element {
  const [first, ...rest] = group.questions;
  const why = Object.entries(group.gaps).map(([gap, count]) => `${count} ${GAPS[gap] ?? gap}`);
  return (
    <article class="gap">
      <div>
        <h2>{first!.text}</h2>
        <p class="soft">
          {group.visitors} {group.visitors === 1 ? "visitor" : "visitors"} · {why.join(", ")} · last {dayAndTime(first!.at)}
          {group.tickets.length > 0 && <> · became {group.tickets.join(", ")}</>}
          {group.slug && (
            <>
              {" "}
              · got <a href={workshop.to("articles", group.slug)}>{group.slug}</a>
            </>
          )}
        </p>
        {rest.length > 0 && (
          <details>
            <summary>{rest.length} more in other words</summary>
            <ul>
              {rest.map(({ text, conversation, seq }) => (
                <li key={conversation + seq}>{text}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <button onClick={() => void workshop.draftFrom(group)}>Draft an article</button>
    </article>
  );
}
