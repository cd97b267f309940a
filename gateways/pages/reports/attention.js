// Whether a figure of the dashboard needs attention, for the eye and in words.

/** @import { Level, Watched } from "./thresholds.js" */
import { place } from "./place.js";
import { levelOf, thresholdsOf } from "./thresholds.js";
import { words } from "./words.js";

/** @typedef {{ level: Level | null, text: string, words: string }} Attention */

/**
 * @template {number | null} Value
 * @param {Value} value
 * @param {Watched} name
 * @param {(value: Value) => string} written
 * @returns {Attention}
 */
export function attention(value, name, written) {
  const thresholds = thresholdsOf(place.value.parameters, name);
  const level = levelOf(value, thresholds);
  const side = thresholds[1] >= thresholds[0] ? "high" : "low";
  const text = level === "warn" ? words(`level.warn.${side}`) : level === "bad" ? words(`level.bad.${side}`) : "";
  return { level, text: written(value), words: text };
}
