// The session of the page: an agent who is logged in, or an API key. All tabs of all pages share it, until the last one
// is closed.

/** @import { KeptSession } from "./types" */
import { ROOT } from "../root.js";
import { beginLogIn, endLogIn } from "./openid.js";
import { Problem } from "./problem.js";
import { SharedSession } from "./shared-session.js";

const STORED_AS = "hybridchat.session";
const NOTICE_HIDDEN_AS = `${STORED_AS}.notice-hidden`;
const EARLY_MILLISECONDS = 10_000;
const JSON_TYPE = { "Content-Type": "application/json" };

class Session extends EventTarget {
  /** @type {KeptSession?} */
  #kept = JSON.parse(sessionStorage.getItem(STORED_AS) ?? "null");
  /** @type {Promise<void>?} */
  #refreshing = null;
  #shared = new SharedSession(() => this.#kept, (kept, endReason) => this.#takeOver(kept, endReason));

  constructor() {
    super();
    if (!this.#kept) this.#shared.ask();
  }

  /**
   * The path that a token must be able to read before it is kept, or null where any agent's will do.
   *
   * @type {string?}
   */
  probe = null;

  /**
   * The reason why the last session ended, if the user did not end it; otherwise null.
   *
   * @type {string?}
   */
  endReason = null;

  get open() {
    return this.#kept !== null;
  }

  /** The name and role of the agent, or the words "an API key". */
  get name() {
    const agent = this.#kept?.agent;
    return agent ? `${agent.name}, ${agent.role}` : "an API key";
  }

  /** The agent who is logged in; null for an API key and for nobody. */
  get agent() {
    return this.#kept?.agent ?? null;
  }

  /** Who the session is of, to tell one user from the next; null for nobody. */
  get user() {
    return this.#kept && (this.#kept.agent?.agent_id ?? "");
  }

  get isAgent() {
    return this.#kept?.refreshToken !== undefined;
  }

  /** Whether the reader has put the notice about masked values away, in this tab. */
  get noticeHidden() {
    return sessionStorage.getItem(NOTICE_HIDDEN_AS) !== null;
  }

  hideNotice() {
    sessionStorage.setItem(NOTICE_HIDDEN_AS, "yes");
  }

  /**
   * Opens the agent's session by the Agent API. Raises Problem.
   *
   * @param {string} username
   * @param {string} password
   */
  async logIn(username, password) {
    const answer = await answerTo("POST agent/v1/login", { username, password });
    await this.#admit(keptOf(answer));
  }

  /**
   * Leaves the page for the OpenID provider's, which comes back to this one.
   *
   * @param {string} url
   */
  async logInByOpenId(url) {
    await beginLogIn(url);
  }

  /** Opens the session of an agent who comes back from the OpenID provider. Raises Problem. */
  async comeBack() {
    const proof = endLogIn();
    if (proof) await this.#admit(keptOf(await answerTo("POST agent/v1/openid/session", proof)));
  }

  /**
   * Uses an API key. Raises Problem.
   *
   * @param {string} key
   */
  async useKey(key) {
    await this.#admit({ token: key });
  }

  /**
   * Ends the agent's session everywhere. `body` says why, and what becomes of the tasks. Raises Problem.
   *
   * @param {Api.Body<"POST agent/v1/logout">} body
   */
  async logOut(body = {}) {
    await answerTo("POST agent/v1/logout", body, await this.token());
    this.forget();
  }

  /**
   * Changes the agent's password; other places are logged out. Raises Problem.
   *
   * @param {string} currentPassword
   * @param {string} password
   */
  async changePassword(currentPassword, password) {
    const body = { current_password: currentPassword, password };
    const answer = await answerTo("PUT agent/v1/me/password", body, await this.token());
    this.#keep({ ...keptOf(answer), number: Date.now() });
    this.#shared.announce(this.#kept);
  }

  /**
   * Forgets the token in every tab; an agent's session continues.
   *
   * @param {string?} endReason
   */
  forget(endReason = null) {
    const number = this.#kept?.number;
    this.endReason = endReason;
    this.#keep(null);
    this.#shared.announce(null, { number, endReason });
  }

  /**
   * A valid token. `stale` is a token that the server has refused. Raises Problem when the session has ended.
   *
   * @param {string?} stale
   * @returns {Promise<string>}
   */
  async token(stale = null) {
    const kept = this.#kept;
    if (!kept) throw ended();
    const old = kept.token === stale || Date.now() > (kept.expiresAt ?? Infinity) - EARLY_MILLISECONDS;
    if (!old) return kept.token;
    const { refreshToken } = kept;
    if (!refreshToken) throw ended();
    this.#refreshing ??= this.#refresh(refreshToken).finally(() => (this.#refreshing = null));
    await this.#refreshing;
    if (!this.#kept) throw ended();
    return this.#kept.token;
  }

  /**
   * Renews the tokens, unless another tab has done so.
   *
   * @param {string} refreshToken
   */
  async #refresh(refreshToken) {
    await this.#shared.renewing(async () => {
      if (this.#kept?.refreshToken === refreshToken) {
        const renewed = keptOf(await answerTo("POST agent/v1/refresh", { refresh_token: refreshToken }));
        this.#store({ ...renewed, number: Date.now() });
        this.#shared.announce(this.#kept);
      }
    });
  }

  /**
   * @param {KeptSession?} kept
   * @param {string?} endReason
   */
  #takeOver(kept, endReason) {
    const changed = this.open !== (kept !== null) || this.#kept?.agent?.agent_id !== kept?.agent?.agent_id;
    this.endReason = endReason;
    this.#store(kept);
    if (changed) this.dispatchEvent(new Event("change"));
  }

  /**
   * Keeps the token if it may read what the page asks for. Raises Problem if it may not.
   *
   * @param {KeptSession} kept
   */
  async #admit(kept) {
    if (this.probe) {
      const response = await fetch(ROOT + this.probe, { headers: bearer(kept.token) }).catch(unreachable);
      if (!response.ok) throw await Problem.of(response);
    }
    this.endReason = null;
    this.#keep({ ...kept, number: Date.now() });
    this.#shared.announce(this.#kept);
  }

  /** @param {KeptSession?} kept */
  #keep(kept) {
    this.#store(kept);
    this.dispatchEvent(new Event("change"));
  }

  /** @param {KeptSession?} kept */
  #store(kept) {
    this.#kept = kept;
    if (kept) sessionStorage.setItem(STORED_AS, JSON.stringify(kept));
    else sessionStorage.removeItem(STORED_AS);
  }
}

/**
 * @param {string} token
 * @returns {{ Authorization: string }}
 */
export function bearer(token) {
  return { Authorization: `Bearer ${token}` };
}

/** @returns {never} */
export function unreachable() {
  throw Problem.unreachable();
}

/**
 * @param {Api.Session} session
 * @returns {KeptSession}
 */
function keptOf({ access_token, expires_in, refresh_token, agent }) {
  return { token: access_token, expiresAt: Date.now() + expires_in * 1000, refreshToken: refresh_token, agent };
}

/**
 * @template {string} Request
 * @param {Request} request
 * @param {Api.Body<Request>} body
 * @param {string?} token
 * @returns {Promise<Api.Answer<Request>>}
 */
async function answerTo(request, body, token = null) {
  const [method, path] = request.split(" ");
  const headers = token ? { ...JSON_TYPE, ...bearer(token) } : JSON_TYPE;
  const response = await fetch(ROOT + path, { method, headers, body: JSON.stringify(body) }).catch(unreachable);
  if (!response.ok) throw await Problem.of(response);
  return response.status === 204 ? /** @type {any} */ (null) : response.json();
}

function ended() {
  return new Problem({ status: 401, title: "Your session has ended", detail: "Log in again to continue." });
}

export const session = new Session();
