// What tells the series of a chart apart beside their colours: the shape of their points, and their dashes or hatching.

import { svg } from "./svg.js";

const POINTS = [
  "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
  "M-3.5-3.5h7v7h-7z",
  "M0-4.8l4.6 8h-9.2z",
  "M0-5l5 5-5 5-5-5z",
  "M0 4.8l4.6-8h-9.2z",
  "M-1.3-4.5h2.6v3.2h3.2v2.6h-3.2v3.2h-2.6v-3.2h-3.2v-2.6h3.2z",
  "M-4.5-2h9v4h-9z",
  "M-2-4.5h4v9h-4z",
];
const HATCHES = [null, "M0 6L6 0", "M0 0L6 6", "M0 3H6", "M3 0V6", "M0 6L6 0M0 0L6 6", "M0 3H6M3 0V6", "M0 1.5H6M0 4.5H6"];

/** How many series can be told apart. */
export const MAX_SERIES = POINTS.length;

/**
 * @param {number} number of the series
 * @param {number} x
 * @param {number} y
 */
export function pointMark(number, x, y) {
  return svg("path", { d: POINTS[number % MAX_SERIES], class: `point series-${number % MAX_SERIES}`, transform: `translate(${x} ${y})` });
}

/**
 * The hatching of a filled area, and its address; null for the first series, which has none.
 *
 * @param {string} prefix
 * @param {number} number
 */
export function hatch(prefix, number) {
  const path = HATCHES[number % MAX_SERIES];
  const id = `${prefix}-hatch-${number}`;
  if (!path) return null;
  const node = svg("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse" }, [svg("path", { d: path, class: "hatch" })]);
  return { node, address: `url(#${id})` };
}

/** A sample of the series for the legend. @param {number} number @param {boolean} past */
export function sample(number, past) {
  const line = svg("path", { d: "M0 8H24", class: `line series-${number % MAX_SERIES}${past ? " past" : ""}` });
  return svg("svg", { viewBox: "0 0 24 16", class: "sample", "aria-hidden": "true" }, past ? [line] : [line, pointMark(number, 12, 8)]);
}
