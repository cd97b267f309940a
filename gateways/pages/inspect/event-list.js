// <event-list>: events as rows that open to their metadata and data. The list never holds more than MAX_ROWS rows.

import { disclosure, element } from "../base/elements.js";
import { data, metadata, relatedViews } from "./event-details.js";
import { dayAndTime } from "./instants.js";
import { badge, partsOf, maskedText, streamName, timeOf } from "./values.js";

export const MAX_ROWS = 400;

class EventList extends HTMLElement {
  #rows = element("ol", { class: "events" });
  #events = [];
  #ofJournal = false;

  /** With `ofJournal` the events are of many streams and numbered by position; otherwise of one stream, numbered by version. */
  show(events, { ofJournal = false, label = "Events" } = {}) {
    this.#ofJournal = ofJournal;
    this.#events = [];
    this.#rows.setAttribute("aria-label", label);
    this.#rows.replaceChildren();
    this.replaceChildren(this.#rows);
    this.addLater(events);
    return this;
  }

  get first() {
    return this.#events[0];
  }

  get last() {
    return this.#events.at(-1);
  }

  get count() {
    return this.#events.length;
  }

  /** Adds later events at the end. Removes the earliest where there are too many, and returns whether it did. */
  addLater(events) {
    const added = events.slice(-MAX_ROWS);
    this.#events.push(...added);
    this.#rows.append(...added.map((event) => this.#row(event)));
    return this.#trim(() => this.#rows.firstElementChild, () => this.#events.shift());
  }

  /** Adds earlier events before the first. Removes the latest where there are too many, and returns whether it did. */
  addEarlier(events) {
    this.#events.unshift(...events);
    this.#rows.prepend(...events.map((event) => this.#row(event)));
    return this.#trim(() => this.#rows.lastElementChild, () => this.#events.pop());
  }

  /** Opens the event of this version, scrolls to it and marks it. */
  goTo(version) {
    const row = this.#rows.querySelector(`[data-version="${Number(version)}"]`);
    for (const marked of this.#rows.querySelectorAll(".pointed")) marked.classList.remove("pointed");
    if (!row) return;
    row.classList.add("pointed");
    const details = row.querySelector("details");
    details.open = true;
    row.scrollIntoView({ block: "center" });
    details.querySelector("summary").focus({ preventScroll: true });
  }

  #trim(surplus, forget) {
    const many = this.#events.length > MAX_ROWS;
    while (this.#events.length > MAX_ROWS) {
      surplus().remove();
      forget();
    }
    return many;
  }

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
    return element("li", { class: kind, "data-version": event.version }, disclosure({}, summary.filter(Boolean), opened));
  }
}

customElements.define("event-list", EventList);

export function eventList(events, options) {
  return document.createElement("event-list").show(events, options);
}
