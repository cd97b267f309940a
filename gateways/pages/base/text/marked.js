// Markdown as nodes of the page.

/** @import { Block, InlineNode, Inlines } from "./types" */
import { element } from "../elements.js";
import { addressFrom, linkTo, linked, withoutDirection } from "./links.js";
import { parsed } from "./markdown.js";

/**
 * The text as a list of nodes.
 *
 * @param {string} text
 */
export function marked(text) {
  return parsed(text).map(block);
}

/** @param {Block} block */
function block(block) {
  if (block.type === "code") return element("pre", { tabindex: "0", dir: "ltr" }, element("code", {}, block.text));
  if (block.type === "quote") return element("blockquote", { dir: "auto" }, inlines(block.content));
  if (block.type === "heading") return element("p", { dir: "auto" }, element("strong", {}, inlines(block.content)));
  if (block.type === "list") return list(block.first, block.items);
  return element("p", { dir: "auto" }, inlines(block.content));
}

/**
 * @param {number?} first
 * @param {Inlines[]} items
 */
function list(first, items) {
  const rows = items.map((content) => element("li", {}, inlines(content)));
  return first === null ? element("ul", { dir: "auto" }, rows) : element("ol", { start: String(first), dir: "auto" }, rows);
}

/**
 * @param {Inlines} content
 * @returns {(Node | string)[]}
 */
function inlines(content) {
  return content.flatMap((part) => (typeof part === "string" ? linked(part) : node(part)));
}

/** @param {InlineNode} part */
function node(part) {
  if (part.type === "code") return element("code", { dir: "ltr" }, part.text);
  if (part.type === "link") return link(part.address, part.content);
  return element(part.type === "strong" ? "strong" : "em", {}, inlines(part.content));
}

/**
 * A link whose words are not its own address shows where it leads.
 *
 * @param {string} address
 * @param {Inlines} content
 */
function link(address, content) {
  const words = withoutDirection(plain(content));
  const host = new URL(address).host;
  const isNamed = !host || words === host || new URL(addressFrom(words) ?? "about:blank").host === host;
  return [linkTo(address, words), isNamed ? "" : element("span", { class: "host" }, ` (${host})`)];
}

/**
 * @param {Inlines} content
 * @returns {string}
 */
function plain(content) {
  return content.map((part) => (typeof part === "string" ? part : part.type === "code" ? part.text : plain(part.content))).join("");
}
