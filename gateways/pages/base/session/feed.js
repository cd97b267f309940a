// Following a feed with the token of the user who is logged in. What breaks is resumed where it broke.

/** @import { Feed, FeedListener, Query } from "./types" */
import { breathe, eventBatches, pause } from "../event-stream.js";
import { batch } from "../signals.js";
import { addressOf, send } from "./calls.js";
import { Problem } from "./problem.js";

const GREETING_MILLISECONDS = 8000; // the server greets at once: what has not come by then is held back on the way
const SILENCE_MILLISECONDS = 45000; // three times as long as the server is ever silent
const WAKING_MILLISECONDS = 18000; // a tab that wakes after a longer silence has slept
const WAKING_EVENTS = ["visibilitychange", "pageshow", "online"];
const PAGE_MILLISECONDS = 2000;
const PAGES_BEFORE_NEXT_STREAM = 30;
const HELD_BACK = new DOMException("The stream is held back on the way", "AbortError");
const WOKEN = new DOMException("The tab has slept", "AbortError");
const RETRY_MILLISECONDS = [500, 1000, 2000, 5000];

/**
 * Follows a feed from a cursor until the signal is aborted, and resumes where the connection broke; at once where the
 * tab wakes up from sleep. Where a proxy holds the stream back, the events are read page by page instead.
 * `parameters` may depend on how many attempts have failed since the server was last heard.
 * `on` has event(event, cursor), state("live" | "held" | "interrupted") and problem(problem), after which following
 * ends. Its signal(signal) gets what is sent and not recorded, such as that a customer types.
 *
 * @param {string} path
 * @param {Query | ((failures: number) => Query)} parameters
 * @param {number} after
 * @param {AbortSignal} signal
 * @param {FeedListener} on
 */
export async function follow(path, parameters, after, signal, on) {
  const parametersAfter = typeof parameters === "function" ? parameters : () => parameters;
  const feed = { path, parameters: parametersAfter, cursor: after, failures: 0, held: false, woken: false };
  for (; !signal.aborted; feed.failures += 1) {
    try {
      if (feed.held) {
        await followPages(feed, signal, on);
        continue;
      }
      await followStream(feed, signal, on);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Problem && error.status && error.status < 500 && error.status !== 429) {
        on.problem(error);
        return;
      }
    }
    if (signal.aborted) return;
    if (feed.held || feed.woken) continue;
    on.state("interrupted");
    await pause(RETRY_MILLISECONDS[Math.min(feed.failures, RETRY_MILLISECONDS.length - 1)], signal);
  }
}

/**
 * @param {Feed} feed
 * @param {AbortSignal} signal
 * @param {FeedListener} on
 */
async function followStream(feed, signal, on) {
  const watch = new AbortController();
  const stop = () => watch.abort();
  signal.addEventListener("abort", stop, { once: true });
  let heardAt = Date.now(); // unlike the time of the page, it goes on while the computer sleeps
  const wake = () => document.visibilityState === "visible" && Date.now() - heardAt > WAKING_MILLISECONDS && watch.abort(WOKEN);
  for (const type of WAKING_EVENTS) addEventListener(type, wake);
  let alarm = setTimeout(() => watch.abort(HELD_BACK), GREETING_MILLISECONDS);
  try {
    const address = addressOf(feed.path, { ...feed.parameters(feed.failures), after: feed.cursor });
    const response = await send(address, { headers: { Accept: "text/event-stream" }, signal: watch.signal });
    let live = false;
    for await (const sent of eventBatches(/** @type {NonNullable<Response["body"]>} */ (response.body))) {
      clearTimeout(alarm);
      alarm = setTimeout(stop, SILENCE_MILLISECONDS);
      heardAt = Date.now();
      if (!live) on.state("live");
      live = true;
      feed.failures = 0;
      batch(() => sent.forEach((each) => take(feed, each, on)));
      await breathe();
    }
  } finally {
    clearTimeout(alarm);
    signal.removeEventListener("abort", stop);
    for (const type of WAKING_EVENTS) removeEventListener(type, wake);
    feed.held = watch.signal.reason === HELD_BACK;
    feed.woken = watch.signal.reason === WOKEN;
  }
}

/**
 * @param {Feed} feed
 * @param {{ id: string?, data: string? }} sent
 * @param {FeedListener} on
 */
function take(feed, { id, data }, on) {
  if (id !== null) {
    feed.cursor = Number(id);
    on.event(JSON.parse(data ?? ""), feed.cursor);
  } else if (data !== null) on.signal?.(JSON.parse(data));
}

/**
 * Reads pages for a while; then the stream is tried again.
 *
 * @param {Feed} feed
 * @param {AbortSignal} signal
 * @param {FeedListener} on
 */
async function followPages(feed, signal, on) {
  on.state("held");
  feed.held = false;
  for (let pages = 0; pages < PAGES_BEFORE_NEXT_STREAM && !signal.aborted; pages += 1) {
    const address = addressOf(feed.path, { ...feed.parameters(feed.failures), after: feed.cursor });
    const response = await send(address, { headers: { Accept: "application/json" }, signal });
    const { events, next } = await response.json();
    feed.cursor = next;
    for (const event of events) on.event(event, next);
    if (!events.length) await pause(PAGE_MILLISECONDS, signal);
  }
}
