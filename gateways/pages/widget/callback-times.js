// The times at which a customer may want to be called, by the customer's own clock. Nothing here knows of a page.

/** @import { Openings } from "./types" */



const STEP_MILLISECONDS = 15 * 60_000;
const LEAST_AHEAD_MILLISECONDS = 10 * 60_000; // the form takes a while to fill in, and clocks differ

/**
 * The days and times in the openings `{start, end}`, as `[{label, times: [{at, label}]}]`. `now` is in milliseconds, and
 * `at` is an instant in UTC. A time that the clock shows twice on a day has the name of its zone's time beside it.
 *
 * @param {Openings} openings
 * @param {number} now
 * @param {string} zone
 * @param {string} locale
 */
export function daysOf(openings, now, zone, locale) {
  const calendar = calendarOf(zone);
  /** @type {Map<string, number[]>} */
  const days = new Map();
  for (const at of timesIn(openings, now + LEAST_AHEAD_MILLISECONDS)) {
    const day = calendar.format(at);
    days.set(day, days.get(day) ?? []);
    days.get(day)?.push(at);
  }
  const today = calendar.format(now);
  const clock = clockOf(zone, locale);
  const zonedClock = clockOf(zone, locale, { timeZoneName: "short" });
  return [...days].map(([day, times]) => ({ label: dayLabel(day, times[0], today, zone, locale), times: timeLabels(times, clock, zonedClock) }));
}

/**
 * The instant in words, such as "Monday, 7 December at 10:30".
 *
 * @param {string} instant
 * @param {string} zone
 * @param {string} locale
 */
export function timeInWords(instant, zone, locale) {
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { weekday: "long", day: "numeric", month: "long", ...clockParts(locale), timeZone: zone };
  return new Intl.DateTimeFormat(locale, parts).format(new Date(instant));
}

/**
 * What people call the time in the zone, such as "Central European Time".
 *
 * @param {string} zone
 * @param {string} locale
 */
export function zoneInWords(zone, locale) {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "longGeneric" }).formatToParts();
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/**
 * Zones differ by quarters of an hour, so that a quarter by UTC is one by every clock.
 *
 * @param {Openings} openings
 * @param {number} earliest
 */
function* timesIn(openings, earliest) {
  for (const { start, end } of openings) {
    const first = Math.ceil(Math.max(Date.parse(start), earliest) / STEP_MILLISECONDS) * STEP_MILLISECONDS;
    for (let at = first; at < Date.parse(end); at += STEP_MILLISECONDS) yield at;
  }
}

/**
 * Writes days as "2026-12-07". To make a format takes a hundred times as long as to use it.
 *
 * @param {string} zone
 */
function calendarOf(zone) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
}

/**
 * @param {string} day
 * @param {number} at
 * @param {string} today
 * @param {string} zone
 * @param {string} locale
 */
function dayLabel(day, at, today, zone, locale) {
  const date = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: "long", day: "numeric", month: "long" }).format(at);
  const ahead = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  if (ahead > 1) return date;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(ahead, "day");
  return `${relative.charAt(0).toLocaleUpperCase(locale)}${relative.slice(1)} – ${date}`;
}

/**
 * @param {number[]} times
 * @param {Intl.DateTimeFormat} clock
 * @param {Intl.DateTimeFormat} zonedClock
 */
function timeLabels(times, clock, zonedClock) {
  const labels = times.map((at) => clock.format(at));
  return times.map((at, place) => {
    const isTwice = labels.indexOf(labels[place]) !== labels.lastIndexOf(labels[place]);
    return { at: new Date(at).toISOString(), label: isTwice ? zonedClock.format(at) : labels[place] };
  });
}

/**
 * Writes the time of day. Asked for more, it also names the zone's time.
 *
 * @param {string} zone
 * @param {string} locale
 * @param {Intl.DateTimeFormatOptions} more
 */
function clockOf(zone, locale, more = {}) {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...clockParts(locale), ...more });
}

/**
 * Hours up to 24 have two digits, as in "09:00"; hours up to 12 as many as they need, as in "9:00 am".
 *
 * @param {string} locale
 * @returns {Intl.DateTimeFormatOptions}
 */
function clockParts(locale) {
  const { hour12 } = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions();
  return { hour: hour12 ? "numeric" : "2-digit", minute: "2-digit" };
}
