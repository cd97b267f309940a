// <stream-view>: one stream as a timeline, oldest event first. New events are added at its end, live.

/** @import { Query } from "../base/session/types" */
/** @import { Failure, Route, RouteToOne } from "./types" */
import { element } from "../base/elements.js";
import { read } from "./api.js";
import { eventList } from "./event-list.js";
import { go, href } from "./routes.js";
import { Tail } from "./tail.js";
import { copyButton, partsOf, streamName } from "./values.js";
import { View, actionButton, actionLink, failure, labelled, maskedNotice, waiting } from "./view.js";

const PAGE = 100;
const BEFORE_POINTED = 20;
const NEAR_THE_END = 200;

class StreamView extends View {
  #stream = "";
  #list = eventList([]);
  #head = 0;
  #earlier = element("div", { class: "more" });
  #later = element("div", { class: "more" });
  #version = element("input", { type: "number", min: 1, inputmode: "numeric", required: true });
  #tail = new Tail({
    path: () => `streams/${encodeURIComponent(this.#stream)}`,
    parameters: () => ({}),
    cursor: () => this.#list.last?.version ?? 0,
    show: (events) => this.#goOn(events),
    problem: (problem) => this.body.prepend(failure(problem, () => this.#tail.resume())),
  });
  #toEnd = element("a", { class: "action" }, "Go to the live end");
  #end = element("div", { class: "live-end" }, [this.#tail.control, this.#toEnd]);

  /** @param {RouteToOne} route */
  show({ subject, parameters }) {
    this.#stream = subject;
    if (!this.heading.isConnected) this.#build();
    this.#tail.pause();
    this.#tail.control.hidden = true;
    const version = Number(parameters.get("version")) || null;
    this.#version.value = String(version ?? "");
    this.load((signal) => this.#window(version, signal), (page) => this.#showWindow(page, version));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#tail.leave();
  }

  /** @param {Route} route */
  resume(route) {
    super.resume(route);
    this.#tail.comeBack();
  }

  #build() {
    const [category, id] = partsOf(this.#stream);
    this.build(streamName(this.#stream));
    this.actions.append(
      ...copyButton(this.#stream, "name", { class: "action" }, "Copy the name"),
      actionLink(href("state", this.#stream), "State"),
      ...(category === "conversation" ? [actionLink(href("graph", id), "Graph")] : []),
    );
    const jump = element("form", { class: "fields inline" }, [
      labelled("Version", this.#version),
      element("button", { type: "submit", class: "action" }, "Go"),
    ]);
    jump.addEventListener("submit", (event) => {
      event.preventDefault();
      go(href("stream", this.#stream, { version: this.#version.value }));
    });
    this.controls.append(jump);
    this.#toEnd.href = href("stream", this.#stream);
  }

  /**
   * The last page of the stream, or the page around a version.
   *
   * @param {number?} version
   * @param {AbortSignal} signal
   */
  async #window(version, signal) {
    if (version === null) {
      const { version: head } = await this.#read({ after: 0, limit: 1 }, signal);
      return this.#read({ after: Math.max(0, head - PAGE), limit: PAGE }, signal);
    }
    return this.#read({ after: Math.max(0, version - BEFORE_POINTED), limit: PAGE }, signal);
  }

  /**
   * @param {Query} parameters
   * @param {AbortSignal} [signal]
   */
  #read(parameters, signal) {
    return read(`streams/${encodeURIComponent(this.#stream)}`, parameters, signal);
  }

  /**
   * @param {Api.StreamPage} page
   * @param {number?} version
   */
  #showWindow(page, version) {
    this.#head = page.version;
    this.#version.max = String(page.version);
    this.#list = eventList(page.events, { label: `Events of ${this.#stream}` });
    this.fill([maskedNotice(page.masked), this.#earlier, this.#list, this.#later, this.#end]);
    this.#offerMore();
    if (version !== null) this.#list.goTo(version);
    else scrollTo(0, document.documentElement.scrollHeight);
    if (this.#complete) this.#tail.resume();
  }

  get #complete() {
    return (this.#list.last?.version ?? 0) >= this.#head;
  }

  /** @param {Api.InspectedEvent[]} events */
  #goOn(events) {
    const news = events.filter(({ version }) => version > (this.#list.last?.version ?? 0));
    const bottom = document.documentElement.scrollHeight - scrollY - innerHeight < NEAR_THE_END;
    this.#list.addLater(news);
    this.#head = Math.max(this.#head, this.#list.last?.version ?? 0);
    this.#version.max = String(this.#head);
    this.#offerMore();
    if (bottom) scrollTo(0, document.documentElement.scrollHeight);
  }

  #offerMore() {
    const first = this.#list.first?.version ?? 1;
    const last = this.#list.last?.version ?? 0;
    offer(this.#earlier, first > 1, `Earlier events (${first - 1})`, () => this.#loadEarlier(first));
    offer(this.#later, last < this.#head, `Later events (${this.#head - last})`, () => this.#loadLater(last));
    this.#tail.control.hidden = !this.#complete;
    this.#toEnd.hidden = this.#complete;
  }

  /** @param {number} first */
  async #loadEarlier(first) {
    const after = Math.max(0, first - 1 - PAGE);
    await this.#extend(this.#earlier, { after, limit: first - 1 - after }, (events) => {
      if (this.#list.addEarlier(events)) this.#tail.pause();
    });
  }

  /** @param {number} last */
  async #loadLater(last) {
    await this.#extend(this.#later, { after: last, limit: PAGE }, (events) => this.#list.addLater(events));
  }

  /**
   * Loads events into the list. The other rows remain, and the reader's place on the screen does not move.
   *
   * @param {HTMLElement} place
   * @param {Query} parameters
   * @param {(events: Api.InspectedEvent[]) => void} add
   */
  async #extend(place, parameters, add) {
    const before = document.documentElement.scrollHeight;
    place.replaceChildren(waiting());
    try {
      const { events } = await this.#read(parameters);
      add(events);
      this.#offerMore();
      if (place === this.#earlier) scrollBy(0, document.documentElement.scrollHeight - before);
      (place.querySelector("button") ?? this.#list.querySelector("summary"))?.focus({ preventScroll: true });
    } catch (error) {
      place.replaceChildren(failure(/** @type {Failure} */ (error), () => this.#extend(place, parameters, add)));
    }
  }
}

/**
 * @param {HTMLElement} place
 * @param {boolean} wanted
 * @param {string} words
 * @param {() => void} act
 */
function offer(place, wanted, words, act) {
  place.replaceChildren(...(wanted ? [actionButton(words, act)] : []));
}

customElements.define("stream-view", StreamView);
