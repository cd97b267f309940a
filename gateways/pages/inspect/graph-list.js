// The same graph as a list: each event with its cause and its effects.

import { element } from "../base/elements.js";
import { dayAndTime } from "./instants.js";
import { partsOfLane } from "./lanes.js";
import { badge, eventLink, maskedText, timeOf } from "./values.js";

/**
 * @param {Api.TracedEvent[]} events
 * @param {Api.Edge[]} edges
 */
export function graphList(events, edges) {
  const known = new Map(events.map((event) => [event.event_id, event]));
  const causes = new Map(edges.map(({ from, to }) => [to, known.get(from)]));
  const effects = grouped(edges);
  return element("ol", { class: "graph-list" }, events.map((event) => {
    const led = (effects.get(event.event_id) ?? []).map(({ to }) => known.get(to)).filter((effect) => effect !== undefined);
    return row(event, causes.get(event.event_id), led);
  }));
}

/** @param {Api.Edge[]} edges */
function grouped(edges) {
  /** @type {Map<string, Api.Edge[]>} */
  const groups = new Map();
  for (const edge of edges) groups.set(edge.from, [...(groups.get(edge.from) ?? []), edge]);
  return groups;
}

/**
 * @param {Api.TracedEvent} event
 * @param {Api.TracedEvent | undefined} cause
 * @param {Api.TracedEvent[]} effects
 */
function row(event, cause, effects) {
  const { kind, name } = partsOfLane(event.lane);
  const links = [
    cause ? element("span", {}, ["Caused by ", eventLink(cause)]) : null,
    effects.length ? element("span", {}, ["Led to ", ...effects.flatMap((effect, place) => [place ? ", " : "", eventLink(effect)])]) : null,
  ].filter((link) => link !== null);
  return element("li", {}, [
    element("p", { class: "graph-row" }, [
      timeOf(event.at, dayAndTime(event.at).time),
      " ",
      badge(name ? `${kind} ${name}` : kind, kind),
      " ",
      eventLink(event),
    ]),
    element("p", { class: "event-summary" }, maskedText(event.summary)),
    links.length ? element("p", { class: "quiet chain-links" }, links) : null,
  ]);
}
