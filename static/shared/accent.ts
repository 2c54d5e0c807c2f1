// A customer's accent colour, moved towards black or white until text on it and it on the page can be read (AA).

type Rgb = [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** The grounds of both themes on which an accent is hardest to read: fields and cards, not the page itself. */
const LIGHT: Rgb = [240, 242, 247];
const DARK: Rgb = [42, 46, 54];
const READABLE = 4.6;

function parse(hex: string): Rgb | null {
  const match = /^#?([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(hex);
  return match && ([1, 2, 3].map((i) => parseInt(match[i] ?? "", 16)) as Rgb);
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4)) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: string, b: string): number {
  return between(parse(a) ?? BLACK, parse(b) ?? WHITE);
}

function between(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function mixed(rgb: Rgb, towards: Rgb, share: number): Rgb {
  return rgb.map((v, i) => Math.round(v + ((towards[i] ?? 0) - v) * share)) as Rgb;
}

function readableOn(rgb: Rgb, ground: Rgb, towards: Rgb): Rgb {
  let share = 0;
  while (between(mixed(rgb, towards, share), ground) < READABLE && share < 1) share += 0.04;
  return mixed(rgb, towards, share);
}

const hex = (rgb: Rgb) => "#" + rgb.map((v) => v.toString(16).padStart(2, "0")).join("");

/** The accent for both themes; white text stands on `light`, dark text on `dark`. Not a colour: the default blue. */
export function accents(colour: string): { light: string; dark: string } {
  const rgb = parse(colour) ?? [59, 91, 219];
  return { light: hex(readableOn(rgb, LIGHT, BLACK)), dark: hex(readableOn(rgb, DARK, WHITE)) };
}
