// Three honest numbers, over time as a plot and beside it the table it is drawn from.
import type { JSX } from "preact";
import type { Numbers } from "../api";
import type { Workshop } from "../model";
import { fill, w } from "../words";
import { Tickets } from "./tickets";

const KINDS = ["solved", "asked_for_person", "left", "open"] as const;

export function NumbersRoom({ workshop }: { workshop: Workshop }): JSX.Element {
  const { numbers } = workshop;
  return (
    <section class="room" aria-label={w.rooms.numbers}>
      <div class="tools">
        <select
          aria-label={w.span}
          value={workshop.days}
          onChange={(event) => void workshop.look({ days: Number(event.currentTarget.value) })}
        >
          {[7, 30, 90, 365].map((days) => (
            <option key={days} value={days}>
              {fill(w.lastDays, { days })}
            </option>
          ))}
        </select>
        {workshop.measured ? (
          <button onClick={() => void workshop.look({ measured: "" })}>{w.allTogether}</button>
        ) : null}
        <p class="soft">{w.honest}</p>
      </div>
      {numbers && (numbers.articles.length ? <Table workshop={workshop} numbers={numbers} /> : <p class="empty">{w.noneShown}</p>)}
    </section>
  );
}

function Table({ workshop, numbers }: { workshop: Workshop; numbers: Numbers }): JSX.Element {
  return (
    <>
      <Plot days={everyDay(numbers.days, workshop.days)} />
      <div class="scrolls" tabIndex={0}><table>
        <thead>
          <tr>
            <th scope="col">{w.article}</th>
            <th scope="col" class="number">{w.shown}</th>
            <th scope="col" class="number">{w.kinds.solved}</th>
            <th scope="col" class="number">{w.kinds.asked_for_person}</th>
            <th scope="col" class="number">{w.kinds.left}</th>
            <th scope="col">{w.breached}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {numbers.articles
            .toSorted((a, b) => b.shown - a.shown)
            .map((one) => (
              <tr key={one.slug}>
                <th scope="row">
                  <a href={workshop.to("articles", one.slug)}>{one.title}</a>
                </th>
                <td class="number">{one.shown}</td>
                <td class="number">{one.solved}</td>
                <td class="number">{one.asked_for_person}</td>
                <td class="number">{one.left}</td>
                <td>
                  <Tickets numbers={one.breached} />
                </td>
                <td>
                  <button class="plain" onClick={() => void workshop.look({ measured: one.slug })}>
                    {w.plot}
                    <span class="hidden"> {one.title}</span>
                  </button>
                </td>
              </tr>
            ))}
        </tbody>
      </table></div>
    </>
  );
}

/** With the days on which nothing was shown, so that the plot's time runs evenly; never more bars than fit. */
function everyDay(days: Numbers["days"], span: number): Numbers["days"] {
  const known = new Map(days.map((day) => [day.day, day]));
  const last = Date.parse(days.at(-1)?.day ?? "");
  return Array.from({ length: Math.min(span, 90) }, (_, back) => new Date(last - back * 86_400_000).toISOString().slice(0, 10))
    .reverse()
    .map((day) => known.get(day) ?? { day, solved: 0, asked_for_person: 0, left: 0, open: 0 });
}

/** A bar a day, its parts stacked; the table by day beside it says the same in figures. */
function Plot({ days }: { days: Numbers["days"] }): JSX.Element {
  const total = (day: Numbers["days"][number]) => day.solved + day.asked_for_person + day.left + day.open;
  const most = Math.max(1, ...days.map(total));
  return (
    <div class="plot">
      <figure>
        <figcaption>
          {KINDS.map((kind) => (
            <span key={kind} class={`key ${kind}`}>
              {w.kinds[kind]}
            </span>
          ))}
        </figcaption>
        <div class="bars" aria-hidden="true">
          {days.map((day) => (
            <span key={day.day} class="bar-of-day" style={{ blockSize: `${(100 * total(day)) / most}%` }} title={day.day}>
              {KINDS.map((kind) => (day[kind] ? <i key={kind} class={kind} style={{ flexGrow: day[kind] }} /> : null))}
            </span>
          ))}
        </div>
      </figure>
      <details>
        <summary>{w.dayByDay}</summary>
        <div class="scrolls" tabIndex={0}><table>
          <thead>
            <tr>
              <th scope="col">{w.day}</th>
              {KINDS.map((kind) => (
                <th key={kind} scope="col" class="number">
                  {w.kinds[kind]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.filter(total).map((day) => (
              <tr key={day.day}>
                <th scope="row">{day.day}</th>
                {KINDS.map((kind) => (
                  <td key={kind} class="number">
                    {day[kind]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table></div>
      </details>
    </div>
  );
}
