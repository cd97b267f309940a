// A live tail that can be paused. It collects the events of a feed and passes them on once a frame.

/** @import { TailSource } from "./types" */
import { element } from "../base/elements.js";
import { follow } from "./api.js";
import { actionButton } from "./view.js";

const ANNOUNCE_MILLISECONDS = 5000;
const WORDS = {
  live: "Live",
  held: "Every 2 seconds: a proxy holds the live stream back. Turn its buffering off, see docs/proxies.md.",
  paused: "Paused",
  connecting: "Connecting…",
  interrupted: "Interrupted, trying again…",
};

export class Tail {
  /** @type {AbortController?} */
  #stop = null;
  #left = false;
  /** @type {Api.InspectedEvent[]} */
  #collected = [];
  #announcedAt = 0;
  #unannounced = 0;
  #source;
  #light = element("span", { class: "light", "aria-hidden": "true" });
  #words = element("span", {});
  #announcement = element("span", { class: "visually-hidden", role: "status" });
  #button = actionButton("Pause", () => (this.running ? this.pause() : this.resume()));
  control = element("div", { class: "tail" }, [this.#light, this.#words, this.#announcement, this.#button]);

  /** @param {TailSource} source */
  constructor(source) {
    this.#source = source;
    this.#showState("paused");
  }

  get running() {
    return this.#stop !== null;
  }

  /** Continues after the last event that is shown: the events of the pause come first. */
  resume() {
    this.pause();
    const { path, parameters, cursor } = this.#source;
    const stop = (this.#stop = new AbortController());
    this.#showState("connecting");
    follow(path(), parameters(), cursor(), stop.signal, {
      event: (event) => this.#collect(event),
      state: (state) => this.#showState(state),
      problem: (problem) => {
        this.pause();
        this.#source.problem(problem);
      },
    });
  }

  pause() {
    this.#stop?.abort();
    this.#stop = null;
    this.#passOn();
    this.#showState("paused");
  }

  /** Stops while the view is left. */
  leave() {
    this.#left = this.running;
    this.pause();
  }

  /** Goes on as it was before the view was left. */
  comeBack() {
    if (this.#left) this.resume();
  }

  /** @param {Api.InspectedEvent} event */
  #collect(event) {
    if (!this.#collected.length) requestAnimationFrame(() => this.#passOn());
    this.#collected.push(event);
  }

  #passOn() {
    const events = this.#collected;
    this.#collected = [];
    if (!events.length) return;
    this.#source.show(events);
    this.#announce(events.length);
  }

  /**
   * Announces to screen readers how many events came, at most once in ANNOUNCE_MILLISECONDS, instead of every event.
   *
   * @param {number} count
   */
  #announce(count) {
    this.#unannounced += count;
    if (Date.now() - this.#announcedAt < ANNOUNCE_MILLISECONDS) return;
    this.#announcedAt = Date.now();
    this.#announcement.textContent = this.#unannounced === 1 ? "1 new event" : `${this.#unannounced} new events`;
    this.#unannounced = 0;
  }

  /** @param {keyof typeof WORDS} state */
  #showState(state) {
    this.control.dataset.state = state;
    this.#words.textContent = WORDS[state];
    this.#button.textContent = this.running ? "Pause" : "Follow live";
  }
}
