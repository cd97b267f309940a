// Reading from the inspection API. The sentences of its events hold instants of the reader's zone.

/** @import { FeedListener, Query } from "../base/session/types" */
import { call } from "../base/session/calls.js";
import { follow as followFeed } from "../base/session/feed.js";
import { ZONE } from "./instants.js";

const BASE = "inspect/v1";
const OF_EVENTS = /^(streams\/|events|correlations\/)/;

/**
 * Answers with JSON. Raises Problem; where the server no longer accepts the token, the session is closed as well.
 *
 * @template {string} Path
 * @param {Path} path
 * @param {{ [Name in Api.Parameter<`GET inspect/v1/${Path}`>]?: Query[string] }} parameters
 * @param {AbortSignal} [signal]
 * @returns {Promise<Api.Answer<`GET inspect/v1/${Path}`>>}
 */
export function read(path, parameters = {}, signal = undefined) {
  return call(`GET ${BASE}/${path}`, { query: zoned(path, parameters), signal });
}

/**
 * Follows a feed of the inspection as `follow` of the session does.
 *
 * @param {string} path
 * @param {Query} parameters
 * @param {number} after
 * @param {AbortSignal} signal
 * @param {FeedListener} on
 */
export function follow(path, parameters, after, signal, on) {
  return followFeed(`${BASE}/${path}`, zoned(path, parameters), after, signal, on);
}

/**
 * @param {string} path
 * @param {Query} parameters
 */
function zoned(path, parameters) {
  return OF_EVENTS.test(path) ? { ...parameters, zone: ZONE } : parameters;
}
