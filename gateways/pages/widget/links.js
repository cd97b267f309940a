// Links in what people write. The text is scanned once from the beginning to the end, however it is made.

import { element } from "../base/elements.js";

const BEGINNINGS = ["https://", "http://", "mailto:", "tel:"];
const CLOSING = new Set(".,;:!?)]}>'\"»”’");
const OF_DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text as nodes, of which the addresses are links. */
export function linked(text) {
  return partsOf(text).map((part) => (part.address ? linkTo(part) : part.text));
}

/** The text in pieces: `{text}`, or `{text, address}` for a link. */
export function partsOf(text) {
  const parts = [];
  let done = 0;
  for (let at = 0; at < text.length; at += 1) {
    const begins = (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) && BEGINNINGS.some((each) => startsAt(text, at, each));
    if (!begins) continue;
    const end = endOf(text, at);
    const address = addressOf(text.slice(at, end).replace(OF_DIRECTION, ""));
    if (address === null) continue;
    if (at > done) parts.push({ text: text.slice(done, at) });
    parts.push({ text: text.slice(at, end).replace(OF_DIRECTION, ""), address });
    done = end;
    at = end - 1;
  }
  if (done < text.length) parts.push({ text: text.slice(done) });
  return parts;
}

function startsAt(text, at, beginning) {
  return text.slice(at, at + beginning.length).toLowerCase() === beginning;
}

function endOf(text, start) {
  let end = start;
  while (end < text.length && !/\s/.test(text[end])) end += 1;
  while (end > start && CLOSING.has(text[end - 1])) end -= 1;
  return end;
}

function addressOf(text) {
  const rest = text.slice(text.indexOf(":") + 1).replace(/^\/\//, "");
  return rest && URL.canParse(text) ? text : null;
}

function linkTo({ text, address }) {
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow ugc" }, text);
}
