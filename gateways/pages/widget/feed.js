// A conversation's feed, over one connection. A feed that is silent for longer than the server ever is, is broken.

import { eventStream } from "../base/event-stream.js";
import { Refusal, authorization } from "./api.js";

const GREETING_MILLISECONDS = 20000;
const SILENCE_MILLISECONDS = 45000; // three times as long as the server is ever silent
const STALE_MILLISECONDS = 20000;

export class Feed {
  #breaking = new AbortController();
  #alarm = null;
  #heardAt = Infinity;

  /** Calls `event` for each event after the cursor, and `heard` for every sign of life. Throws Refusal in the end. */
  async read(path, token, cursor, { heard, event }) {
    try {
      this.#expect(GREETING_MILLISECONDS);
      const headers = { ...authorization(token), Accept: "text/event-stream" };
      const response = await fetch(`../customer/v1/${path}?after=${cursor}`, { headers, signal: this.#breaking.signal });
      if (!response.ok) throw await Refusal.of(response);
      for await (const { data } of eventStream(response.body)) {
        this.#expect(SILENCE_MILLISECONDS);
        this.#heardAt = Date.now();
        heard();
        if (data) event(JSON.parse(data));
      }
      throw new Refusal(0, { detail: "the feed has ended" });
    } catch (error) {
      throw error instanceof Refusal ? error : new Refusal(0, { detail: error.message });
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

  #expect(milliseconds) {
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => this.break(), milliseconds);
  }
}
