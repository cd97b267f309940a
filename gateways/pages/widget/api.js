// Calls of the Customer API. They are relative to the frame's address, so that they work behind a proxy's prefix.

import { eventStream, pause } from "../base/event-stream.js";

const CALL_MILLISECONDS = 15000;
const GREETING_MILLISECONDS = 20000;
const SILENCE_MILLISECONDS = 45000; // three times as long as the server is ever silent
const MAX_PAUSE = 30000;
const FIRST_PAUSE = 500;
const PASSING = [408, 425, 429, 500, 502, 503, 504];

/** A refusal of the server. One that `passes` may succeed later. `status` is 0 when the server cannot be reached. */
export class Refusal extends Error {
  constructor(status, problem, retryAfterSeconds = 0) {
    super(problem.detail ?? problem.title ?? "");
    this.status = status;
    this.code = problem.code ?? "";
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get passes() {
    return this.status === 0 || PASSING.includes(this.status);
  }
}

/** The answer to one call: JSON, or a text. Throws Refusal. */
export async function call(method, path, { token, body, signal } = {}) {
  const limit = AbortSignal.timeout(CALL_MILLISECONDS);
  const response = await fetch(`../customer/v1/${path}`, {
    method,
    headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(body && { "Content-Type": "application/json" }) },
    body: body && JSON.stringify(body),
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  }).catch((error) => Promise.reject(new Refusal(0, { detail: error.message })));
  if (!response.ok) throw await refusalOf(response);
  if (response.status === 204) return null;
  return response.headers.get("Content-Type").startsWith("application/json") ? response.json() : response.text();
}

/**
 * Follows a conversation's feed until the signal is aborted, and goes on where it was interrupted. `token` is a function.
 * `on` has cursor(), event(event) and state("live" | "interrupted"). Throws the Refusal that waiting does not help against.
 */
export async function follow(path, token, signal, on) {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      await followOnce(path, token, signal, on, () => (failures = 0));
    } catch (error) {
      if (error instanceof Refusal && !error.passes) throw error;
    }
    if (signal.aborted) return;
    on.state("interrupted");
    await pause(backoff(failures), signal);
  }
}

/** Milliseconds to wait after so many failures: at random, so that not everybody comes back at once. */
export function backoff(failures) {
  const most = Math.min(FIRST_PAUSE * 2 ** failures, MAX_PAUSE);
  return FIRST_PAUSE / 2 + Math.random() * most;
}

async function followOnce(path, token, signal, on, live) {
  const watch = new AbortController();
  const stop = () => watch.abort();
  signal.addEventListener("abort", stop, { once: true });
  let alarm = setTimeout(stop, GREETING_MILLISECONDS);
  try {
    const headers = { Authorization: `Bearer ${token()}`, Accept: "text/event-stream" };
    const response = await fetch(`../customer/v1/${path}?after=${on.cursor()}`, { headers, signal: watch.signal });
    if (!response.ok) throw await refusalOf(response);
    for await (const { data } of eventStream(response.body)) {
      clearTimeout(alarm);
      alarm = setTimeout(stop, SILENCE_MILLISECONDS);
      live();
      on.state("live");
      if (data) on.event(JSON.parse(data));
    }
  } finally {
    clearTimeout(alarm);
    signal.removeEventListener("abort", stop);
  }
}

async function refusalOf(response) {
  const problem = await response.json().catch(() => ({}));
  return new Refusal(response.status, problem, Number(response.headers.get("Retry-After")) || 0);
}
