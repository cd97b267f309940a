// Following the dashboard. What breaks is tried again for as long as the page is open.

import { eventStream, pause } from "../base/event-stream.js";
import { addressOf, send } from "../base/session/calls.js";
import { Problem } from "../base/session/problem.js";

const PATH = "reports/v1/live";
const SILENCE_MILLISECONDS = 45000; // three times as long as the server is ever silent
const RETRY_MILLISECONDS = [500, 1000, 2000, 5000, 10000, 30000];

/**
 * Follows the dashboard until the signal is aborted. `on` has came(dashboard or null), where null means that nothing has
 * changed; lost(), after which following goes on by itself; and refused(problem), after which it ends.
 *
 * @param {Record<string, string>} query
 * @param {AbortSignal} signal
 * @param {{ came: (dashboard: Api.Dashboard | null) => void, lost: (problem: Problem | null) => void, refused: (problem: Problem) => void }} on
 */
export async function followDashboard(query, signal, on) {
  let failures = 0;
  const came = (/** @type {Api.Dashboard | null} */ dashboard) => {
    failures = 0;
    on.came(dashboard);
  };
  while (!signal.aborted) {
    const problem = await followOnce(query, signal, came);
    if (signal.aborted) return;
    if (problem?.status && !problem.passes && problem.status !== 503) {
      on.refused(problem);
      return;
    }
    on.lost(problem);
    await pause(RETRY_MILLISECONDS[Math.min(failures, RETRY_MILLISECONDS.length - 1)], signal);
    failures += 1;
  }
}

/**
 * Follows one stream to its end. Returns the problem that ended it, or null.
 *
 * @param {Record<string, string>} query
 * @param {AbortSignal} signal
 * @param {(dashboard: Api.Dashboard | null) => void} came
 */
async function followOnce(query, signal, came) {
  const watch = new AbortController();
  const stop = () => watch.abort();
  signal.addEventListener("abort", stop, { once: true });
  let alarm = setTimeout(stop, SILENCE_MILLISECONDS);
  try {
    const response = await send(addressOf(PATH, query), { headers: { Accept: "text/event-stream" }, signal: watch.signal });
    for await (const { data } of eventStream(/** @type {NonNullable<Response["body"]>} */ (response.body))) {
      clearTimeout(alarm);
      alarm = setTimeout(stop, SILENCE_MILLISECONDS);
      came(data === null ? null : JSON.parse(data));
    }
    return null;
  } catch (error) {
    return error instanceof Problem ? error : null;
  } finally {
    clearTimeout(alarm);
    signal.removeEventListener("abort", stop);
  }
}
