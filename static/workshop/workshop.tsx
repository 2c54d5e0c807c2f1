// The editors' workshop: draws the model whenever it changes; the address after # says what is open.
import { render } from "preact";
import { kept, show, tongue } from "../desk/preferences";
import { accents } from "../shared/accent";
import { Workshop } from "./model";
import { Screen } from "./views/screen";
import { speak } from "./words";

const place = document.getElementById("workshop")!;
const shades = accents("#3b5bdb");
document.documentElement.style.setProperty("--accent-light", shades.light);
document.documentElement.style.setProperty("--accent-dark", shades.dark);

let isQueued = false;
const workshop: Workshop = new Workshop(() => {
  if (isQueued) return;
  isQueued = true;
  requestAnimationFrame(() => {
    isQueued = false;
    if (workshop.agent) render(<Screen workshop={workshop} />, place);
  });
});
addEventListener("hashchange", () => workshop.agent && void workshop.go());
addEventListener("beforeunload", (event) => workshop.sheet?.isUnsaved && event.preventDefault());
// As its owner set the desk.
show(kept());
speak(tongue())
  .then(() => workshop.start())
  .catch(() => {
  place.textContent = "The workshop cannot reach the server. Check the line and load the page again.";
});
