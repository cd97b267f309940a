// The details of one event: its metadata and its data.

import { jsonBlock } from "../base/code-block.js";
import { element } from "../base/elements.js";
import { href } from "./routes.js";
import { MASK, copyable, facts, masked, partsOf, streamName, timeAndAge } from "./values.js";

/**
 * The metadata as terms. Every id can be copied, and is a link where the page can open it.
 *
 * @param {Api.InspectedEvent} event
 */
export function metadata(event) {
  return facts([
    ["At", timeAndAge(event.at)],
    ["Stream", element("a", { href: streamAt(event) }, streamName(event.stream))],
    ["Version", String(event.version)],
    ["Position", String(event.position)],
    ["Actor", event.actor],
    ["Event id", copyable(event.event_id, null, "event id")],
    ["Correlation id", copyable(event.correlation_id, href("graph", event.correlation_id), "correlation id")],
    ["Causation id", causation(event)],
    ["Schema version", String(event.schema_version)],
  ]);
}

/**
 * Links to the other views of this event.
 *
 * @param {Api.InspectedEvent} event
 */
export function relatedViews(event, { stream = false } = {}) {
  const [category, id] = partsOf(event.stream);
  const found = /** @type {{ conversation_id?: string }?} */ (event.data);
  const conversation = category === "conversation" ? id : found?.conversation_id;
  return element("p", { class: "related-views" }, [
    element("a", { href: href("event", event.event_id) }, "Cause and effects"),
    stream ? element("a", { href: streamAt(event) }, "In its stream") : null,
    element("a", { href: href("state", event.stream, { version: event.version }) }, "State after it"),
    conversation ? element("a", { href: href("graph", conversation) }, "Conversation’s graph") : null,
    element("a", { href: href("floor", null, { at: event.at }) }, "The floor at this time"),
  ]);
}

/** @param {Api.InspectedEvent} event */
export function data(event) {
  const block = jsonBlock(`Data of ${event.type}`, event.data);
  for (const string of block.querySelectorAll(".string")) {
    if (string.textContent === `"${MASK}"`) string.replaceWith(masked());
  }
  return block;
}

/** @param {Api.InspectedEvent} event */
function streamAt(event) {
  return href("stream", event.stream, { version: event.version });
}

/** @param {Api.InspectedEvent} event */
function causation(event) {
  const id = event.causation_id;
  return id ? copyable(id, id === event.event_id ? null : href("event", id), "causation id") : null;
}
