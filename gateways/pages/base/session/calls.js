// Calls of the HTTP API, with the token of the user who is logged in.

/** @import { Query } from "./types" */
import { ROOT } from "../root.js";
import { Problem } from "./problem.js";
import { bearer, session, unreachable } from "./session.js";

const ENDED = "Your session has ended. Log in again to continue where you were.";

/**
 * What the server answers to a call such as "PUT agent/v1/me/state". Raises Problem; where the server no longer accepts
 * the token, the session is closed as well.
 *
 * @template {string} Request
 * @param {Request} request
 * @param {{ query?: Query, body?: Api.Body<Request>, headers?: Record<string, string>, signal?: AbortSignal }} [sent]
 * @returns {Promise<Api.Answer<Request>>}
 */
export async function call(request, { query = {}, body, headers = {}, signal } = {}) {
  const [method, path] = request.split(" ");
  /** @type {RequestInit & { headers: Record<string, string> }} */
  const sent = { method, headers: { Accept: "application/json", ...headers }, signal };
  if (body !== undefined) {
    sent.body = JSON.stringify(body);
    sent.headers["Content-Type"] = "application/json";
  }
  const response = await send(addressOf(path, query), sent);
  return response.status === 204 ? /** @type {any} */ (null) : response.json();
}

/**
 * Sends a request, once more with a new token if the server has refused the old one. Raises Problem. What one user has
 * begun is never sent with the token of the next one: it is given up.
 *
 * @param {string} address
 * @param {RequestInit & { headers: Record<string, string> }} sent
 */
export async function send(address, sent) {
  const user = session.user;
  try {
    const token = await tokenOf(user);
    const response = await fetched(address, token, sent);
    if (response.status !== 401) return await checked(response);
    return await checked(await fetched(address, await tokenOf(user, token), sent));
  } catch (error) {
    if (error instanceof Problem && error.status === 401 && session.user === user) session.forget(ENDED);
    throw error;
  }
}

/**
 * @param {string?} user
 * @param {string?} stale
 */
async function tokenOf(user, stale = null) {
  const token = await session.token(stale);
  if (session.user !== user) throw new DOMException("Somebody else has logged in", "AbortError");
  return token;
}

/**
 * The address of a path of the server. Empty parameters are left out.
 *
 * @param {string} path
 * @param {Query} query
 */
export function addressOf(path, query = {}) {
  const written = queryOf(query).toString();
  return ROOT + path + (written && `?${written}`);
}

/**
 * The parameters as they stand in an address. Empty ones are left out.
 *
 * @param {Query} parameters
 */
export function queryOf(parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  return query;
}

/**
 * @param {string} address
 * @param {string} token
 * @param {RequestInit & { headers: Record<string, string> }} sent
 */
function fetched(address, token, sent) {
  const withToken = { ...sent, headers: { ...sent.headers, ...bearer(token) } };
  return fetch(address, withToken).catch((error) => (error.name === "AbortError" ? Promise.reject(error) : unreachable()));
}

/** @param {Response} response */
async function checked(response) {
  if (!response.ok) throw await Problem.of(response);
  return response;
}
