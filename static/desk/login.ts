// The login page: e-mail and password go to the server once, the session comes back as a cookie.
import type { Answer } from "../shared/wire";
import { kept } from "./preferences";
import { speak, w } from "./words";

const form = document.querySelector("form")!;
const problem = document.querySelector<HTMLElement>("[role=alert]")!;

void speak(kept().language).then(() => {
  const words: Record<string, string> = { desk: w.desk, ...w.login };
  document.title = w.login.title;
  for (const place of document.querySelectorAll<HTMLElement>("[data-words]")) {
    place.textContent = words[place.dataset.words!] ?? "";
  }
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button")!;
  button.disabled = true;
  problem.textContent = "";
  try {
    const { email, password } = Object.fromEntries(new FormData(form));
    const response = await fetch("/api/login", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    const answer = (await response.json()) as Answer<object>;
    if (answer.ok) return location.assign("/desk");
    problem.textContent = answer.error.message;
  } catch {
    problem.textContent = w.login.noAnswer;
  }
  button.disabled = false;
  form.querySelector<HTMLInputElement>("[name=password]")!.select();
});
