// The administrators' page: who is none gets a few words and none of its code.
import { render } from "preact";
import { kept, show, tongue } from "../desk/preferences";
import { accents } from "../shared/accent";
import { ask } from "../shared/ask";
import { Modest } from "./modest";
import type { Agent } from "../shared/wire";
import { speak, w } from "./words";

const place = document.getElementById("admin")!;
const shades = accents("#3b5bdb");
document.documentElement.style.setProperty("--accent-light", shades.light);
document.documentElement.style.setProperty("--accent-dark", shades.dark);
// As its owner set the desk.
show(kept());

async function begin(): Promise<void> {
  await speak(tongue());
  document.title = w.page;
  const answer = await ask<{ agent: Agent }>("/api/me", w.offline);
  if (answer.ok && answer.agent.role === "admin") {
    const { open } = await import("./office");
    open(place, answer.agent);
  } else if (answer.ok) {
    render(<Modest leads={answer.agent.role === "lead"} />, place);
  } else if (answer.error.code !== "login") {
    place.textContent = answer.error.message;
  }
}
begin().catch(() => {
  place.textContent = w.offline;
});
