// One field in a row of a table: the column names it, and what is wrong with it stands below.
import type { JSX } from "preact";

interface Props {
  name: string;
  label: string;
  hint?: string | undefined;
  wrong: Record<string, string>;
  children: (described: {
    id: string;
    name: string;
    "aria-label": string;
    "aria-invalid"?: true;
    "aria-describedby"?: string;
  }) => JSX.Element;
}

export function Cell({ name, label, hint, wrong, children }: Props): JSX.Element {
  const why = wrong[name];
  const described = [hint && `${name}-hint`, why && `${name}-wrong`].filter(Boolean).join(" ");
  return (
    <td data-label={label}>
      {children({
        id: name,
        name,
        "aria-label": label,
        ...(why && { "aria-invalid": true as const }),
        ...(described && { "aria-describedby": described }),
      })}
      {hint && <small id={`${name}-hint`}>{hint}</small>}
      {why && (
        <p class="wrong" id={`${name}-wrong`} role="alert">
          {why}
        </p>
      )}
    </td>
  );
}
