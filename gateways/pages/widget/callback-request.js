// A visitor's request to be called back: it is kept before the first try and has an id, so that it is made once, and
// followed until the call is over.

/** @import { CallbackProgress, CallbackStatus, ChatStorage, EventForCustomer, KeptCallback, TypedNumber } from "./types" */
import { pause } from "../base/event-stream.js";
import { batch, computed, signal } from "../base/signals.js";
import { Refusal, backoff, call } from "./api.js";
import { BEGINNING, isOver, reduce } from "./callback-progress.js";
import { Feed } from "./feed.js";
import { newId } from "../base/ids.js";

export class CallbackRequest {
  /**
   * What is kept: `{channel, request, chat, number, path, token, wantedAt, moved}`, of which `chat` is the token of the chat,
   * or `{channel, over}` when the call is. Empty without one.
   *
   * @type {Signal<KeptCallback>}
   */
  kept = signal({});
  /** @type {Signal<CallbackProgress>} */
  progress = signal(BEGINNING);
  /**
   * The refusal of the last request; null while nothing is in the way.
   *
   * @type {Signal<Refusal?>}
   */
  refusal = signal(null);
  interrupted = signal(false);
  /**
   * "none", "sending", "waiting", "agent", or how it ended: "done", "cancelled", "missed", "lost".
   *
   * @type {Readable<CallbackStatus>}
   */
  status = computed(() => {
    const { request, path, over } = this.kept.value;
    if (over) return over;
    if (path) return this.progress.value.status;
    return request ? "sending" : "none";
  });

  #channel;
  #storage;
  #leaving = new AbortController();
  /** @type {Feed?} */
  #feed = null;
  #sending = false;

  /**
   * @param {string} channel
   * @param {ChatStorage} storage
   */
  constructor(channel, storage) {
    this.#channel = channel;
    this.#storage = storage;
    this.#storage.onChange(() => this.resume(), this.#leaving.signal);
    addEventListener("pagehide", () => {
      this.#leaving.abort();
      this.#feed?.break();
    });
  }

  /** Goes on with what is kept, which another tab may have changed. */
  resume() {
    this.kept.value = this.#storage.callback;
    if (!this.kept.peek().request) this.#feed?.break();
    else void this.#go();
  }

  /**
   * Takes the wish for sending. `number` is the number as the visitor has typed it: `{typed, country}`.
   *
   * @param {Omit<Api.CallbackRequest, "id" | "channel">} wish
   * @param {TypedNumber} number
   */
  ask(wish, number) {
    batch(() => {
      this.refusal.value = null;
      this.progress.value = BEGINNING;
      const { token: chat } = this.#storage.conversation;
      this.#keep({ request: { id: newId(), channel: this.#channel, ...wish }, number, ...(chat && { chat }) });
    });
    void this.#go();
  }

  async cancel() {
    const { path, token } = this.kept.peek();
    await call("POST", `${path}/end`, { token, body: {} });
  }

  /** Forgets the callback, so that another can be asked for. */
  forget() {
    this.#feed?.break();
    this.#storage.forgetCallback();
    this.kept.value = {};
  }

  /** @param {KeptCallback} kept */
  #keep(kept) {
    const all = { channel: this.#channel, ...kept };
    this.#storage.keepCallback(all);
    this.kept.value = all;
  }

  async #go() {
    if (this.#sending) return;
    this.#sending = true;
    try {
      await this.#storage.alone(() => this.#send(), this.#leaving.signal, "callback");
    } finally {
      this.#sending = false;
    }
    if (this.kept.peek().path) void this.#follow();
  }

  /**
   * Tries until it succeeds or is refused for good. The same request again is answered with the same callback. A customer
   * who waits in a chat presents its token, and keeps the place in the line.
   */
  async #send() {
    for (let failures = 0; !this.#leaving.signal.aborted; failures += 1) {
      this.kept.value = this.#storage.callback;
      const { request, path, chat } = this.kept.peek();
      if (!request || path) return;
      try {
        const made = await call("POST", "callbacks", { token: chat, body: request });
        this.interrupted.value = false;
        return this.#keep({ ...this.kept.peek(), ...answered(made) });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (!error.passes) return this.#refuse(error);
        this.interrupted.value = true;
        await pause(Math.max(backoff(failures), error.retryAfterSeconds * 1000), this.#leaving.signal);
      }
    }
  }

  /** @param {Refusal} error */
  #refuse(error) {
    batch(() => {
      this.forget();
      this.interrupted.value = false;
      this.refusal.value = error;
    });
  }

  /** Follows the callback until it is over, forgotten or not the visitor's any more. */
  async #follow() {
    if (this.#feed) return;
    const { path, token } = this.kept.peek();
    this.progress.value = BEGINNING;
    for (let failures = 0; this.#isOf(path); failures += 1) {
      this.#feed = new Feed();
      void this.#lookUp(/** @type {NonNullable<typeof path>} */ (path), token);
      try {
        await this.#feed.read(`${path}/events`, token, this.progress.peek().version, {
          heard: () => (this.interrupted.value = false),
          events: (events) => {
            failures = 0;
            this.#take(events);
          },
        });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (!error.passes) this.#keep({ over: "lost" });
      }
      if (!this.#isOf(path)) break;
      this.interrupted.value = true;
      await pause(backoff(failures), this.#leaving.signal);
    }
    this.#feed = null;
    if (this.kept.peek().path && !this.#leaving.signal.aborted) void this.#follow(); // another one was asked for meanwhile
  }

  /**
   * Takes the place in the line, of which the feed has changes alone.
   *
   * @param {NonNullable<KeptCallback["path"]>} path
   * @param {string | undefined} token
   */
  async #lookUp(path, token) {
    try {
      const wait = await call("GET", path, { token });
      if (this.#isOf(path) && wait.position) this.#take([/** @type {EventForCustomer<"WaitChanged">} */ (/** @type {unknown} */ ({ type: "WaitChanged", data: wait }))]);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // else the feed finds out
    }
  }

  /** @param {KeptCallback["path"]} path */
  #isOf(path) {
    return this.kept.peek().path === path && !this.#leaving.signal.aborted;
  }

  /**
   * What is over is kept without name, number and token.
   *
   * @param {Api.CustomerFeedEvent[]} events
   */
  #take(events) {
    batch(() => {
      this.progress.value = events.reduce(reduce, this.progress.peek());
      if (isOver(this.progress.peek())) this.#keep({ over: this.progress.peek().status });
    });
    if (this.kept.peek().over) this.#feed?.break();
  }
}

/**
 * @param {Api.RequestedCallback} made
 * @returns {KeptCallback}
 */
function answered({ conversation_id, token, wanted_at, moved }) {
  return { path: `conversations/${conversation_id}`, token, wantedAt: wanted_at, moved };
}
