// The page behind the link of a mail: takes the token out of the address at once, turns it into a session for that one
// conversation, and opens the chat with it.
import type { Answer } from "../shared/wire";
import { language, w } from "./words";

interface Followed {
  token: string;
  conversation: string;
}

const workspace = decodeURIComponent(location.pathname.split("/").pop() ?? "");
const link = location.hash.slice(1);
// Nobody who looks at the screen, the history or a bookmark has it after this.
history.replaceState(null, "", location.pathname);

const place = document.querySelector("main")!;
/** This tab's conversation, for when the page is loaded again. */
const REMEMBERED = `slabot:talk:${workspace}`;

document.documentElement.lang = language;
document.title = w.title;
void start();
// A link that is opened while this page is shown changes nothing but what stands behind `#`.
addEventListener("hashchange", () => location.hash.length > 1 && location.reload());

async function start(): Promise<void> {
  if (!link) {
    const known = sessionStorage.getItem(REMEMBERED);
    return known ? chat(known) : say(w.goneTitle, w.gone, w.write, () => chat(null));
  }
  say(w.opening, "");
  let answer: Answer<Followed>;
  try {
    const response = await fetch(`/api/workspaces/${encodeURIComponent(workspace)}/links`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: link }),
    });
    answer = (await response.json()) as Answer<Followed>;
  } catch {
    return say(w.offlineTitle, w.offline, w.tryAgain, () => void start());
  }
  if (answer.ok) {
    const { token, conversation } = answer;
    localStorage.setItem(`slabot:${shelf(conversation)}:token`, token);
    sessionStorage.setItem(REMEMBERED, conversation);
    return chat(conversation);
  }
  if (answer.error.code === "link_expired") say(w.expiredTitle, w.expired, w.write, () => chat(null));
  else if (answer.error.code === "not_found") say(w.brokenTitle, w.broken, w.write, () => chat(null));
  else say(w.offlineTitle, w.offline, w.tryAgain, () => void start());
}

/** Each conversation has its own, so that words that wait for one are never sent into another. */
function shelf(conversation: string): string {
  return `${workspace}:${conversation}`;
}

/** Null: a new talk, as on any other page. */
function chat(conversation: string | null): void {
  const script = document.createElement("script");
  script.src = "/widget.js";
  script.dataset.workspace = workspace;
  script.dataset.locale = language;
  if (conversation) script.dataset.shelf = shelf(conversation);
  script.onload = () => slabot.open();
  document.head.append(script);
  say(w.title, w.here, w.again, () => slabot.open());
}

function say(title: string, words: string, act?: string, does?: () => void): void {
  const heading = document.createElement("h1");
  heading.textContent = title;
  const text = document.createElement("p");
  text.textContent = words;
  place.replaceChildren(heading, text);
  if (!act || !does) return;
  const button = document.createElement("button");
  button.textContent = act;
  button.onclick = does;
  place.append(button);
}
