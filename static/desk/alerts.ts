// Tells an agent who looks elsewhere: a sound and a notification of the desktop, each only where it was asked for.
import type { Row } from "../shared/wire";
import type { Preferences } from "./preferences";
import { fill, w } from "./words";

const FADES = 0.35;

export class Alerts {
  private sounds?: AudioContext;

  get areBlocked(): boolean {
    return !("Notification" in window) || Notification.permission === "denied";
  }

  /** The browser asks only after something that the person did. */
  async ask(): Promise<void> {
    if ("Notification" in window && Notification.permission === "default") await Notification.requestPermission();
  }

  /** Somebody waits for this agent who did not wait before. */
  waits(row: Row, preferences: Preferences, open: () => void): void {
    if (preferences.sound) this.chime();
    if (preferences.notify && !this.areBlocked && document.hidden) {
      const title = fill(w.someoneWaits, { name: row.name || row.ticket || w.visitor });
      // The visitor's own words: what the bot confirmed tells nobody what it is about.
      const body = row.last_role === "visitor" ? row.last_words : row.first_words;
      const told = new Notification(title, { body, tag: row.conversation });
      told.onclick = () => {
        window.focus();
        open();
      };
    }
  }

  /** Two soft notes; silent until the person has touched the page once, as browsers want it. */
  private chime(): void {
    this.sounds ??= new AudioContext();
    const { sounds } = this;
    const start = sounds.currentTime;
    for (const [i, pitch] of [660, 880].entries()) {
      const note = sounds.createOscillator();
      const loudness = sounds.createGain();
      note.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.06, start + i * 0.12);
      loudness.gain.exponentialRampToValueAtTime(0.0001, start + i * 0.12 + FADES);
      note.connect(loudness).connect(sounds.destination);
      note.start(start + i * 0.12);
      note.stop(start + i * 0.12 + FADES);
    }
  }
}
