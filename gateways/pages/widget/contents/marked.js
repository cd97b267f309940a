// Markdown as nodes of the page.

import { element } from "../../base/elements.js";
import { addressFrom, linkTo, linked, withoutDirection } from "../links.js";
import { parsed } from "./markdown.js";

/** The text as a list of nodes. */
export function marked(text) {
  return parsed(text).map(block);
}

function block({ type, content, text, first, items }) {
  if (type === "code") return element("pre", { tabindex: "0", dir: "ltr" }, element("code", {}, text));
  if (type === "quote") return element("blockquote", { dir: "auto" }, inlines(content));
  if (type === "heading") return element("p", { dir: "auto" }, element("strong", {}, inlines(content)));
  if (type === "list") return list(first, items);
  return element("p", { dir: "auto" }, inlines(content));
}

function list(first, items) {
  const rows = items.map((content) => element("li", {}, inlines(content)));
  return first === null ? element("ul", { dir: "auto" }, rows) : element("ol", { start: String(first), dir: "auto" }, rows);
}

function inlines(content) {
  return content.flatMap((part) => (part.type === undefined ? linked(part) : node(part)));
}

function node({ type, content, text, address }) {
  if (type === "code") return element("code", { dir: "ltr" }, text);
  if (type === "link") return link(address, content);
  return element(type === "strong" ? "strong" : "em", {}, inlines(content));
}

/** A link whose words are not its own address shows where it leads. */
function link(address, content) {
  const words = withoutDirection(plain(content));
  const host = new URL(address).host;
  const isNamed = !host || words === host || new URL(addressFrom(words) ?? "about:blank").host === host;
  return [linkTo(address, words), isNamed ? "" : element("span", { class: "host" }, ` (${host})`)];
}

function plain(content) {
  return content.map((part) => (part.type === undefined ? part : (part.text ?? plain(part.content)))).join("");
}
