// Values as they stand in events and states: masked ones, ids, names of streams, JSON.

import { element, unseen } from "../base/elements.js";
import { ago, inFull } from "./instants.js";
import { href } from "./routes.js";

export const MASK = "•••";
const WHY_MASKED = "Personal. Administrators see it, supervisors that of their teams, and API keys with the scopes inspect and personal.";
const COPIED_MILLISECONDS = 2000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-([0-9a-f]{12})$/;
const CATEGORIES = ["conversation", "agent", "router", "configuration"];

/**
 * The text, with an explanation at each masked part.
 *
 * @param {string | number} text
 * @returns {(string | HTMLElement)[]}
 */
export function maskedText(text) {
  return String(text).split(MASK).flatMap((part, place) => (place ? [masked(), part] : [part]));
}

export function masked() {
  return element("span", { class: "masked", title: WHY_MASKED }, [
    element("span", { "aria-hidden": "true" }, MASK),
    unseen("masked"),
  ]);
}

/**
 * The stream's category and the entity's id.
 *
 * @param {string} stream
 */
export function partsOf(stream) {
  const category = CATEGORIES.find((name) => stream.startsWith(`${name}-`));
  return category ? [category, stream.slice(category.length + 1)] : ["other", stream];
}

/**
 * The stream's name, with its category as a badge. With `whole` false a long id is cut to its end, by which ids differ.
 *
 * @param {string} stream
 */
export function streamName(stream, { whole = true } = {}) {
  const [category, id] = partsOf(stream);
  return element("span", { class: "stream-name", title: whole ? null : stream }, [
    badge(category, category),
    " ",
    element("span", { class: "id" }, whole ? id : shortId(id)),
  ]);
}

/** @param {string} id */
export function shortId(id) {
  const found = UUID.exec(id);
  return found ? `…${found[2].slice(-6)}` : id;
}

/**
 * @param {Children} words
 * @param {string} kind
 */
export function badge(words, kind) {
  return element("span", { class: `badge ${kind}` }, words);
}

/**
 * A state in words. The state decides the colour.
 *
 * @param {string} state
 */
export function stateBadge(state) {
  return badge(state.replaceAll("_", " "), `state-${state}`);
}

/**
 * @param {string} instant
 * @param {Children} words
 */
export function timeOf(instant, words = inFull(instant)) {
  return element("time", { datetime: instant }, words);
}

/**
 * An instant, with the time since then.
 *
 * @param {string} instant
 */
export function timeAndAge(instant) {
  return [timeOf(instant), " ", element("span", { class: "quiet" }, ago(instant))];
}

/**
 * An id with a button that copies it. The id is a link where an address is given.
 *
 * @param {string} id
 * @param {string?} address
 * @param {string} name
 */
export function copyable(id, address = null, name = "id") {
  const words = element("code", {}, id);
  return element("span", { class: "copyable" }, [
    address ? element("a", { href: address }, words) : words,
    ...copyButton(id, name, { class: "copy-id" }, "Copy"),
  ]);
}

/**
 * A button that copies the text, and a status for screen readers.
 *
 * @param {string} text
 * @param {string} name
 * @param {Attributes<HTMLButtonElement>} attributes
 * @param {string} words
 */
export function copyButton(text, name, attributes, words) {
  const status = element("span", { class: "visually-hidden", role: "status" });
  const button = element("button", { type: "button", "aria-label": `Copy the ${name}`, ...attributes }, words);
  button.addEventListener("click", async () => {
    const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
    status.textContent = button.textContent = done ? "Copied" : "Select it";
    setTimeout(() => {
      button.textContent = words;
      status.textContent = "";
    }, COPIED_MILLISECONDS);
  });
  return [button, status];
}

/**
 * @param {{ event_id: string, type: string }} event
 * @param {Children} [words]
 */
export function eventLink(event, words) {
  return element("a", { href: href("event", event.event_id) }, words ?? event.type);
}

/**
 * Terms and their values. Terms without a value are left out.
 *
 * @param {[string, Children][]} pairs
 */
export function facts(pairs) {
  return element("dl", { class: "facts" }, pairs.flatMap(([name, value]) =>
    value === null ? [] : element("div", {}, [element("dt", {}, name), element("dd", {}, value)]),
  ));
}
