// The supervisor's own live feed. It is opened before taking part in a conversation, because whoever takes part must be
// at work, and it stays open for as long as the page: what it carries comes here at once.

/** @import { FeedState } from "../base/session/types" */
import { call } from "../base/session/calls.js";
import { follow } from "../base/session/feed.js";
import { notifyOfProblem } from "../base/controls/notices.js";
import { onStop } from "../base/signals.js";

/** @typedef {{ type: string, at: string, data: any, version: number, conversation_id?: string }} ConversationEvent */

export class OwnShift {
  /** @type {Promise<void> | null} */
  #open = null;
  #ended = new AbortController();
  /** @type {Set<(event: ConversationEvent) => void>} */
  #listeners = new Set();

  constructor() {
    onStop(() => this.#ended.abort());
  }

  /** Waits until the shift has begun. Raises Problem. */
  begun() {
    this.#open ??= this.#begin().catch((error) => {
      this.#open = null;
      throw error;
    });
    return this.#open;
  }

  /** Has the work get each event of a conversation, until the present owner ends. @param {(event: ConversationEvent) => void} work */
  listen(work) {
    this.#listeners.add(work);
    onStop(() => this.#listeners.delete(work));
  }

  async #begin() {
    const { position } = await call("GET agent/v1/me");
    await new Promise((resolve, reject) => {
      const on = {
        event: (/** @type {ConversationEvent} */ event) => this.#listeners.forEach((work) => work(event)),
        state: (/** @type {FeedState} */ state) => state === "live" && resolve(undefined),
        problem: (/** @type {Error} */ problem) => {
          this.#open = null;
          reject(problem);
          notifyOfProblem(problem);
        },
      };
      follow("agent/v1/events", {}, position, this.#ended.signal, on);
    });
  }
}
