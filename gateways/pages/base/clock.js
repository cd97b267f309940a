// The server's clock, as well as this page can know it, and one tick a second for all that counts seconds.

import { signal } from "./signals.js";

const SAMPLES = 5;
const SECOND = 1000;
const JUMP_MILLISECONDS = 1000;
/** @type {{ offset: number, trip: number }[]} */
const samples = [];
let offset = 0;

/** How often the computer's clock was set, or has gone on while the page stood still: what was learnt may be wrong then. */
export const jumps = signal(0);
let seenAt = { date: Date.now(), page: performance.now() };

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

/** Compares the computer's clock with that of the page, which nobody sets. */
function compare() {
  const at = { date: Date.now(), page: performance.now() };
  const jump = at.date - seenAt.date - (at.page - seenAt.page);
  seenAt = at;
  if (Math.abs(jump) < JUMP_MILLISECONDS) return;
  samples.length = 0;
  jumps.value += 1;
}

function tick() {
  compare();
  now.value = serverTime();
  setTimeout(tick, SECOND - (serverTime() % SECOND) + 5);
}

tick();
addEventListener("visibilitychange", () => {
  compare();
  now.value = serverTime();
});
