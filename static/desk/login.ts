// The login page: e-mail and password go to the server once, the session comes back as a cookie.
import type { Answer } from "../shared/wire";

const form = document.querySelector("form")!;
const problem = document.querySelector<HTMLElement>("[role=alert]")!;

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
    problem.textContent = "The server did not answer. Check the line and try again.";
  }
  button.disabled = false;
  form.querySelector<HTMLInputElement>("[name=password]")!.select();
});
