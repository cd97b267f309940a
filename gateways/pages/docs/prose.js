// The little Markdown that descriptions use: paragraphs, lists, `code` and **strong** text.

import { element } from "../base/elements.js";

const SPAN = /(``.+?``|`[^`]+`|\*\*[^*]+\*\*)/s;

/** The text as block elements. */
export function prose(text = "") {
  return text
    .split(/\n{2,}/)
    .filter((block) => block.trim())
    .map((block) => (block.startsWith("- ") ? list(block) : element("p", {}, spans(block))));
}

/** The text as the contents of one paragraph. */
export function spans(text) {
  return text.split(SPAN).filter(Boolean).map(span);
}

function span(part) {
  if (part.startsWith("**")) return element("strong", {}, part.slice(2, -2));
  if (part.startsWith("`")) return element("code", {}, part.replace(/^`+|`+$/g, ""));
  return part;
}

function list(block) {
  const items = block.split(/^- /m).filter((item) => item.trim());
  return element("ul", {}, items.map((item) => element("li", {}, spans(item.trim()))));
}
