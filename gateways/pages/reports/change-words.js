// How a figure has changed since the period before, in words.

import { element } from "../base/elements.js";
import { share } from "../base/formats.js";
import { figureText } from "./cells.js";
import { words } from "./words.js";

/** The figures that are better the larger they are, and those that are better the smaller they are. Of others nobody knows. */
const BETTER_LARGER = /^(service_level|availability|containment|satisfaction|average_rating|response_rate|contained|resolved|responded|answered_within_|answered_in_threshold|rated_5)/;
const BETTER_SMALLER = /^(abandoned|rona|declined|failed|expired|unanswered|unresolved|longest_|max_queued|(average|median|p90|maximum|minimum)_(speed|answer|abandon|response|resolution)|rated_1)/;

/**
 * Whether a change is an improvement; null where that is not known, or nothing has changed.
 *
 * @param {string} name
 * @param {number} difference
 */
export function isBetter(name, difference) {
  if (!difference) return null;
  if (BETTER_LARGER.test(name)) return difference > 0;
  return BETTER_SMALLER.test(name) ? difference < 0 : null;
}

/**
 * The difference and its share of what there was before.
 *
 * @param {Api.ReportColumn} column
 * @param {number} now
 * @param {number} before
 */
export function changeWords({ kind }, now, before) {
  const difference = now - before;
  if (!difference) return words("change.none");
  const size = kind === "share" ? words("change.points", { points: figureText(Math.abs(difference), "number") }) : figureText(Math.abs(difference), kind);
  const part = before && kind !== "share" ? ` (${share(Math.abs(difference) / Math.abs(before))})` : "";
  return words(difference > 0 ? "change.more" : "change.less", { size }) + part;
}

/**
 * The change with its arrow; its colour says whether it is good, where that is known. Null where there is nothing to
 * compare. A sum that has no row is 0.
 *
 * @param {Api.ReportColumn} column
 * @param {unknown} now
 * @param {unknown} then
 */
export function changeNode(column, now, then) {
  const before = then === undefined && column.combines === "sum" ? 0 : then;
  if (typeof now !== "number" || typeof before !== "number") return null;
  const difference = now - before;
  const better = isBetter(column.name, difference);
  const arrow = difference > 0 ? "▲" : difference < 0 ? "▼" : "=";
  const verdict = better === null ? "" : ` · ${words(better ? "change.better" : "change.worse")}`;
  return element("span", { class: `change ${better === null ? "quiet" : better ? "good" : "bad"}` }, [element("span", { "aria-hidden": "true" }, `${arrow} `), changeWords(column, now, before) + verdict]);
}
