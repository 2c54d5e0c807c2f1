// The agents' console: draws the model whenever it changes and tells the browser's tab what is owed.
import { render } from "preact";
import { accents } from "../shared/accent";
import { listen } from "./verbs";
import { Desk } from "./model";
import { w } from "./words";
import { Screen } from "./views/screen";

const place = document.getElementById("desk")!;
const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]")!;
const shades = accents("#3b5bdb");
document.documentElement.style.setProperty("--accent-light", shades.light);
document.documentElement.style.setProperty("--accent-dark", shades.dark);

let isQueued = false;
const desk: Desk = new Desk(() => {
  if (isQueued) return;
  isQueued = true;
  requestAnimationFrame(() => {
    isQueued = false;
    if (!desk.agent) return;
    if (desk.hasLoaded) showAsked();
    render(<Screen desk={desk} />, place);
    const owed = desk.owed;
    document.title = owed ? `(${owed}) ${w.desk}` : w.desk;
    const dot = owed ? "<circle cx='24' cy='8' r='7' fill='#c62f24'/>" : "";
    icon.href = `data:image/svg+xml,${encodeURIComponent(`<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><path d='M6 9c0-2 1-3 3-3h14c2 0 3 1 3 3v10c0 2-1 3-3 3h-8l-6 5v-5c-2 0-3-1-3-3Z' fill='#3b5bdb'/>${dot}</svg>`)}`;
  });
});
/** `/desk?show=canned` opens the canned replies, once what they are about is there. */
function showAsked(): void {
  if (new URLSearchParams(location.search).get("show") !== "canned") return;
  history.replaceState(null, "", `/desk${location.hash}`);
  desk.show("canned");
}
listen(desk);
// `/desk#HES-12` looks for that: so do the workshop's links to tickets.
const sought = () => desk.look({ query: location.hash.slice(1) });
addEventListener("hashchange", sought);
if (location.hash) sought();
desk.start().catch(() => {
  place.textContent = w.noServer;
});
