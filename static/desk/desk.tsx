// The agents' console: draws the model whenever it changes and tells the browser's tab what is owed.
import { render } from "preact";
import { accents } from "../shared/accent";
import { listen } from "./verbs";
import { Desk } from "./model";
import { Tab } from "./tab";
import { w } from "./words";
import { Screen } from "./views/screen";

const place = document.getElementById("desk")!;
const tab = new Tab(document.querySelector<HTMLLinkElement>("link[rel=icon]")!);
const shades = accents("#3b5bdb");
document.documentElement.style.setProperty("--accent-light", shades.light);
document.documentElement.style.setProperty("--accent-dark", shades.dark);

let isQueued = false;
const desk: Desk = new Desk(() => {
  // A page that nobody looks at is not drawn, and its tab is all that can tell.
  if (document.hidden) tellTab();
  if (isQueued) return;
  isQueued = true;
  requestAnimationFrame(() => {
    isQueued = false;
    if (!desk.agent) return;
    if (desk.hasLoaded) showAsked();
    render(<Screen desk={desk} />, place);
    tellTab();
  });
});
function tellTab(): void {
  if (desk.agent) tab.tell(desk.owed, desk.unread.size > 0);
}
document.addEventListener("visibilitychange", () => desk.see());
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
