// The floor as the server sends it. Changes are taken over once a frame at most, and not while the reader has paused it.

/** @import { FloorMessage, FloorState } from "./types" */
/** @import { FeedState, Problem as Refusal } from "../base/session/types" */
import { learn, now } from "../base/clock.js";
import { eventStream, pause } from "../base/event-stream.js";
import { addressOf, send } from "../base/session/calls.js";
import { Problem } from "../base/session/problem.js";
import { computed, signal } from "../base/signals.js";
import { NOTHING, reduced } from "./reduce.js";

const PATH = "agent/v1/floor";
const GREETING_MILLISECONDS = 8000; // what has not come by then is held back on the way
const SILENCE_MILLISECONDS = 16000; // three times as long as the server is ever silent
const PAGE_MILLISECONDS = 2000;
const PAGES_BEFORE_NEXT_STREAM = 30;
const RETRY_MILLISECONDS = [500, 1000, 2000, 5000];
const STALE_SECONDS = 10;
const HELD_BACK = new DOMException("The stream is held back on the way", "AbortError");

export class LiveFloor {
  /** The floor that is shown. */
  state = signal(/** @type {FloorState} */ (NOTHING));
  connection = signal(/** @type {FeedState} */ ("interrupted"));
  paused = signal(false);
  /** Why following has ended, if it has. */
  problem = signal(/** @type {Refusal?} */ (null));
  /** Seconds since the server sent what is shown. */
  age = computed(() => (this.state.value.at ? Math.max(0, (now.value - Date.parse(this.state.value.at)) / 1000) : null));
  isStale = computed(() => (this.age.value ?? 0) > STALE_SECONDS);

  /** @type {FloorState} */
  #newest = NOTHING;
  #frame = 0;
  #ended = new AbortController();

  start() {
    this.#follow().catch((error) => (this.problem.value = error));
    addEventListener("visibilitychange", this.#takeOver);
  }

  stop() {
    this.#ended.abort();
    cancelAnimationFrame(this.#frame);
    removeEventListener("visibilitychange", this.#takeOver);
  }

  /** Shows no change, or shows all that has changed meanwhile. */
  pauseOrGoOn() {
    this.paused.value = !this.paused.peek();
    this.#takeOver();
  }

  /** @param {FloorMessage} message */
  take(message) {
    this.#newest = reduced(this.#newest, message);
    this.#frame ||= requestAnimationFrame(this.#takeOver);
  }

  #takeOver = () => {
    this.#frame = 0;
    if (!this.paused.peek()) this.state.value = this.#newest;
  };

  async #follow() {
    const { signal: ended } = this.#ended;
    for (let failures = 0; !ended.aborted; failures += 1) {
      let held = false;
      try {
        held = await this.#followStream(() => (failures = 0));
        if (held) await this.#followPages();
      } catch (error) {
        if (ended.aborted) return;
        if (error instanceof Problem && !error.passes && error.status) throw error;
      }
      if (ended.aborted) return;
      if (held) continue;
      this.connection.value = "interrupted";
      await pause(RETRY_MILLISECONDS[Math.min(failures, RETRY_MILLISECONDS.length - 1)], ended);
    }
  }

  /**
   * Follows the stream until it ends. Returns whether something on the way holds it back.
   *
   * @param {() => void} greeted
   */
  async #followStream(greeted) {
    const watch = new AbortController();
    const stop = () => watch.abort();
    this.#ended.signal.addEventListener("abort", stop, { once: true });
    let alarm = setTimeout(() => watch.abort(HELD_BACK), GREETING_MILLISECONDS);
    try {
      const response = await send(addressOf(PATH), { headers: { Accept: "text/event-stream" }, signal: watch.signal });
      for await (const { data } of eventStream(/** @type {NonNullable<Response["body"]>} */ (response.body))) {
        clearTimeout(alarm);
        alarm = setTimeout(stop, SILENCE_MILLISECONDS);
        this.connection.value = "live";
        greeted();
        if (data !== null) this.#arrived(JSON.parse(data));
      }
      return false;
    } catch (error) {
      if (watch.signal.reason === HELD_BACK) return true;
      throw error;
    } finally {
      clearTimeout(alarm);
      this.#ended.signal.removeEventListener("abort", stop);
    }
  }

  /** Reads whole floors for a while; then the stream is tried again. */
  async #followPages() {
    const { signal: ended } = this.#ended;
    this.connection.value = "held";
    for (let pages = 0; pages < PAGES_BEFORE_NEXT_STREAM && !ended.aborted; pages += 1) {
      const response = await send(addressOf(PATH), { headers: { Accept: "application/json" }, signal: ended });
      this.#arrived(await response.json());
      await pause(PAGE_MILLISECONDS, ended);
    }
  }

  /** @param {FloorMessage} message */
  #arrived(message) {
    const came = Date.now();
    learn(message.at, came, came);
    this.take(message);
  }
}
