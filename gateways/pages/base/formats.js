// Times, durations and numbers as the reader's language writes them.

import { locale } from "./words.js";

const TIME = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short" });
const FULL = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
const RELATIVE = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
const NUMBER = new Intl.NumberFormat(locale);
const SHARE = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
const LIST = new Intl.ListFormat(locale);
const BYTES = /** @type {const} */ (["byte", "kilobyte", "megabyte", "gigabyte"]);

/** The time of day; with the day where it is not today. @param {string | number | Date} instant */
export function time(instant) {
  const date = new Date(instant);
  return isToday(date) ? TIME.format(date) : `${DAY.format(date)}, ${TIME.format(date)}`;
}

/** Day and time, to the second. @param {string | number | Date} instant */
export function fullTime(instant) {
  return FULL.format(new Date(instant));
}

/** The day. @param {string | number | Date} instant */
export function day(instant) {
  return DAY.format(new Date(instant));
}

/** A duration on a clock, such as 2:05 or 1:02:05. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** How long ago or ahead something is, in the largest unit. @param {number} seconds */
export function relative(seconds) {
  const size = Math.abs(seconds);
  if (size < 60) return RELATIVE.format(Math.round(seconds), "second");
  if (size < 3600) return RELATIVE.format(Math.round(seconds / 60), "minute");
  if (size < 86400) return RELATIVE.format(Math.round(seconds / 3600), "hour");
  return RELATIVE.format(Math.round(seconds / 86400), "day");
}

/** @param {number} value */
export function number(value) {
  return NUMBER.format(value);
}

/** A share between 0 and 1 in percent. @param {number} value */
export function share(value) {
  return SHARE.format(value);
}

/** @param {Iterable<string>} words */
export function list(words) {
  return LIST.format(words);
}

/** The size of a file. @param {number} bytes */
export function size(bytes) {
  const power = Math.min(BYTES.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const format = new Intl.NumberFormat(locale, { style: "unit", unit: BYTES[power], unitDisplay: "short", maximumFractionDigits: 1 });
  return format.format(bytes / 1000 ** power);
}

/** @param {Date} date */
function isToday(date) {
  return date.toDateString() === new Date().toDateString();
}
