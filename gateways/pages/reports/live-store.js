// What the dashboard shows: the newest that has come, how old it is, and whether it is held while somebody reads it.

import { now, serverTime } from "../base/clock.js";
import { batch, computed, effect, onStop, signal } from "../base/signals.js";
import { followDashboard } from "./live-feed.js";

const STALE_MILLISECONDS = 30_000; // twice as long as the server is ever silent

/** @typedef {import("../base/session/types").Problem} Problem */

/**
 * Follows the dashboard of these parameters, of which `zone` and `queue` are the server's, until its owner is stopped.
 *
 * @param {() => Record<string, string>} query
 */
export function liveStore(query) {
  const newest = signal(/** @type {Api.Dashboard | null} */ (null));
  const held = signal(/** @type {Api.Dashboard | null} */ (null));
  const heard = signal(0);
  const cameAt = signal(0);
  const lost = signal(false);
  const problem = signal(/** @type {Problem | null} */ (null));

  effect(() => {
    const abort = new AbortController();
    onStop(() => abort.abort());
    void followDashboard(query(), abort.signal, {
      came: (dashboard) =>
        batch(() => {
          heard.value = serverTime();
          lost.value = false;
          problem.value = null;
          if (dashboard) [newest.value, cameAt.value] = [dashboard, serverTime()];
        }),
      lost: (why) => batch(() => ((lost.value = true), (problem.value = why))),
      refused: (why) => (problem.value = why),
    });
  });

  const seen = computed(() => held.value ?? newest.value);
  const age = computed(() => (newest.value ? Math.max(0, now.value - heard.value) : 0));
  const stale = computed(() => newest.value !== null && (lost.value || age.value > STALE_MILLISECONDS));
  return {
    seen,
    problem,
    /** Milliseconds since the last sign of the server. */
    age,
    stale,
    paused: computed(() => held.value !== null),
    pause: () => (held.value = newest.peek()),
    goOn: () => (held.value = null),
    /** Seconds for which a wait has gone on by now that was so long when it came. @param {number | null} wait */
    grown: (wait) => (wait === null ? null : wait + (held.value || stale.value ? 0 : Math.max(0, now.value - cameAt.value) / 1000)),
  };
}

/** @typedef {ReturnType<typeof liveStore>} LiveStore */
