// What the widget keeps in the browser, all of it here: the conversation, its token, unsent messages and the draft.
// Nothing is written before the visitor writes something. A browser that allows no storage keeps it while the page lasts.

import { ofToday } from "./outbox.js";

const PREFIX = "hybridchat.";

export class Storage {
  #key;
  #memory = null;
  /** Whether what is kept outlives the page. */
  lasting = true;

  constructor(channel) {
    this.#key = PREFIX + channel;
    this.read();
  }

  /** What is kept, with an empty outbox if that is nothing, or was written by another program. */
  read() {
    try {
      const kept = JSON.parse(this.#text() ?? "{}");
      return Array.isArray(kept) ? { outbox: [] } : { ...kept, outbox: ofToday(kept.outbox ?? []) };
    } catch {
      return { outbox: [] };
    }
  }

  /** Where the last writing failed, memory has more than the browser, which may well be read. */
  #text() {
    try {
      if (this.lasting) return localStorage.getItem(this.#key);
    } catch {
      this.lasting = false;
    }
    return this.#memory;
  }

  write(kept) {
    this.#memory = JSON.stringify(kept);
    try {
      localStorage.setItem(this.#key, this.#memory);
      this.lasting = true;
    } catch {
      this.lasting = false;
    }
  }

  forget() {
    this.#memory = null;
    try {
      localStorage.removeItem(this.#key);
    } catch {
      this.lasting = false;
    }
  }

  /** Calls when another tab has written. */
  onChange(work, signal) {
    addEventListener("storage", (event) => event.key === this.#key && work(), { signal });
  }

  /** Runs the work while no other tab of the site runs its own, where the browser has locks. */
  async alone(work) {
    try {
      return await navigator.locks.request(`${this.#key}.sending`, work);
    } catch (error) {
      if (error instanceof DOMException) return work();
      throw error;
    }
  }
}
