// The server's clock, as well as this page can know it, and one tick a second for all that counts seconds.

import { signal } from "./signals.js";

const SAMPLES = 5;
const SECOND = 1000;
/** @type {{ offset: number, trip: number }[]} */
const samples = [];
let offset = 0;

/** The present instant on the server's clock, in milliseconds. It changes once a second, at the full second. */
export const now = signal(serverTime());

/**
 * Learns the server's time from an answer. `asked` and `came` are this page's times around it; of the last five answers
 * the one that took the shortest is trusted.
 *
 * @param {string} time
 * @param {number} asked
 * @param {number} came
 */
export function learn(time, asked, came) {
  samples.push({ offset: Date.parse(time) - (asked + came) / 2, trip: came - asked });
  if (samples.length > SAMPLES) samples.shift();
  offset = samples.reduce((best, each) => (each.trip <= best.trip ? each : best)).offset;
  now.value = serverTime();
}

/** The present instant on the server's clock, in milliseconds. */
export function serverTime() {
  return Date.now() + offset;
}

/** Seconds since an instant; negative before it. Follows the clock. @param {string | number} instant */
export function secondsSince(instant) {
  return (now.value - new Date(instant).getTime()) / SECOND;
}

function tick() {
  now.value = serverTime();
  setTimeout(tick, SECOND - (serverTime() % SECOND) + 5);
}

tick();
addEventListener("visibilitychange", () => (now.value = serverTime()));
