// Files in words: their names, kinds and sizes. Nothing here knows of a page.

/** @import { MediaContent } from "../types" */
import { withoutDirection } from "../../base/text/links.js";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];
const STEP = 1024; // as limits are set, and as most systems count
const ENDING = /\.([\p{L}\p{N}]{1,8})$/u;

/**
 * The size with its unit, such as "2.4 MB".
 *
 * @param {number} bytes
 * @param {string} locale
 */
export function sizeInWords(bytes, locale) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / Math.log10(STEP)));
  /** @type {Intl.NumberFormatOptions} */
  const style = { style: "unit", unit: UNITS[power], unitDisplay: power ? "short" : "long", maximumFractionDigits: power > 1 ? 1 : 0 };
  return new Intl.NumberFormat(locale, style).format(bytes / STEP ** power);
}

/**
 * The kind as people call it, such as "PDF": the name's ending, or the second half of the media type; or null.
 *
 * @param {string | null | undefined} name
 * @param {string | null | undefined} mediaType
 */
export function kindInWords(name, mediaType) {
  const ending = ENDING.exec(name ?? "")?.[1] ?? ENDING.exec(`.${mediaType?.split("/")[1] ?? ""}`)?.[1];
  return ending?.toUpperCase() ?? null;
}

/**
 * The name of what is sent: its own, or the last part of its address. Null if it has none.
 *
 * @param {Pick<MediaContent, "name" | "url">} content
 */
export function nameOf({ name, url }) {
  const found = name ?? lastPartOf(url);
  return found ? withoutDirection(found) : null;
}

/** @param {string | null | undefined} url */
function lastPartOf(url) {
  if (!url || !URL.canParse(url)) return null;
  const part = new URL(url).pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
