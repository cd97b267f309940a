// Values of reports as the reader's language writes them.

/** @import { Value } from "./types" */
import { clock, list, number, share } from "../base/formats.js";
import { locale } from "../base/words.js";
import { known, valueWords, words } from "./words.js";

export const NONE = "–";

/** @typedef {Api.ReportColumn["kind"]} Kind */

const FIGURES = /** @type {Kind[]} */ (["count", "number", "duration", "share"]);
const EXACT = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const UTC = /** @type {const} */ ({ timeZone: "UTC" });
const DAY = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", year: "numeric", ...UTC });
const SHORT_DAY = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", ...UTC });
const TIME = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", ...UTC });
const DAY_AND_TIME = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", ...UTC });
const TO_THE_SECOND = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", ...UTC });

/** Whether the column is a figure, and not what it is about. @param {Api.ReportColumn} column */
export function isFigure({ kind }) {
  return FIGURES.includes(kind);
}

/** A figure in its unit. @param {number} value @param {Kind} kind */
export function figureText(value, kind) {
  if (kind === "share") return share(value / 100);
  if (kind === "duration") return clock(value);
  return kind === "count" ? number(value) : EXACT.format(value);
}

/** Any value but a link. @param {Value} value @param {Api.ReportColumn} column */
export function text(value, { kind, name }) {
  if (value === null || value === "") return NONE;
  if (typeof value === "number") return figureText(value, kind);
  if (typeof value === "boolean") return words(value ? "value.yes" : "value.no");
  if (Array.isArray(value)) return value.length ? list(value) : NONE;
  if (kind === "instant" || kind === "interval") return instantText(value);
  return ["disposition", "status", "state", "direction", "reason", "ended_by"].includes(name) ? valueWords(value) : value;
}

/**
 * An instant by the clock on the wall that it is written with, which may be that of any zone.
 *
 * @param {string} instant
 */
export function instantText(instant) {
  return TO_THE_SECOND.format(wall(instant));
}

/**
 * An interval in words. A day has no time.
 *
 * @param {string} label
 * @param {string} interval
 * @param {boolean} [twice] whether the clock shows this time twice on that day
 */
export function intervalText(label, interval, twice = false) {
  if (interval === "day") return DAY.format(wall(label));
  return DAY_AND_TIME.format(wall(label)) + (twice ? ` ${label.slice(19)}` : "");
}

/** A shorter mark of an interval, for an axis. @param {string} label @param {string} interval @param {boolean} ofOneDay */
export function intervalMark(label, interval, ofOneDay) {
  const at = wall(label);
  if (interval === "day") return SHORT_DAY.format(at);
  return ofOneDay || label.slice(11, 16) !== "00:00" ? TIME.format(at) : SHORT_DAY.format(at);
}

/** A range of local times or dates; the last day of one of dates is the one before `to`. @param {string} from @param {string} to */
export function rangeText(from, to) {
  [from, to] = [from, to].map((text) => text.replace(/T00:00(:00.*)?$/, ""));
  if (from.length > 10 || to.length > 10) return DAY_AND_TIME.formatRange(wall(from), wall(to));
  return DAY.formatRange(wall(from), wall(to) - 86_400_000);
}

/** The name of a column in words. @param {string} name */
export function columnName(name) {
  const own = known(`column.${name}`);
  if (own) return own;
  const plain = name.replace(/_id$/, "").replaceAll("_", " ");
  return plain[0].toUpperCase() + plain.slice(1);
}

/** @param {string} text */
function wall(text) {
  return Date.parse(`${text.slice(0, 19)}${text.length > 10 ? "" : "T00:00"}Z`);
}
