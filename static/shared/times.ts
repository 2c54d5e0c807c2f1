// How instants and spans are written, the same in widget and desk: `Mon 9 Mar, 11:30 Halifax (15:30 your time)`.

const formats = new Map<string, Intl.DateTimeFormat>();

interface Civil {
  day: string;
  clock: string;
}

/** The civil date and time of an instant in a zone; an unknown zone falls back to the reader's own. */
function civil(at: Date, zone: string | undefined, locale: string): Civil {
  const key = `${locale} ${zone}`;
  let format = formats.get(key);
  if (!format) {
    const fields = {
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    } as const;
    const options = zone ? { ...fields, timeZone: zone } : fields;
    try {
      format = new Intl.DateTimeFormat(locale === "en" ? "en-US" : locale, options);
    } catch {
      format = new Intl.DateTimeFormat("en-US", fields);
    }
    formats.set(key, format);
  }
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = value.replace(".", "");
  return { day: `${part.weekday} ${part.day} ${part.month}`, clock: `${part.hour}:${part.minute}` };
}

/** `Mon 9 Mar, 11:30` in one zone. */
export function dayAndTime(at: string | Date, zone?: string, locale = "en"): string {
  const { day, clock } = civil(new Date(at), zone, locale);
  return `${day}, ${clock}`;
}

export function clockTime(at: string | Date, zone?: string, locale = "en"): string {
  return civil(new Date(at), zone, locale).clock;
}

export function dayOf(at: string | Date, zone?: string, locale = "en"): string {
  return civil(new Date(at), zone, locale).day;
}

export interface Zones {
  /** The desk's IANA zone and its name in the document ("Halifax"). */
  desk: string;
  deskWords: string;
  mine?: string;
  /** "{time} your time" in the reader's language. */
  yours: string;
  locale?: string;
}

/** The desk's time with the reader's beside it; the day is repeated only where it differs; one time where both agree. */
export function bothTimes(at: string | Date, zones: Zones): string {
  const instant = new Date(at);
  const desk = civil(instant, zones.desk, zones.locale ?? "en");
  const mine = civil(instant, zones.mine, zones.locale ?? "en");
  const there = `${desk.day}, ${desk.clock} ${zones.deskWords}`;
  if (desk.day === mine.day && desk.clock === mine.clock) return there;
  const here = desk.day === mine.day ? mine.clock : `${mine.day}, ${mine.clock}`;
  return `${there} (${zones.yours.replace("{time}", here)})`;
}

/** A span of open time as a badge shows it: `2 h 10 m`, `18 m`, `−35 m`; days only where the hours stop being readable. */
export function span(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const sign = seconds < 0 ? "−" : "";
  const hours = Math.floor(minutes / 60);
  if (hours >= 100) return `${sign}${hours} h`;
  if (hours > 0) return `${sign}${hours} h${minutes % 60 ? ` ${minutes % 60} m` : ""}`;
  return `${sign}${minutes} m`;
}

export interface Opening {
  open_now: boolean;
  /** When the desk opens or closes next; null: never. */
  next_change: string | null;
}

/** Open seconds that are left at `now` of what was left at `since`: they run only while the desk is open. */
export function leftNow(left: number, opening: Opening, since: number, now: number): number {
  const change = opening.next_change ? Date.parse(opening.next_change) : Infinity;
  const ran = opening.open_now ? Math.min(now, change) - since : now - Math.max(since, change);
  return left - Math.max(0, ran) / 1000;
}
