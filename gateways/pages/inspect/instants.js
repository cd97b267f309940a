// Instants in the time zone of the reader's browser.

const FORMAT = new Intl.DateTimeFormat("en-GB", {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hourCycle: "h23",
});
const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

const ZONE_NAME = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" });

export const ZONE = FORMAT.resolvedOptions().timeZone;

/**
 * The zone's name in a sentence about the instant, such as CET.
 *
 * @param {string} instant
 */
export function zoneAt(instant) {
  return ZONE_NAME.formatToParts(new Date(instant)).find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/**
 * The instant's day and time, to the millisecond.
 *
 * @param {string} instant
 */
export function dayAndTime(instant) {
  const parts = Object.fromEntries(FORMAT.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}:${parts.second}.${parts.fractionalSecond}`,
  };
}

/** @param {string} instant */
export function inFull(instant) {
  const { day, time } = dayAndTime(instant);
  return `${day} ${time}`;
}

/**
 * An instant within a sentence, with the zone.
 *
 * @param {string} instant
 */
export function inSentence(instant) {
  return `${inFull(instant)} ${zoneAt(instant)}`;
}

/**
 * The time since the instant, such as "3 minutes ago".
 *
 * @param {string} instant
 */
export function ago(instant, now = Date.now()) {
  const since = Date.parse(instant) - now;
  const [unit, length] = UNITS.find(([, length]) => Math.abs(since) >= length) ?? UNITS[UNITS.length - 1];
  return RELATIVE.format(Math.trunc(since / length), unit);
}

/**
 * A duration, such as "1 h 5 min".
 *
 * @param {number} milliseconds
 */
export function lasting(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours) return `${hours} h ${minutes} min`;
  return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/**
 * The instant as the value of a datetime-local field.
 *
 * @param {string} instant
 */
export function asField(instant) {
  const date = new Date(instant);
  return new Date(date.valueOf() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, -1);
}

/**
 * The instant of a datetime-local field's value; null when the value is no instant.
 *
 * @param {string} value
 */
export function fromField(value) {
  const date = new Date(value);
  return value && !Number.isNaN(date.valueOf()) ? date.toISOString() : null;
}
