// Reading from the inspection API, with the token of the user who is logged in.

/** @import { FeedListener, Query } from "./types" */
import { eventStream, pause } from "../base/event-stream.js";
import { ZONE } from "./instants.js";
import { Problem } from "./problem.js";
import { queryOf } from "./routes.js";
import { bearer, session, unreachable } from "./session.js";

const GREETING_MILLISECONDS = 8000; // the server greets at once: what has not come by then is held back on the way
const SILENCE_MILLISECONDS = 45000; // three times as long as the server is ever silent
const PAGE_MILLISECONDS = 2000;
const PAGES_BEFORE_NEXT_STREAM = 30;
const HELD_BACK = new DOMException("The stream is held back on the way", "AbortError");
const RETRY_MILLISECONDS = [500, 1000, 2000, 5000];
const OF_EVENTS = /^(streams\/|events|correlations\/)/; // their sentences hold instants
const ENDED = "Your session has ended. Log in again to continue where you were.";

/**
 * Answers with JSON. Raises Problem; where the server no longer accepts the token, the session is closed as well.
 *
 * @template {string} Path
 * @param {Path} path
 * @param {{ [Name in Api.Parameter<`GET inspect/v1/${Path}`>]?: Query[string] }} parameters
 * @param {AbortSignal} [signal]
 * @returns {Promise<Api.Answer<`GET inspect/v1/${Path}`>>}
 */
export async function read(path, parameters = {}, signal = undefined) {
  const response = await request(addressOf(path, parameters), { Accept: "application/json" }, signal);
  return response.json();
}

/**
 * Follows a feed from a cursor until the signal is aborted, and resumes where the connection broke. Where a proxy holds
 * the stream back, the events are read page by page instead.
 * `on` has event(event, cursor), state("live" | "held" | "interrupted") and problem(problem), after which following ends.
 *
 * @param {string} path
 * @param {Query} parameters
 * @param {number} after
 * @param {AbortSignal} signal
 * @param {FeedListener} on
 */
export async function follow(path, parameters, after, signal, on) {
  const feed = { path, parameters, cursor: after, failures: 0, held: false };
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
    if (feed.held) continue;
    on.state("interrupted");
    await pause(RETRY_MILLISECONDS[Math.min(feed.failures, RETRY_MILLISECONDS.length - 1)], signal);
  }
}

/** @typedef {{ path: string, parameters: Query, cursor: number, failures: number, held: boolean }} Feed */

/**
 * @param {Feed} feed
 * @param {AbortSignal} signal
 * @param {FeedListener} on
 */
async function followStream(feed, signal, on) {
  const watch = new AbortController();
  const stop = () => watch.abort();
  signal.addEventListener("abort", stop, { once: true });
  let alarm = setTimeout(() => watch.abort(HELD_BACK), GREETING_MILLISECONDS);
  try {
    const address = addressOf(feed.path, { ...feed.parameters, after: feed.cursor });
    const response = await request(address, { Accept: "text/event-stream" }, watch.signal);
    let live = false;
    for await (const { id, data } of eventStream(/** @type {NonNullable<Response["body"]>} */ (response.body))) {
      clearTimeout(alarm);
      alarm = setTimeout(stop, SILENCE_MILLISECONDS);
      if (!live) on.state("live");
      live = true;
      feed.failures = 0;
      if (id === null) continue;
      feed.cursor = Number(id);
      on.event(JSON.parse(data ?? ""), feed.cursor);
    }
  } finally {
    clearTimeout(alarm);
    signal.removeEventListener("abort", stop);
    feed.held = watch.signal.reason === HELD_BACK;
  }
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
    const page = await read(feed.path, { ...feed.parameters, after: feed.cursor }, signal);
    const { events, next } = /** @type {Api.EventPage | Api.StreamPage} */ (page);
    feed.cursor = next;
    for (const event of events) on.event(event, next);
    if (!events.length) await pause(PAGE_MILLISECONDS, signal);
  }
}

/**
 * @param {string} address
 * @param {Record<string, string>} headers
 * @param {AbortSignal} [signal]
 */
async function request(address, headers, signal) {
  try {
    const token = await session.token();
    const response = await send(address, token, headers, signal);
    if (response.status !== 401) return await checked(response);
    return await checked(await send(address, await session.token(token), headers, signal));
  } catch (error) {
    if (error instanceof Problem && error.status === 401) session.forget(ENDED);
    throw error;
  }
}

/**
 * @param {string} address
 * @param {string} token
 * @param {Record<string, string>} headers
 * @param {AbortSignal} [signal]
 */
async function send(address, token, headers, signal) {
  const sent = { headers: { ...headers, ...bearer(token) }, signal };
  return fetch(address, sent).catch((error) => (error.name === "AbortError" ? Promise.reject(error) : unreachable()));
}

/** @param {Response} response */
async function checked(response) {
  if (!response.ok) throw await Problem.of(response);
  return response;
}

/**
 * @param {string} path
 * @param {Query} parameters
 */
function addressOf(path, parameters) {
  const zone = OF_EVENTS.test(path) ? { zone: ZONE } : {};
  return `inspect/v1/${path}?${queryOf({ ...parameters, ...zone })}`;
}
