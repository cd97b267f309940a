// Who the visitor is, as the page around and the form before the chat say it. None of it is kept in the browser.

/** @import { Answers, Claims } from "./types" */
import { signal } from "../base/signals.js";

const RENEW_MILLISECONDS = 10000;

export class Visitor {
  /**
   * What the page says about the conversation.
   *
   * @type {Signal<{ [name: string]: unknown }>}
   */
  attributes = signal({});
  /**
   * The claims of the identity, of which only the server knows whether they are true. Empty without one.
   *
   * @type {Signal<Claims>}
   */
  claims = signal({});
  /**
   * The address and the title of the page, if it says that.
   *
   * @type {{ url: string, title: string }?}
   */
  page = null;
  /**
   * The answers to the form, as `{customer, attributes, queue}`.
   *
   * @type {Answers}
   */
  answers = {};

  #ask;
  /** @type {string?} */
  #token = null;
  /** @type {((token: string?) => void)[]} */
  #waiting = [];

  /** `ask()` has the page sign anew who the visitor is. */
  constructor(ask = () => {}) {
    this.#ask = ask;
  }

  /**
   * Takes the identity that the site has signed.
   *
   * @param {string?} token
   */
  identify(token) {
    this.#token = token;
    this.claims.value = claimsOf(token);
    for (const resolve of this.#waiting.splice(0)) resolve(token);
  }

  forget() {
    this.#token = null;
    this.claims.value = this.attributes.value = this.answers = {};
  }

  /** The identity as it is to be sent, or null. One that has expired, or that `isWanted`, is asked for and waited for. */
  async identity(isWanted = false) {
    const isOld = this.#token !== null && (this.claims.peek().exp ?? Infinity) * 1000 < Date.now();
    return isOld || (isWanted && this.#token === null) ? this.renewed() : this.#token;
  }

  /**
   * The identity, signed anew, or null if the page does not say it in time.
   *
   * @returns {Promise<string?>}
   */
  renewed() {
    const given = new Promise((/** @type {(token: string?) => void} */ resolve) => this.#waiting.push(resolve));
    this.#ask();
    return Promise.race([given, new Promise((resolve) => setTimeout(resolve, RENEW_MILLISECONDS, null))]);
  }

  /** What a start says of the visitor. */
  get details() {
    const { customer = {}, attributes = {}, queue } = this.answers;
    const page = this.page && { page_url: this.page.url, page_title: this.page.title };
    const all = { ...this.attributes.peek(), ...page, ...attributes };
    return {
      ...(Object.keys(customer).length && { customer }),
      ...(Object.keys(all).length && { attributes: all }),
      ...(queue && { queue }),
    };
  }
}

/**
 * The claims of a JSON Web Token, unchecked.
 *
 * @param {string?} token
 */
export function claimsOf(token) {
  try {
    const text = atob((token ?? "").split(".")[1].replaceAll("-", "+").replaceAll("_", "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)))) ?? {};
  } catch {
    return {};
  }
}
