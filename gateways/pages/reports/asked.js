// What the address asks of a report: the range, the zone, the intervals, what has a row each, and the filters.

/** @import { Period } from "./periods.js" */
import { PERIODS, rangeOf } from "./periods.js";

const FIRST_PERIOD = "today";

/** The period that the parameters name; null where they name a range of their own. @param {Record<string, string>} parameters */
export function periodOf({ period, from, to }) {
  if (PERIODS.includes(/** @type {Period} */ (period))) return /** @type {Period} */ (period);
  return from || to ? null : FIRST_PERIOD;
}

/**
 * @param {Record<string, string>} parameters
 * @param {string} now the present time by the clock of the zone
 * @param {number} firstDay of weeks
 */
export function rangeAsked(parameters, now, firstDay) {
  const period = periodOf(parameters);
  if (period) return rangeOf(period, now.slice(0, 10), firstDay);
  const { from = "", to = "" } = parameters;
  return { from, to };
}

/**
 * @param {Api.ReportDescription} description
 * @param {Record<string, string>} parameters
 * @param {{ zone: string, now: string, firstDay: number }} reader
 */
export function askedOf(description, parameters, { zone, now, firstDay }) {
  const range = rangeAsked(parameters, now, firstDay);
  /** @type {Record<string, string>} */
  const query = { from: range.from, to: range.to, zone };
  for (const name of description.filters) if (parameters[name]) query[name] = parameters[name];
  if (description.kind === "summary") {
    query.interval = description.intervals.includes(parameters.interval) ? parameters.interval : (description.default_interval ?? "");
    query.by = groupsOf(description, parameters).join(",") || "total";
    if (parameters.compare !== "no") query.compare = "previous";
  }
  return query;
}

/**
 * What has a row each, in the order of the report; nothing where everything is one.
 *
 * @param {Api.ReportDescription} description
 * @param {Record<string, string>} parameters
 */
export function groupsOf({ dimensions, default_by }, { by }) {
  const named = by === undefined || by === "" ? default_by : by.split(",");
  return dimensions.filter((dimension) => named.includes(dimension));
}
