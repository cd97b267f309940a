// <event-list>: events as rows that open to their metadata and data. The list never holds more than MAX_ROWS rows.

import { disclosure, element } from "../base/elements.js";
import { data, metadata, relatedViews } from "./event-details.js";
import { dayAndTime } from "./instants.js";
import { badge, partsOf, maskedText, streamName, timeOf } from "./values.js";

export const MAX_ROWS = 400;

export class EventList extends HTMLElement {
  #rows = element("ol", { class: "events" });
  /** @type {Api.InspectedEvent[]} */
  #events = [];
  #ofJournal = false;

  /**
   * With `ofJournal` the events are of many streams and numbered by position; otherwise of one stream, numbered by version.
   *
   * @param {Api.InspectedEvent[]} events
   * @param {{ ofJournal?: boolean, label?: string }} [options]
   */
  show(events, { ofJournal = false, label = "Events" } = {}) {
    this.#ofJournal = ofJournal;
    this.#events = [];
    this.#rows.setAttribute("aria-label", label);
    this.#rows.replaceChildren();
    this.replaceChildren(this.#rows);
    this.addLater(events);
    return this;
  }

  /** @returns {Api.InspectedEvent | undefined} */
  get first() {
    return this.#events[0];
  }

  get last() {
    return this.#events.at(-1);
  }

  get count() {
    return this.#events.length;
  }

  /**
   * Adds later events at the end. Removes the earliest where there are too many, and returns whether it did.
   *
   * @param {Api.InspectedEvent[]} events
   */
  addLater(events) {
    const added = events.slice(-MAX_ROWS);
    this.#events.push(...added);
    this.#rows.append(...added.map((event) => this.#row(event)));
    return this.#trim(() => this.#rows.firstElementChild, () => this.#events.shift());
  }

  /**
   * Adds earlier events before the first. Removes the latest where there are too many, and returns whether it did.
   *
   * @param {Api.InspectedEvent[]} events
   */
  addEarlier(events) {
    this.#events.unshift(...events);
    this.#rows.prepend(...events.map((event) => this.#row(event)));
    return this.#trim(() => this.#rows.lastElementChild, () => this.#events.pop());
  }

  /**
   * Opens the event of this version, scrolls to it and marks it.
   *
   * @param {number} version
   */
  goTo(version) {
    const row = this.#rows.querySelector(`[data-version="${Number(version)}"]`);
    for (const marked of this.#rows.querySelectorAll(".pointed")) marked.classList.remove("pointed");
    if (!row) return;
    row.classList.add("pointed");
    row.querySelector("details")?.toggleAttribute("open", true);
    row.scrollIntoView({ block: "center" });
    row.querySelector("summary")?.focus({ preventScroll: true });
  }

  /**
   * @param {() => Element?} surplus
   * @param {() => void} forget
   */
  #trim(surplus, forget) {
    const many = this.#events.length > MAX_ROWS;
    while (this.#events.length > MAX_ROWS) {
      surplus()?.remove();
      forget();
    }
    return many;
  }

  /** @param {Api.InspectedEvent} event */
  #row(event) {
    const { day, time } = dayAndTime(event.at);
    const summary = [
      element("span", { class: "number" }, String(this.#ofJournal ? event.position : event.version)),
      timeOf(event.at, [element("span", { class: "day" }, day), " ", time]),
      this.#ofJournal ? streamName(event.stream, { whole: false }) : null,
      badge(event.type, partsOf(event.stream)[0]),
      element("span", { class: "event-summary" }, maskedText(event.summary)),
    ];
    const opened = () => [relatedViews(event, { stream: this.#ofJournal }), metadata(event), data(event)];
    const kind = this.#ofJournal ? "event of-journal" : "event";
    return element("li", { class: kind, "data-version": event.version }, disclosure({}, summary, opened));
  }
}

customElements.define("event-list", EventList);

/**
 * @param {Api.InspectedEvent[]} events
 * @param {{ ofJournal?: boolean, label?: string }} [options]
 */
export function eventList(events, options) {
  return new EventList().show(events, options);
}
