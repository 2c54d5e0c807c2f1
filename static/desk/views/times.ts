// Times that an agent may choose for something to come back, in their own zone.
import { clockTime } from "../../shared/times";
import { fill, language, w } from "../words";

export interface Offer {
  words: string;
  at: Date;
}

const HOUR = 3_600_000;
const MORNING = 9;

function morning(now: Date, days: number): Date {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(MORNING, 0, 0, 0);
  return day;
}

/** An hour, three hours, tomorrow and next Monday at nine; nothing twice. */
export function offers(now: Date): Offer[] {
  const untilMonday = (8 - now.getDay()) % 7 || 7;
  const soon = [
    { template: w.inAnHour, at: new Date(now.getTime() + HOUR) },
    { template: w.inThreeHours, at: new Date(now.getTime() + 3 * HOUR) },
    { template: w.tomorrow, at: morning(now, 1) },
    ...(untilMonday > 1 ? [{ template: w.nextMonday, at: morning(now, untilMonday) }] : []),
  ];
  return soon.map(({ template, at }) => ({ words: fill(template, { time: clockTime(at, undefined, language) }), at }));
}

/** What a field `datetime-local` holds, as an instant; null for what is none or has passed. */
export function chosen(local: string, now: Date): Date | null {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) || at <= now ? null : at;
}

/** The instant as a field `datetime-local` takes it. */
export function asLocal(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
