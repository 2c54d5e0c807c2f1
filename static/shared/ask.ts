// The one way a page asks the server over REST: an answer in every case, also when the line is down.
import type { Answer } from "./wire";

/** `offline`: what is said when no answer came. A session that is over leads to the login. */
export async function ask<T>(
  address: string,
  offline: string,
  method = "GET",
  body?: object,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  try {
    const response = await fetch(address, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      ...(signal && { signal }),
    });
    if (response.status === 401) location.assign("/desk/login");
    return (await response.json()) as Answer<T>;
  } catch {
    return unanswered(offline);
  }
}

export function unanswered<T>(words: string): Answer<T> {
  return { ok: false, error: { code: "offline", message: words, fields: {} } } as Answer<T>;
}
