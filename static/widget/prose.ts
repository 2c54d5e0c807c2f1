// An article's HTML as this page can show it: what the server serves is fetched from there, not from the host page.
const OWN = /( (?:src|href)=")(\/kb\/)/g;
const PICTURE = /<img [^>]*>/g;

export function shown(html: string, origin: string): string {
  return html.replace(OWN, `$1${origin}$2`);
}

/** What a reader of the plain words misses. */
export function pictures(html: string): string {
  return (html.match(PICTURE) ?? []).join("");
}
