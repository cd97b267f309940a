// Who is logged in, and the calls of the HTTP API. The tokens are in the memory of this page alone.

/** @import { User } from "./types" */
import { signal } from "../base/signals.js";

/**
 * The one who is logged in, or null.
 *
 * @type {Signal<User?>}
 */
export const user = signal(/** @type {User?} */ (null));

/** Whether a call waits until somebody has logged in again. */
export const isAsking = signal(false);

let token = "";
let refreshToken = "";
/** @type {Promise<void>?} */
let renewing = null;
let goOn = () => {};

/** What the server has refused. `status` is 0 when it does not answer. */
export class Problem extends Error {
  /** @param {Partial<Api.ProblemDetails>} details */
  constructor({ status = 0, detail, title, errors = [] }) {
    super(detail ?? title ?? "The server has refused it.");
    this.status = status;
    this.errors = errors;
  }
}

/**
 * Opens an agent's session. Throws Problem.
 *
 * @param {string} username
 * @param {string} password
 */
export async function logIn(username, password) {
  const session = /** @type {Api.Session} */ (await answered("POST agent/v1/login", { body: { username, password } }));
  const { name, role } = session.agent;
  const bearer = session.access_token;
  try {
    await admit(bearer, session.refresh_token, { name, role, mayWrite: role === "administrator" });
  } catch (error) {
    await answered("POST agent/v1/logout", { body: {}, bearer }).catch(() => {});
    throw error;
  }
}

/**
 * Uses an API key from now on. Throws Problem.
 *
 * @param {string} key
 */
export async function useKey(key) {
  await admit(key, "", { name: "an API key", role: "", mayWrite: true });
}

/** Ends the session, and forgets it even if the server does not answer. */
export async function logOut() {
  const ended = refreshToken;
  const bearer = token;
  [token, refreshToken] = ["", ""];
  user.value = null;
  if (ended) await answered("POST agent/v1/logout", { body: {}, bearer }).catch(() => {});
}

/**
 * The answer to a request. While the server knows the session no more, it waits for another log-in, so that nothing of
 * what was typed is lost. Throws Problem.
 *
 * @template {string} Request
 * @param {Request} request
 * @param {{ query?: Record<string, string>, body?: unknown }} [sent]
 * @returns {Promise<Api.Answer<Request>>}
 */
export async function call(request, sent = {}) {
  for (;;) {
    const bearer = token;
    try {
      return /** @type {Api.Answer<Request>} */ (await answered(request, { ...sent, bearer }));
    } catch (error) {
      if (!isUnknown(error)) throw error;
      await renewed(bearer);
    }
  }
}

/**
 * Goes on with these tokens if they may read the channels.
 *
 * @param {string} bearer
 * @param {string} refresh
 * @param {User} admitted
 */
async function admit(bearer, refresh, admitted) {
  await answered("GET admin/v1/channels", { query: { limit: "1" }, bearer });
  [token, refreshToken] = [bearer, refresh];
  user.value = admitted;
  isAsking.value = false;
  goOn();
}

/** @param {string} refused */
async function renewed(refused) {
  if (token !== refused) return;
  renewing ??= renew().finally(() => (renewing = null));
  await renewing;
}

async function renew() {
  if (refreshToken) {
    try {
      const body = { refresh_token: refreshToken };
      const session = /** @type {Api.Session} */ (await answered("POST agent/v1/refresh", { body }));
      [token, refreshToken] = [session.access_token, session.refresh_token];
      return;
    } catch (error) {
      if (!isUnknown(error)) throw error;
      refreshToken = "";
    }
  }
  await new Promise((resolve) => {
    goOn = () => resolve(undefined);
    isAsking.value = true;
  });
}

/** @param {unknown} error */
function isUnknown(error) {
  return error instanceof Problem && error.status === 401;
}

/**
 * @param {string} request
 * @param {{ query?: Record<string, string>, body?: unknown, bearer?: string }} sent
 */
async function answered(request, { query, body, bearer }) {
  const [method, path] = request.split(" ");
  /** @type {Record<string, string>} */
  const headers = {};
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const address = `../${path}${query ? `?${new URLSearchParams(query)}` : ""}`;
  const response = await fetch(address, { method, headers, body: JSON.stringify(body) }).catch(() => null);
  if (!response) throw new Problem({ detail: "The server does not answer. Try again." });
  if (response.ok) return response.status === 204 ? null : response.json();
  const { status } = response;
  throw new Problem({ ...(await response.json().catch(() => ({ title: `The server answered ${status}.` }))), status });
}
