// The little Markdown that descriptions use: paragraphs, lists, `code` and **strong** text.

import { element } from "../base/elements.js";

const SPAN = /(``.+?``|`[^`]+`|\*\*[^*]+\*\*)/s;

/**
 * The text as block elements.
 *
 * @param {string} text
 */
export function prose(text = "") {
  return text
    .split(/\n{2,}/)
    .filter((block) => block.trim())
    .map((block) => (block.startsWith("- ") ? list(block) : element("p", {}, spans(block))));
}

/**
 * The text as the contents of one paragraph.
 *
 * @param {string} text
 */
export function spans(text) {
  return text.split(SPAN).filter(Boolean).map(span);
}

/** @param {string} part */
function span(part) {
  if (part.startsWith("**")) return element("strong", {}, part.slice(2, -2));
  if (part.startsWith("`")) return element("code", {}, part.replace(/^`+|`+$/g, ""));
  return part;
}

/** @param {string} block */
function list(block) {
  const items = block.split(/^- /m).filter((item) => item.trim());
  return element("ul", {}, items.map((item) => element("li", {}, spans(item.trim()))));
}
