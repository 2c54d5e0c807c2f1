// Opens the administration for an administrator: draws the model whenever it changes; the address says what is open.
import { render } from "preact";
import type { Agent } from "../shared/wire";
import { listen } from "./keys";
import { Administration } from "./model";
import { Screen } from "./views/screen";

export function open(place: HTMLElement, agent: Agent): void {
  let isQueued = false;
  const admin: Administration = new Administration(agent, () => {
    if (isQueued) return;
    isQueued = true;
    requestAnimationFrame(() => {
      isQueued = false;
      render(<Screen admin={admin} />, place);
    });
  });
  listen(admin);
  addEventListener("hashchange", () => void admin.go());
  void admin.go();
}
