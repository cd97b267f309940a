// The badge of an operation's method.

import { element } from "../base/elements.js";

/** @param {string} name */
export function method(name) {
  return element("span", { class: `method ${name.toLowerCase()}` }, name);
}
