// Who the visitor is, as the host page says it: its token is asked for when the line is opened, and again when it ran out.
import type { Settings } from "./chat";
import type { Talk } from "./transport";

export class SignIn {
  /** The session that is to be ended at the server, after the page said that they logged out. */
  parting: string | null = null;

  /** Names the sign-in that the page gave last, and the one that the server took last. */
  private attempt = "";
  private taken = "";
  private hasAsked = false;

  constructor(
    private readonly workspace: string,
    private readonly settings: Settings,
    private readonly talk: Talk,
    private readonly id: () => string,
  ) {}

  /** The page speaks anew. */
  begin(): void {
    this.attempt = this.id();
    this.hasAsked = false;
  }

  /** The server let us in as who we say we are. */
  succeeded(): void {
    this.taken = this.attempt;
    this.hasAsked = false;
  }

  /** Whether it is worth trying once more after a refusal: with a fresh token, or as nobody in particular. */
  mayTryAgain(code: string): boolean {
    const { identity } = this.settings;
    const canChange = typeof identity === "function" || (!identity && this.talk.token);
    if (code !== "identity" || this.hasAsked || !canChange) return false;
    this.attempt = this.id();
    this.hasAsked = true;
    // Where the page says nothing, who was signed in is so no longer.
    if (!identity) this.talk.forget();
    return true;
  }

  /** What a connection says of itself. */
  async who(): Promise<object> {
    const { workspace, parting, talk } = this;
    const { locale, zone } = this.settings;
    if (parting) return { workspace, token: parting };
    const token = talk.token;
    const identity = talk.isVerified && this.attempt === this.taken ? null : await this.vouching();
    const sent = identity && { identity, attempt: this.attempt };
    return { workspace, locale, zone, ...(token && { token }), ...sent };
  }

  private async vouching(): Promise<string | null> {
    const { identity } = this.settings;
    try {
      return (await (typeof identity === "function" ? identity() : identity)) ?? null;
    } catch (error) {
      console.error("slabot: the page's function for an identity failed", error);
      return null;
    }
  }
}
