// A conversation's feed, over one connection. A feed that is silent for longer than the server ever is, is broken.

import { eventBatches } from "../base/event-stream.js";
import { Refusal, authorization } from "./api.js";

const GREETING_MILLISECONDS = 20000;
const SILENCE_MILLISECONDS = 45000; // three times as long as the server is ever silent
const STALE_MILLISECONDS = 20000;
const MAX_AT_ONCE = 50;

export class Feed {
  #breaking = new AbortController();
  /** @type {number | undefined} */
  #alarm;
  #heardAt = Infinity;

  /**
   * Calls `events` with those after the cursor, and `heard` for every sign of life. Throws Refusal in the end.
   *
   * @param {string} path
   * @param {string | undefined} token
   * @param {number} cursor
   * @param {{ heard: () => void, events: (events: Api.CustomerFeedEvent[]) => void }} on
   */
  async read(path, token, cursor, { heard, events }) {
    try {
      this.#expect(GREETING_MILLISECONDS);
      const headers = { ...authorization(token), Accept: "text/event-stream" };
      const response = await fetch(`../customer/v1/${path}?after=${cursor}`, { headers, signal: this.#breaking.signal });
      if (!response.ok) throw await Refusal.of(response);
      for await (const batch of eventBatches(/** @type {NonNullable<Response["body"]>} */ (response.body))) {
        this.#expect(SILENCE_MILLISECONDS);
        this.#heardAt = Date.now();
        heard();
        await inPieces(batch.flatMap(({ data }) => (data ? [JSON.parse(data)] : [])), events);
      }
      throw new Refusal(0, { detail: "the feed has ended" });
    } catch (error) {
      throw error instanceof Refusal ? error : new Refusal(0, { detail: /** @type {Error} */ (error).message });
    } finally {
      clearTimeout(this.#alarm);
    }
  }

  /** Whether it was this side that has broken it. */
  get isBroken() {
    return this.#breaking.signal.aborted;
  }

  break() {
    this.#breaking.abort();
  }

  /** Breaks a feed of which nothing has been heard for longer than the server is ever silent, as after a sleep. */
  breakIfStale() {
    if (Date.now() - this.#heardAt > STALE_MILLISECONDS) this.break();
  }

  /** @param {number} milliseconds */
  #expect(milliseconds) {
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => this.break(), milliseconds);
  }
}

/**
 * A long history is taken piece by piece, so that the page answers meanwhile.
 *
 * @param {Api.CustomerFeedEvent[]} events
 * @param {(events: Api.CustomerFeedEvent[]) => void} take
 */
async function inPieces(events, take) {
  for (let at = 0; at < events.length; at += MAX_AT_ONCE) {
    if (at) await new Promise((resolve) => setTimeout(resolve));
    take(events.slice(at, at + MAX_AT_ONCE));
  }
}
