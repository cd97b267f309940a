// <event-view>: one event with its metadata, its cause and its effects.

/** @import { RouteToOne } from "./types" */
import { element } from "../base/elements.js";
import { read } from "./api.js";
import { data, metadata, relatedViews } from "./event-details.js";
import { dayAndTime } from "./instants.js";
import { badge, eventLink, partsOf, maskedText, streamName, timeOf } from "./values.js";
import { View, maskedNotice } from "./view.js";

class EventView extends View {
  /** @param {RouteToOne} route */
  show({ subject }) {
    this.build("Event");
    this.load((signal) => read(`events/${encodeURIComponent(subject)}`, {}, signal), (found) => this.#show(found));
  }

  /** @param {Api.EventWithCauses} found */
  #show({ event, cause, effects, masked }) {
    this.heading.replaceChildren(badge(event.type, partsOf(event.stream)[0]));
    document.title = `${event.type} · Hybrid Chat Inspect`;
    this.subheading.replaceChildren(element("p", { class: "lead" }, maskedText(event.summary)));
    this.fill([
      maskedNotice(masked),
      element("div", { class: "two-columns" }, [
        element("div", {}, [relatedViews(event, { stream: true }), metadata(event), data(event)]),
        element("div", { class: "chain" }, [...causeOf(event, cause), ...effectsOf(effects)]),
      ]),
    ]);
  }
}

/**
 * @param {Api.InspectedEvent} event
 * @param {Api.InspectedEvent?} cause
 */
function causeOf(event, cause) {
  if (cause) return [element("h2", {}, "Cause"), list([cause])];
  return [element("h2", {}, "Cause"), element("p", { class: "quiet" }, `No event: a call from outside, by ${event.actor}.`)];
}

/** @param {Api.InspectedEvent[]} effects */
function effectsOf(effects) {
  const heading = element("h2", {}, effects.length > 1 ? `Effects (${effects.length})` : "Effects");
  if (!effects.length) return [heading, element("p", { class: "quiet" }, "No event names this one as its cause.")];
  return [heading, list(effects)];
}

/** @param {Api.InspectedEvent[]} events */
function list(events) {
  return element("ul", { class: "linked" }, events.map((event) => {
    const { time } = dayAndTime(event.at);
    return element("li", { class: partsOf(event.stream)[0] }, [
      element("p", {}, [eventLink(event), " ", element("span", { class: "quiet" }, timeOf(event.at, time))]),
      element("p", { class: "quiet" }, streamName(event.stream, { whole: false })),
      element("p", { class: "event-summary" }, maskedText(event.summary)),
    ]);
  }));
}

customElements.define("event-view", EventView);
