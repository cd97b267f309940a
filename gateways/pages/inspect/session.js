// Who inspects: an agent who is logged in, or an API key. Kept for this tab only, and gone with it.

import { Problem } from "./problem.js";

const STORED_AS = "hybridchat.inspect";
const EARLY_MILLISECONDS = 10_000;
const JSON_TYPE = { "Content-Type": "application/json" };

class Session extends EventTarget {
  #kept = JSON.parse(sessionStorage.getItem(STORED_AS));
  #refreshing = null;

  /** Why the last session ended, where it was not wanted. */
  farewell = null;

  get open() {
    return this.#kept !== null;
  }

  /** Who it is, in words. */
  get name() {
    const agent = this.#kept?.agent;
    return agent ? `${agent.name}, ${agent.role}` : "an API key";
  }

  get isAgent() {
    return this.#kept?.refreshToken !== undefined;
  }

  /** Opens the agent's session, as the Agent API does. Raises Problem. */
  async logIn(username, password) {
    const answer = await post("agent/v1/login", { username, password });
    await this.#admit(keptOf(answer));
  }

  /** Raises Problem. */
  async useKey(key) {
    await this.#admit({ token: key });
  }

  /** Ends the agent's session everywhere. Raises Problem. */
  async logOut() {
    await post("agent/v1/logout", {}, await this.token());
    this.forget();
  }

  /** Forgets the token; an agent's session goes on. */
  forget(farewell = null) {
    this.farewell = farewell;
    this.#keep(null);
  }

  /** A token that is still good; `stale` is one that the server has refused. */
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

  /** Whoever may not inspect does not get in. */
  async #admit(kept) {
    const response = await fetch("inspect/v1/streams?limit=1", { headers: bearer(kept.token) }).catch(unreachable);
    if (!response.ok) throw await Problem.of(response);
    this.farewell = null;
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
  return new Problem({ status: 401, title: "Your session has ended", detail: "Log in again to go on." });
}

export const session = new Session();
