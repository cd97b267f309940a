// The usual periods of reports, by the clock on the wall.

/** @typedef {{ from: string, to: string }} Range Two dates such as 2026-11-22. `to` does not belong to it. */
/** @typedef {typeof PERIODS[number]} Period */

const DAY = 86_400_000;
export const PERIODS = /** @type {const} */ (["today", "yesterday", "this_week", "last_week", "last_7_days", "last_30_days", "this_month", "last_month"]);

/**
 * The present day and time in a zone, or in UTC where the browser does not know the zone.
 *
 * @param {string} zone
 * @param {number} instant in milliseconds
 */
export function localNow(zone, instant) {
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const format = (/** @type {string} */ timeZone) => new Intl.DateTimeFormat("sv-SE", { ...parts, timeZone }).format(instant).replace(" ", "T");
  try {
    return format(zone);
  } catch {
    return format("UTC");
  }
}

/**
 * The range of a period on a day. The first day of weeks is 1 for Monday up to 7 for Sunday.
 *
 * @param {Period} period
 * @param {string} today
 * @param {number} firstDay
 * @returns {Range}
 */
export function rangeOf(period, today, firstDay = 1) {
  const tomorrow = later(today, 1);
  const week = later(today, -((weekday(today) - firstDay + 7) % 7));
  const month = `${today.slice(0, 7)}-01`;
  switch (period) {
    case "today":
      return { from: today, to: tomorrow };
    case "yesterday":
      return { from: later(today, -1), to: today };
    case "this_week":
      return { from: week, to: tomorrow };
    case "last_week":
      return { from: later(week, -7), to: week };
    case "last_7_days":
      return { from: later(today, -6), to: tomorrow };
    case "last_30_days":
      return { from: later(today, -29), to: tomorrow };
    case "this_month":
      return { from: month, to: tomorrow };
    case "last_month":
      return { from: monthBefore(month), to: month };
  }
}

/** The day so many days later. @param {string} day @param {number} days */
export function later(day, days) {
  return new Date(wall(day.slice(0, 10)) + days * DAY).toISOString().slice(0, 10);
}

/** The first day of the month before. @param {string} month the first day of a month */
function monthBefore(month) {
  return `${later(month, -1).slice(0, 7)}-01`;
}

/** From 1 for Monday to 7 for Sunday. @param {string} day */
function weekday(day) {
  return new Date(wall(day)).getUTCDay() || 7;
}

/** @param {string} day */
function wall(day) {
  return Date.parse(`${day}T00:00Z`);
}
