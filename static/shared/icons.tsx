// The handful of icons, drawn on a 20 px grid with one stroke width; they decorate, the name stands on the button.
import type { JSX } from "preact";

const PATHS = {
  back: "M12 5 7 10l5 5",
  close: "m5.5 5.5 9 9m0-9-9 9",
  send: "M10 16V4.5M5 9.5l5-5 5 5",
  person: "M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5.5 6.5a5.5 5.5 0 0 1 11 0",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-10.5V10l2.5 1.5",
  down: "m6 8 4 4 4-4",
  phone:
    "M7.3 3.5H4.5c-.6 0-1 .5-1 1C3.8 11 9 16.2 15.5 16.5c.5 0 1-.4 1-1v-2.8l-3.3-1.2-1.4 1.6a9.5 9.5 0 0 1-4.9-4.9l1.6-1.4Z",
  mail: "M3.5 5h13v10h-13Zm0 .5L10 11l6.5-5.5",
  page: "M5.5 3h6l3.5 3.5V17h-9.5Zm5.5 0v4h4M8 10.5h4.5M8 13.5h4.5",
  ticket: "M3.5 6h13v2.5a1.5 1.5 0 0 0 0 3V14h-13v-2.5a1.5 1.5 0 0 0 0-3Zm8.5.5v7",
  alert: "M10 3.5 17.5 16.5h-15Zm0 4.5v4m0 2.3v.2",
  insert: "M3.5 5.5h13M3.5 10h7M3.5 14.5h7m4-5.5v7m-3.5-3.5h7",
  aside: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm-2.5-9.5h5l-5 5h5",
  tag: "M3.5 4.5h6l7 7-5 5-7-7Zm3.5 3.5v.1",
  gear: "M4 6.5h12M4 13.5h12M7.5 4.5v4m5 3v4",
  more: "M4.3 10h.6m4.8 0h.6m4.8 0h.6",
  clip: "m15.5 9.5-5.6 5.6a3.4 3.4 0 0 1-4.8-4.8l6-6a2.3 2.3 0 0 1 3.2 3.2l-5.9 6a1.1 1.1 0 0 1-1.6-1.6l5.2-5.3",
  camera: "M3.5 6.5h3l1.3-2h4.4l1.3 2h3v9h-13Zm6.5 6.7a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  search: "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11Zm4-1.5 3.5 3.5",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path d={PATHS[name]} stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
