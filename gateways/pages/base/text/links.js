// Links in what people write. The text is scanned once from the beginning to the end, however it is made.

import { element } from "../elements.js";

const BEGINNINGS = ["https://", "http://", "mailto:", "tel:"];
const CLOSING = new Set(".,;:!?)]}>'\"»”’");
const OF_DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * The text as nodes, of which the addresses are links.
 *
 * @param {string} text
 */
export function linked(text) {
  return partsOf(text).map((part) => (part.address ? linkTo(part.address, part.text) : part.text));
}

/**
 * A link, which opens in a tab of its own and tells the other site nothing.
 *
 * @param {string} address
 * @param {Children} content
 */
export function linkTo(address, content) {
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow ugc" }, content);
}

/**
 * The text in pieces: `{text}`, or `{text, address}` for a link.
 *
 * @param {string} text
 */
export function partsOf(text) {
  /** @type {{ text: string, address?: string }[]} */
  const parts = [];
  let done = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!isBeginning(text, at)) continue;
    const end = endOf(text, at);
    const address = addressFrom(text.slice(at, end));
    if (address !== null) {
      if (at > done) parts.push({ text: text.slice(done, at) });
      parts.push({ text: withoutDirection(text.slice(at, end)), address });
      done = end;
    }
    at = Math.max(at, end - 1);
  }
  if (done < text.length) parts.push({ text: text.slice(done) });
  return parts;
}

/**
 * Whether an address may begin at this place of the text.
 *
 * @param {string} text
 * @param {number} at
 */
export function isBeginning(text, at) {
  const sign = text.charAt(at).toLowerCase();
  if (sign !== "h" && sign !== "m" && sign !== "t") return false;
  if (/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return false;
  return BEGINNINGS.some((each) => each === text.slice(at, at + each.length).toLowerCase());
}

/**
 * The text as an address that may be linked to, or null.
 *
 * @param {string} text
 */
export function addressFrom(text) {
  const address = withoutDirection(text);
  if (!isBeginning(address, 0)) return null;
  const rest = address.slice(address.indexOf(":") + 1).replace(/^\/\//, "");
  return rest && URL.canParse(address) ? address : null;
}

/**
 * The text without the signs that turn its direction, with which a name or an address looks like another.
 *
 * @param {string} text
 */
export function withoutDirection(text) {
  return text.replace(OF_DIRECTION, "");
}

/**
 * @param {string} text
 * @param {number} start
 */
function endOf(text, start) {
  let end = start;
  while (end < text.length && !/\s/.test(text[end])) end += 1;
  while (end > start && CLOSING.has(text[end - 1])) end -= 1;
  return end;
}
