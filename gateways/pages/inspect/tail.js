// A live tail that can be paused: gathers what a feed brings and hands it on once a frame.

import { element } from "../base/elements.js";
import { follow } from "./api.js";
import { actionButton } from "./view.js";

const QUIET_MILLISECONDS = 5000;

export class Tail {
  #stop = null;
  #gathered = [];
  #told = 0;
  #untold = 0;
  #source = null;
  #light = element("span", { class: "light", "aria-hidden": "true" });
  #words = element("span", {});
  #said = element("span", { class: "visually-hidden", role: "status" });
  #button = actionButton("Pause", () => (this.running ? this.pause() : this.resume()));
  control = element("div", { class: "tail" }, [this.#light, this.#words, this.#said, this.#button]);

  /** `source` has path, parameters, cursor(), show(events) and problem(problem). */
  constructor(source) {
    this.#source = source;
    this.#tell("paused");
  }

  get running() {
    return this.#stop !== null;
  }

  /** Goes on where what is shown ends: what came in between comes first. */
  resume() {
    this.pause();
    const { path, parameters, cursor } = this.#source;
    const stop = (this.#stop = new AbortController());
    this.#tell("connecting");
    follow(path, parameters, cursor(), stop.signal, {
      event: (event) => this.#gather(event),
      state: (state) => this.#tell(state),
      problem: (problem) => {
        this.pause();
        this.#source.problem(problem);
      },
    });
  }

  pause() {
    this.#stop?.abort();
    this.#stop = null;
    this.#hand();
    this.#tell("paused");
  }

  #gather(event) {
    if (!this.#gathered.length) requestAnimationFrame(() => this.#hand());
    this.#gathered.push(event);
  }

  #hand() {
    const events = this.#gathered;
    this.#gathered = [];
    if (!events.length) return;
    this.#source.show(events);
    this.#announce(events.length);
  }

  /** Screen readers hear now and then how many came, not each. */
  #announce(count) {
    this.#untold += count;
    if (Date.now() - this.#told < QUIET_MILLISECONDS) return;
    this.#told = Date.now();
    this.#said.textContent = this.#untold === 1 ? "1 new event" : `${this.#untold} new events`;
    this.#untold = 0;
  }

  #tell(state) {
    const words = { live: "Live", paused: "Paused", connecting: "Connecting…", interrupted: "Interrupted, trying again…" };
    this.control.dataset.state = state;
    this.#words.textContent = words[state];
    this.#button.textContent = this.running ? "Pause" : "Follow live";
  }
}
