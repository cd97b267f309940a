// What the widget keeps in the browser, all of it here: the conversation and its token, unsent messages, the draft, and
// how far the visitor has read. Nothing is written before the visitor writes something. What the browser does not take
// is kept while the page lasts.
//
// Each unsent message has a place of its own, so that tabs which write at the same time take nothing from each other.

/** @import { Entry, KeptCallback, KeptConversation } from "./types" */



const PREFIX = "hybridchat.";

export class Storage {
  #place;
  /**
   * What the browser did not take, by place.
   *
   * @type {Map<string, string>}
   */
  #memory = new Map();
  #readable = true;
  #keeps;

  /**
   * Of a channel that `keeps` nothing in the browser, all is kept while the page lasts.
   *
   * @param {string} channel
   */
  constructor(channel, keeps = true) {
    this.#place = PREFIX + channel;
    this.#keeps = keeps;
    this.#read("");
  }

  /** Whether what is kept outlives the page. */
  get lasting() {
    return this.#keeps && this.#readable && this.#memory.size === 0;
  }

  /**
   * The conversation: `{request, path, token}`, of which the last two are there once it has started; `subject`, where the
   * site has signed who the customer is; `returned`, where it was begun elsewhere; and `endedAt`, by the browser's clock.
   *
   * @returns {KeptConversation}
   */
  get conversation() {
    return this.#object("") ?? {};
  }

  /** @param {KeptConversation} conversation */
  keepConversation(conversation) {
    this.#write("", JSON.stringify(conversation));
  }

  /** Forgets that a conversation was to be started. */
  forgetConversation() {
    this.#remove("");
  }

  get draft() {
    return this.#read("/draft") ?? "";
  }

  /** @param {string} draft */
  keepDraft(draft) {
    if (draft === this.draft) return;
    if (draft) this.#write("/draft", draft);
    else this.#remove("/draft");
  }

  /** The version of the conversation up to which the visitor has read. */
  get seen() {
    return Number(this.#read("/seen")) || 0;
  }

  /** @param {number} version */
  keepSeen(version) {
    this.#write("/seen", String(version));
  }

  /**
   * The messages that are not sent yet, in their order.
   *
   * @returns {Entry[]}
   */
  get outbox() {
    const entries = this.#names("/outbox/").map((name) => this.#object(name));
    return entries.filter((entry) => entry?.id).sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  }

  /** @param {Entry} entry */
  put(entry) {
    this.#write(`/outbox/${entry.id}`, JSON.stringify(entry));
  }

  /** @param {string} id */
  drop(id) {
    this.#remove(`/outbox/${id}`);
  }

  /**
   * The callback that the visitor has asked for, as CallbackRequest describes it. Empty without one.
   *
   * @returns {KeptCallback}
   */
  get callback() {
    return this.#object("/callback") ?? {};
  }

  /** @param {KeptCallback} callback */
  keepCallback(callback) {
    this.#write("/callback", JSON.stringify(callback));
  }

  forgetCallback() {
    this.#remove("/callback");
  }

  /** Removes everything but the draft and the callback. */
  forget() {
    for (const name of ["", "/seen", ...this.#names("/outbox/")]) this.#remove(name);
  }

  /**
   * Calls when another tab has written.
   *
   * @param {() => void} work
   * @param {AbortSignal} signal
   */
  onChange(work, signal) {
    const isOurs = (/** @type {string?} */ key) => key === null || key === this.#place || key.startsWith(`${this.#place}/`);
    addEventListener("storage", ({ key }) => isOurs(key) && work(), { signal });
  }

  /**
   * Runs the work while no other tab of the site runs its own, where the browser has locks.
   *
   * @template Done
   * @param {() => Promise<Done>} work
   * @param {AbortSignal} signal
   */
  async alone(work, signal, lock = "sending") {
    let begun = false;
    const begin = () => {
      begun = true;
      return work();
    };
    if (!navigator.locks) return work();
    try {
      return await navigator.locks.request(`${this.#place}/${lock}`, { signal }, begin);
    } catch (error) {
      if (begun || signal.aborted) throw error;
      return work(); // the browser refuses locks where it refuses storage
    }
  }

  /**
   * Waits until this tab is, of those that wait, the one whose turn it is, which it remains until the signal is aborted.
   * That ends the waiting too, and where the browser has no locks, it is everybody's turn.
   *
   * @param {AbortSignal} signal
   * @returns {Promise<void>}
   */
  turn(signal) {
    return new Promise((resolve) => {
      const begin = () => {
        resolve();
        return new Promise((end) => signal.addEventListener("abort", end));
      };
      if (navigator.locks) navigator.locks.request(`${this.#place}/turn`, { signal }, begin).catch(resolve);
      else resolve();
    });
  }

  /** @param {string} name */
  #object(name) {
    try {
      const value = JSON.parse(/** @type {string} */ (this.#read(name)));
      return typeof value === "object" && !Array.isArray(value) ? value : null;
    } catch {
      return null; // it was written by another program
    }
  }

  /**
   * @param {string} name
   * @returns {string?}
   */
  #read(name) {
    if (this.#memory.has(name)) return /** @type {string} */ (this.#memory.get(name));
    return this.#try(() => localStorage.getItem(this.#place + name));
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #write(name, text) {
    try {
      if (!this.#keeps) throw new DOMException("this channel keeps nothing", "SecurityError");
      localStorage.setItem(this.#place + name, text);
      this.#memory.delete(name);
    } catch {
      this.#memory.set(name, text);
    }
  }

  /** @param {string} name */
  #remove(name) {
    this.#memory.delete(name);
    this.#try(() => localStorage.removeItem(this.#place + name));
  }

  /** @param {string} beginning */
  #names(beginning) {
    const whole = this.#place + beginning;
    const keys = this.#try(() => Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at))) ?? [];
    const kept = /** @type {string[]} */ (keys).filter((key) => key.startsWith(whole)).map((key) => key.slice(this.#place.length));
    return [...new Set([...kept, ...[...this.#memory.keys()].filter((name) => name.startsWith(beginning))])];
  }

  /**
   * The result, or null where the browser refuses even to be asked, or is not to be.
   *
   * @template Result
   * @param {() => Result} work
   */
  #try(work) {
    if (!this.#keeps) return null;
    try {
      const result = work();
      this.#readable = true;
      return result;
    } catch {
      this.#readable = false;
      return null;
    }
  }
}
