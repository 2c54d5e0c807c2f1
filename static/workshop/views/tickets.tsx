// Tickets by their numbers, each a link that finds it at the desk.
import { Fragment, type JSX } from "preact";

export function Tickets({ numbers }: { numbers: string[] }): JSX.Element {
  return (
    <>
      {numbers.map((number, place) => (
        <Fragment key={number}>
          {place > 0 && ", "}
          <a href={`/desk#${number}`}>
            {number}
          </a>
        </Fragment>
      ))}
    </>
  );
}
