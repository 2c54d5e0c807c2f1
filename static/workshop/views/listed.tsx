// A list that is written as text: on the screen every keystroke as it was made, in the form what it lists.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";

interface Props {
  of: string[];
  /** What stands between two of them; in several lines with `rows`. */
  between: string;
  rows?: number;
  write(list: string[]): void;
}

export function Listed({ of, between, rows, write }: Props): JSX.Element {
  // No state: drawing it by itself, before the form has the list, would put the old text back.
  const typed = useRef("");
  const listed = (text: string) => text.split(between.trim() || between).map((one) => one.trim()).filter(Boolean);
  const written = of.join(between);
  const field = {
    // Text that lists something else was left behind: the form has been filled from elsewhere since.
    value: listed(typed.current).join(between) === written ? typed.current : written,
    onInput: ({ currentTarget: { value } }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
      typed.current = value;
      write(listed(value));
    },
  };
  return rows ? <textarea rows={rows} {...field} /> : <input {...field} />;
}
