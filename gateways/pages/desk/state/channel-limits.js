// What a channel cannot show of an agent's answer as it is. The server cuts and renders; this only foresees it.

/** @import { LogEntry } from "./types" */

/** How much of a limit a sign takes, by the unit in which the channel counts. @type {Record<string, (sign: string) => number>} */
const SIZES = {
  code_points: () => 1,
  utf16_units: (sign) => sign.length,
  utf8_bytes: (sign) => bytesOf(sign.codePointAt(0) ?? 0),
};
const GAPS = [["\n"], [" ", "\t"]];

/**
 * In how many messages a text goes out. Each ends with a line or a word where there is one in its second half.
 *
 * @param {string} text
 * @param {Api.Capabilities} capabilities
 */
export function partsOf(text, { text_limit: limit, text_unit: unit = "code_points" }) {
  const signs = [...text];
  let parts = 0;
  for (let start = 0; start < signs.length; parts += 1) start += lengthOfPart(signs.slice(start, start + limit + 1), limit, SIZES[unit]);
  return parts;
}

/**
 * Whether choices go out as a numbered text.
 *
 * @param {number} count
 * @param {Api.Capabilities} capabilities
 */
export function areNumbered(count, { buttons = 0, button_title_limit: titles = 0 }) {
  return count > buttons || titles < 1;
}

/**
 * Whether a file goes out as a link, for its kind or its size.
 *
 * @param {{ type: string, size: number }} file
 * @param {Api.Capabilities} capabilities
 */
export function isLinked({ type, size }, { media = {} }) {
  const most = media[kindOf(type)];
  return most === undefined || size > most;
}

/** The kind of message that holds a file of this media type. @param {string} mediaType */
export function kindOf(mediaType) {
  const kind = mediaType.split("/")[0];
  return kind === "image" || kind === "audio" || kind === "video" ? kind : "file";
}

/**
 * When the channel stops to take answers, in milliseconds; null where it takes them at any time, or that is not known.
 * What the customer has written since the conversation was read counts too.
 *
 * @param {Api.ConversationDetail} detail
 * @param {LogEntry[]} log
 */
export function closingTime({ capabilities, window_closes_at: closesAt }, log) {
  const seconds = capabilities?.window_seconds;
  if (!seconds) return null;
  const last = log.findLast((entry) => entry.kind === "message" && entry.sender.type === "customer");
  const known = [closesAt ? Date.parse(closesAt) : 0, last ? Date.parse(last.at) + seconds * 1000 : 0];
  return Math.max(...known) || null;
}

/**
 * @param {string[]} signs one more than the limit, where there are so many
 * @param {number} limit
 * @param {(sign: string) => number} sizeOf
 */
function lengthOfPart(signs, limit, sizeOf) {
  let room = limit;
  const fitting = signs.findIndex((sign) => (room -= sizeOf(sign)) < 0);
  if (fitting < 0) return signs.length;
  for (const gap of GAPS) {
    for (let end = fitting; end > Math.floor(fitting / 2); end -= 1) if (gap.includes(signs[end - 1])) return end;
  }
  return Math.max(fitting, 1);
}

/** @param {number} point */
function bytesOf(point) {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}
