// The session of the page: an agent who is logged in, or an API key. It is kept until this tab is closed.

import { Problem } from "./problem.js";

const STORED_AS = "hybridchat.inspect";
const EARLY_MILLISECONDS = 10_000;
const JSON_TYPE = { "Content-Type": "application/json" };

class Session extends EventTarget {
  #kept = JSON.parse(sessionStorage.getItem(STORED_AS));
  #refreshing = null;

  /** The reason why the last session ended, if the user did not end it; otherwise null. */
  endReason = null;

  get open() {
    return this.#kept !== null;
  }

  /** The name and role of the agent, or the words "an API key". */
  get name() {
    const agent = this.#kept?.agent;
    return agent ? `${agent.name}, ${agent.role}` : "an API key";
  }

  get isAgent() {
    return this.#kept?.refreshToken !== undefined;
  }

  /** Opens the agent's session by the Agent API. Raises Problem. */
  async logIn(username, password) {
    const answer = await post("agent/v1/login", { username, password });
    await this.#admit(keptOf(answer));
  }

  /** Inspects with an API key. Raises Problem. */
  async useKey(key) {
    await this.#admit({ token: key });
  }

  /** Ends the agent's session everywhere. Raises Problem. */
  async logOut() {
    await post("agent/v1/logout", {}, await this.token());
    this.forget();
  }

  /** Forgets the token; an agent's session continues. */
  forget(endReason = null) {
    this.endReason = endReason;
    this.#keep(null);
  }

  /** A valid token. `stale` is a token that the server has refused. Raises Problem when the session has ended. */
  async token(stale = null) {
    const kept = this.#kept;
    if (!kept) throw ended();
    const old = kept.token === stale || Date.now() > kept.expiresAt - EARLY_MILLISECONDS;
    if (!old) return kept.token;
    if (!kept.refreshToken) throw ended();
    this.#refreshing ??= this.#refresh(kept.refreshToken).finally(() => (this.#refreshing = null));
    await this.#refreshing;
    if (!this.#kept) throw ended();
    return this.#kept.token;
  }

  async #refresh(refreshToken) {
    this.#store(keptOf(await post("agent/v1/refresh", { refresh_token: refreshToken })));
  }

  /** Keeps the token if it may inspect. Raises Problem if it may not. */
  async #admit(kept) {
    const response = await fetch("inspect/v1/streams?limit=1", { headers: bearer(kept.token) }).catch(unreachable);
    if (!response.ok) throw await Problem.of(response);
    this.endReason = null;
    this.#keep(kept);
  }

  #keep(kept) {
    this.#store(kept);
    this.dispatchEvent(new Event("change"));
  }

  #store(kept) {
    this.#kept = kept;
    if (kept) sessionStorage.setItem(STORED_AS, JSON.stringify(kept));
    else sessionStorage.removeItem(STORED_AS);
  }
}

export function bearer(token) {
  return { Authorization: `Bearer ${token}` };
}

export function unreachable() {
  throw Problem.unreachable();
}

function keptOf({ access_token, expires_in, refresh_token, agent }) {
  return { token: access_token, expiresAt: Date.now() + expires_in * 1000, refreshToken: refresh_token, agent };
}

async function post(path, body, token = null) {
  const headers = token ? { ...JSON_TYPE, ...bearer(token) } : JSON_TYPE;
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }).catch(unreachable);
  if (!response.ok) throw await Problem.of(response);
  return response.status === 204 ? null : response.json();
}

function ended() {
  return new Problem({ status: 401, title: "Your session has ended", detail: "Log in again to continue." });
}

export const session = new Session();
