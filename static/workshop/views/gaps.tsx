// Questions that no article answered, those that mean the same together, and what they became.
import type { JSX } from "preact";
import { dayAndTime } from "../../shared/times";
import type { Group } from "../api";
import type { Workshop } from "../model";
import { fill, language, w } from "../words";
import { Tickets } from "./tickets";

export function Gaps({ workshop }: { workshop: Workshop }): JSX.Element {
  const { groups } = workshop;
  return (
    <section class="room" aria-label={w.rooms.gaps}>
      {groups?.map((group) => <Asked key={group.questions[0]!.conversation + group.questions[0]!.seq} workshop={workshop} group={group} />)}
      {groups && !groups.length && <p class="empty">{w.gapsEmpty}</p>}
      {!groups && !workshop.problem && <p class="empty">{w.gathering}</p>}
    </section>
  );
}

function Asked({ workshop, group }: { workshop: Workshop; group: Group }): JSX.Element {
  const [first, ...rest] = group.questions;
  const why = Object.entries(group.gaps).map(([gap, count]) => `${count} ${w.gaps[gap] ?? gap}`);
  return (
    <article class="gap">
      <div>
        <h2>{first!.text}</h2>
        <p class="soft">
          {group.visitors === 1 ? w.oneVisitor : fill(w.visitors, { count: group.visitors })} · {why.join(", ")} ·{" "}
          {fill(w.last, { time: dayAndTime(first!.at, undefined, language) })}
          {group.tickets.length > 0 && (
            <>
              {" "}
              · {w.became} <Tickets numbers={group.tickets} />
            </>
          )}
          {group.slug && (
            <>
              {" "}
              · {w.got} <a href={workshop.to("articles", group.slug)}>{group.slug}</a>
            </>
          )}
        </p>
        {rest.length > 0 && (
          <details>
            <summary>{fill(w.inOtherWords, { count: rest.length })}</summary>
            <ul>
              {rest.map(({ text, conversation, seq }) => (
                <li key={conversation + seq}>{text}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <button onClick={() => void workshop.draftFrom(group)}>{w.draftArticle}</button>
    </article>
  );
}
