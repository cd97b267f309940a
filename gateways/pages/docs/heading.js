// The heading of an entry, with a link to it.

/** @import { Entry } from "./types" */
import { element } from "../base/elements.js";

/**
 * @param {Entry} entry
 * @param {string} linkText
 */
export function heading({ id, title }, linkText) {
  return element("h3", { id: `${id}-heading` }, [
    title,
    " ",
    element("a", { class: "anchor", href: `#${id}` }, [
      element("span", { "aria-hidden": "true" }, "#"),
      element("span", { class: "visually-hidden" }, linkText),
    ]),
  ]);
}
