// The session that the tabs of one browser share. Its tokens stay in the tabs, and are never written to the disk.

/** @import { KeptSession } from "./types" */

const NAME = "hybridchat.session";
const RENEWAL = `${NAME}.renewal`;
const TAB = `${NAME}.tab`;
const ANSWERS_MILLISECONDS = 2000;

/**
 * Passes a session from tab to tab. `current()` is this tab's session or null; `take(session, endReason)` takes over what
 * another tab has: a session that was opened or renewed there, or null when it was ended there.
 */
export class SharedSession {
  #channel = new BroadcastChannel(NAME);
  #current;
  #answers = 0;
  #answered = () => {};

  /**
   * @param {() => KeptSession?} current
   * @param {(session: KeptSession?, endReason: string?) => void} take
   */
  constructor(current, take) {
    this.#current = current;
    this.#channel.addEventListener("message", ({ data }) => {
      if (data.asks) this.#answer();
      else if (this.#isNews(data)) take(data.session, data.endReason ?? null);
      if (data.answers) this.#answers += 1;
      this.#answered();
    });
    navigator.locks?.request(TAB, { mode: "shared" }, () => new Promise(() => {})); // held as long as the tab lives
  }

  /** Asks the other tabs for their session. */
  ask() {
    this.#channel.postMessage({ asks: true });
  }

  /**
   * Announces to the other tabs which session this one has now; for null, with the number of the one that ended.
   *
   * @param {KeptSession?} session
   * @param {{ number?: number, endReason?: string? }} [options]
   */
  announce(session, { number = session?.number, endReason = null } = {}) {
    this.#channel.postMessage({ session, number, endReason });
  }

  /**
   * Runs `renew` in one tab at a time, for a refresh token can be used only once. A tab that had to wait first learns
   * what the others have renewed.
   *
   * @param {() => Promise<void>} renew
   */
  async renewing(renew) {
    if (!navigator.locks) return renew();
    return navigator.locks.request(RENEWAL, async () => {
      await this.#caughtUp();
      await renew();
    });
  }

  /**
   * An answer is news to a tab without a session or with an older one, the end of an older session to nobody.
   *
   * @param {{ answers?: boolean, session: KeptSession?, number?: number }} message
   */
  #isNews({ answers, session, number }) {
    const own = this.#current();
    if (answers) return session !== null && (own === null || (own.number ?? 0) < (number ?? 0));
    return session !== null || (own !== null && (own.number ?? 0) <= (number ?? 0));
  }

  #answer() {
    const session = this.#current();
    this.#channel.postMessage({ answers: true, session, number: session?.number });
  }

  /** Asks all other tabs, and waits for their answers; a tab that the browser has put to sleep does not answer. */
  async #caughtUp() {
    const { held = [] } = await navigator.locks.query();
    const others = held.filter(({ name }) => name === TAB).length - 1;
    this.#answers = 0;
    this.ask();
    await new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
      const timer = setTimeout(resolve, ANSWERS_MILLISECONDS);
      this.#answered = () => {
        if (this.#answers < others) return;
        clearTimeout(timer);
        resolve();
      };
      this.#answered();
    });
  }
}
