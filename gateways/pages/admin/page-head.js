// The heading of a view: where it is, what it is about, and what can be done with the whole.

/** @import { Kind } from "./types" */
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { hashOf } from "./route.js";
import { manyWords, words, wordsFor } from "./words.js";

/**
 * @param {Pick<Kind, "key"> | { key: string }} kind
 * @param {Node[]} tools
 * @param {{ heading?: string | (() => string), back?: string }} [options] `back` is the list in which the item stands
 */
export function pageHead({ key }, tools, { heading, back } = {}) {
  const up = back === undefined ? "#" : hashOf(key);
  const about = heading ? null : wordsFor(`about.${key}`);
  const arrow = icon("back");
  arrow.classList.add("mirrored");
  return element("header", { class: `view-head${back === undefined ? " of-list" : ""}` }, [
    element("a", { class: "up", href: up }, [arrow, element("span", {}, back ?? words("title"))]),
    element("div", { class: "view-title" }, [element("h1", { tabindex: "-1" }, heading ?? manyWords(key)), element("div", { class: "view-tools" }, tools)]),
    about ? element("p", { class: "quiet about" }, about) : null,
  ]);
}
