// Making DOM nodes. Text always goes in as text, never as markup.

import { effect } from "./signals.js";

/**
 * An element with attributes and children. `true` sets an empty attribute; null and false leave it out. A name that
 * begins with a dot sets a property, such as `.value`, and one that begins with "on" listens, such as `onclick`.
 *
 * An attribute, property or child that is a function is bound: it follows the values that the function reads, until
 * the owner of the element is stopped. A bound child is a text.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Attributes<HTMLElementTagNameMap[Name]>} attributes
 * @param {Children} children
 */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute.startsWith("on")) made.addEventListener(attribute.slice(2), /** @type {EventListener} */ (value));
    else if (typeof value === "function") effect(() => assign(made, attribute, value()));
    else if (!isAbsent(value)) assign(made, attribute, value);
  }
  made.append(...[children].flat().filter((child) => child !== null).map(nodeOf));
  return made;
}

/**
 * A text that follows the values that the function reads.
 *
 * @param {() => BoundText} text
 */
export function bound(text) {
  const node = document.createTextNode("");
  effect(() => (node.data = String(text() ?? "")));
  return node;
}

/**
 * A <details> whose content is made when it is first opened.
 *
 * @param {Attributes<HTMLDetailsElement>} attributes
 * @param {Children} summary
 * @param {() => Node | string | (Node | string)[]} makeContent
 */
export function disclosure(attributes, summary, makeContent) {
  const details = element("details", attributes, element("summary", {}, summary));
  const fill = () => details.append(...[makeContent()].flat());
  if (details.open) fill();
  else details.addEventListener("toggle", fill, { once: true });
  return details;
}

/**
 * A text that only screen readers read out.
 *
 * @param {Children} text
 */
export function unseen(text) {
  return element("span", { class: "visually-hidden" }, text);
}

/** @param {NonNullable<Child>} child */
function nodeOf(child) {
  return typeof child === "function" ? bound(child) : child;
}

/**
 * @param {HTMLElement} made
 * @param {string} attribute
 * @param {unknown} value
 */
function assign(made, attribute, value) {
  if (attribute.startsWith(".")) Object.assign(made, { [attribute.slice(1)]: value });
  else if (isAbsent(value)) made.removeAttribute(attribute);
  else made.setAttribute(attribute, value === true ? "" : String(value));
}

/** @param {unknown} value */
function isAbsent(value) {
  return value === null || value === undefined || value === false;
}
