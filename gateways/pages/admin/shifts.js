// The shifts of a week as minutes of the day.

/** @typedef {{ id: number, day: string, start: number, end: number }} Shift */

export const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
export const DAY_MINUTES = 24 * 60;
/** Shifts are moved by so many minutes, and are no shorter. */
export const STEP = 15;
let count = 0;

/**
 * @param {string} day
 * @param {number} start
 * @param {number} end
 * @returns {Shift}
 */
export function shiftOf(day, start, end) {
  return { id: (count += 1), day, start, end };
}

/** The shifts of a calendar. @param {{ [day: string]: string[] }} calendar */
export function shiftsIn(calendar) {
  return DAYS.flatMap((day) => (calendar[day] ?? []).map((span) => shiftOf(day, .../** @type {[number, number]} */ (span.split("-").map(minuteIn)))));
}

/** A calendar's shifts in writing, those of a day in order. @param {Shift[]} shifts */
export function calendarOf(shifts) {
  const days = DAYS.map((day) => [day, ofDay(shifts, day).map(spanOf)]).filter(([, spans]) => spans.length);
  return Object.fromEntries(days);
}

/** @param {Shift[]} shifts @param {string} day */
export function ofDay(shifts, day) {
  return shifts.filter((shift) => shift.day === day).sort((one, other) => one.start - other.start);
}

/** Those that another one of their day overlaps. @param {Shift[]} shifts */
export function overlapping(shifts) {
  return shifts.filter((one) => shifts.some((other) => other !== one && other.day === one.day && other.start < one.end && one.start < other.end));
}

/**
 * The shift moved by minutes and days, within the week; with `edge`, only its start or its end moves.
 *
 * @param {Shift} shift
 * @param {number} minutes
 * @param {number} [days]
 * @param {"start" | "end" | null} [edge]
 * @returns {Shift}
 */
export function moved(shift, minutes, days = 0, edge = null) {
  const day = DAYS[between(0, DAYS.indexOf(shift.day) + days, DAYS.length - 1)];
  if (edge === "start") return { ...shift, day, start: between(0, shift.start + minutes, shift.end - STEP) };
  if (edge === "end") return { ...shift, day, end: between(shift.start + STEP, shift.end + minutes, DAY_MINUTES) };
  const by = between(-shift.start, minutes, DAY_MINUTES - shift.end);
  return { ...shift, day, start: shift.start + by, end: shift.end + by };
}

/** A shift for a day on which there is room; null if there is none. @param {Shift[]} shifts @param {string} day */
export function nextShift(shifts, day) {
  const there = ofDay(shifts, day);
  if (!there.length) return shiftOf(day, 9 * 60, 17 * 60);
  const { end } = there[there.length - 1];
  const start = Math.min(end + 60, DAY_MINUTES - 60);
  return start >= end ? shiftOf(day, start, Math.min(start + 240, DAY_MINUTES)) : null;
}

/** @param {{ start: number, end: number }} shift */
export function spanOf({ start, end }) {
  return `${timeOf(start)}-${timeOf(end)}`;
}

/** @param {number} minutes */
export function timeOf(minutes) {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/**
 * The name of a weekday in the reader's language.
 *
 * @param {string} day
 * @param {"long" | "short"} [width]
 */
export function dayName(day, width = "long") {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: width, timeZone: "UTC" });
  return format.format(Date.UTC(2024, 0, 1 + DAYS.indexOf(day)));
}

/** The minute of a time such as 9, 9:30 or 24:00; NaN if it is none. @param {string} text */
export function minuteIn(text) {
  const [, hour, minute = "0"] = text.trim().match(/^(\d{1,2})(?:[:.](\d{2}))?$/) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && minutes <= DAY_MINUTES ? minutes : NaN;
}

/** @param {number} least @param {number} value @param {number} most */
function between(least, value, most) {
  return Math.max(least, Math.min(value, most));
}
