// Where the lines of an axis stand: at round values.

/** @import { ValueKind } from "./types" */

const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

/**
 * Round values from 0 to the first one that no value exceeds.
 *
 * @param {number} largest
 * @param {ValueKind} kind
 * @param {number} [most] the most steps
 */
export function ticksOf(largest, kind, most = 5) {
  if (kind === "share" && largest > 50 && largest <= 100) return [0, 25, 50, 75, 100];
  const step = stepOf(Math.max(largest, 0), kind, most);
  const count = Math.max(1, Math.ceil(rounded(largest / step)));
  return Array.from({ length: count + 1 }, (_, place) => rounded(place * step));
}

/**
 * Which of so many marks have room: every second, every fifth and so on.
 *
 * @param {number} count
 * @param {number} room
 */
export function everyNth(count, room) {
  const least = Math.ceil(count / Math.max(1, room));
  return [1, 2, 3, 4, 6, 8, 12, 24, 48, 96].find((each) => each >= least) ?? Math.ceil(least / 96) * 96;
}

/**
 * @param {number} largest
 * @param {ValueKind} kind
 * @param {number} most
 */
function stepOf(largest, kind, most) {
  const least = largest / most;
  if (kind === "duration") return SECONDS.find((each) => each >= least) ?? 86400 * roundStep(least / 86400);
  const step = roundStep(least);
  return kind === "count" ? Math.max(1, step) : step;
}

/** The next larger of 1, 2, 5, 10, 20 and so on. @param {number} least */
function roundStep(least) {
  if (least <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return rounded((/** @type {const} */ ([1, 2, 5, 10]).find((each) => rounded(each * power) >= rounded(least)) ?? 10) * power);
}

/** The value without what calculating with fractions adds. @param {number} value */
function rounded(value) {
  return Number(value.toPrecision(12));
}
