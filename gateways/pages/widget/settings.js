// The settings of the channel's widget, as the server has them now.

/** @import { Settings } from "./types" */
import { pause } from "../base/event-stream.js";
import { Refusal, backoff, call } from "./api.js";

/**
 * The settings in a language, or in the channel's own; tried for until there are any.
 *
 * @param {string} channel
 * @param {string?} language
 * @returns {Promise<Settings>}
 */
export async function settingsOf(channel, language) {
  const query = new URLSearchParams({ channel, ...(language && { language }) });
  for (let failures = 0; ; failures += 1) {
    try {
      return { texts: {}, form: [], ...(await call("GET", `widget?${query}`)) };
    } catch (error) {
      if (!(error instanceof Refusal) || !error.passes) throw error;
      await pause(Math.max(backoff(failures), error.retryAfterSeconds * 1000), new AbortController().signal);
    }
  }
}
