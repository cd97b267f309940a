// The badge of an operation's method.

import { element } from "../base/elements.js";

export function method(operation) {
  return element("span", { class: `method ${operation.method.toLowerCase()}` }, operation.method);
}
