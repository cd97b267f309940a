// From which values on a figure of the dashboard needs attention. They stand in the address.

/** @typedef {"good" | "warn" | "bad"} Level */
/** @typedef {"waiting" | "oldest" | "service_level"} Watched */

/** From the first value on a figure is worth a look, from the second on it is bad. A service level is so from there down. */
export const DEFAULTS = /** @type {Record<Watched, [number, number]>} */ ({
  waiting: [3, 10],
  oldest: [60, 180],
  service_level: [80, 60],
});
export const WATCHED = /** @type {Watched[]} */ (Object.keys(DEFAULTS));

/**
 * The two values of a figure in the parameters of an address, or the default ones.
 *
 * @param {Record<string, string>} parameters
 * @param {Watched} name
 * @returns {[number, number]}
 */
export function thresholdsOf(parameters, name) {
  const [warn, bad] = (parameters[name] ?? "").split(",").map((text) => (text.trim() ? Number(text) : NaN));
  return Number.isFinite(warn) && Number.isFinite(bad) ? [warn, bad] : DEFAULTS[name];
}

/**
 * @param {number | null} value
 * @param {[number, number]} thresholds
 * @returns {Level | null} null where there is no value
 */
export function levelOf(value, [warn, bad]) {
  if (value === null) return null;
  const grows = bad >= warn;
  if (grows ? value >= bad : value < bad) return "bad";
  return (grows ? value >= warn : value < warn) ? "warn" : "good";
}
