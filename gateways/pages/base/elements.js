// Making DOM nodes. Text always goes in as text, never as markup.

import { effect } from "./signals.js";

/**
 * An element with attributes and children. `true` sets an empty attribute; null and false leave it out. A name that
 * begins with a dot sets a property, such as `.value`, and one that begins with "on" listens, such as `onclick`.
 *
 * An attribute, property or child that is a function is bound: it follows the values that the function reads, until
 * the owner of the element is stopped. A bound child is a text.
 */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute.startsWith("on")) made.addEventListener(attribute.slice(2), value);
    else if (typeof value === "function") effect(() => assign(made, attribute, value()));
    else if (!isAbsent(value)) assign(made, attribute, value);
  }
  made.append(...[children].flat().filter((child) => child !== null).map(nodeOf));
  return made;
}

/** A text that follows the values that the function reads. */
export function bound(text) {
  const node = document.createTextNode("");
  effect(() => (node.data = text() ?? ""));
  return node;
}

/** A <details> whose content is made when it is first opened. */
export function disclosure(attributes, summary, makeContent) {
  const details = element("details", attributes, element("summary", {}, summary));
  const fill = () => details.append(...[makeContent()].flat());
  if (details.open) fill();
  else details.addEventListener("toggle", fill, { once: true });
  return details;
}

/** A text that only screen readers read out. */
export function unseen(text) {
  return element("span", { class: "visually-hidden" }, text);
}

function nodeOf(child) {
  return typeof child === "function" ? bound(child) : child;
}

function assign(made, attribute, value) {
  if (attribute.startsWith(".")) made[attribute.slice(1)] = value;
  else if (isAbsent(value)) made.removeAttribute(attribute);
  else made.setAttribute(attribute, value === true ? "" : value);
}

function isAbsent(value) {
  return value === null || value === undefined || value === false;
}
