// The base of all views: a heading, a body for the loaded contents, and messages for waiting, failures and empty results.

/** @import { Failure, Route } from "./types" */
import { element } from "../base/elements.js";
import { session } from "../base/session/session.js";

const NARROW = matchMedia("(max-width: 45rem)");
const RETRY_MILLISECONDS = 3000;

export class View extends HTMLElement {
  /** @type {AbortController?} */
  #loading = null;
  /** @type {(() => void)?} */
  #unfinished = null;
  /** @type {HTMLElement?} */
  #failure = null;
  /** @type {number | undefined} */
  #retry;
  #tryAgain = () => this.#unfinished?.();
  heading = element("h1", { tabindex: "-1" });
  actions = element("div", { class: "actions" });
  subheading = element("div", { class: "subheading" });
  controls = element("div", { class: "controls" });
  body = element("div", { class: "body" });

  /**
   * Creates the parts of the view. A view calls this once.
   *
   * @param {string | Node | (string | Node)[]} heading
   */
  build(heading) {
    this.heading.replaceChildren(...[heading].flat());
    this.classList.add("view");
    const head = element("header", { class: "view-head" }, [this.heading, this.actions, this.subheading]);
    const fold = element("details", { class: "fold" }, [element("summary", {}, "Filter and navigate"), this.controls]);
    fold.open = !NARROW.matches;
    NARROW.addEventListener("change", () => (fold.open = !NARROW.matches));
    this.replaceChildren(head, fold, this.body);
  }

  connectedCallback() {
    addEventListener("online", this.#tryAgain);
  }

  disconnectedCallback() {
    this.#loading?.abort();
    clearTimeout(this.#retry);
    removeEventListener("online", this.#tryAgain);
  }

  /**
   * Shows what the address names.
   *
   * @param {Route} _route
   */
  show(_route) {}

  /**
   * Puts the parts into the body; null is left out.
   *
   * @param {(Node | null)[]} parts
   */
  fill(parts) {
    this.body.replaceChildren(...parts.filter((part) => part !== null));
  }

  /**
   * Goes on after the view was left and comes back. What it had not finished to load is loaded anew.
   *
   * @param {Route} route
   */
  resume(route) {
    if (this.#unfinished) this.show(route);
  }

  /**
   * Loads with `work` and shows the result with `show`. A newer call, and leaving the view, abort the call before. Where
   * the server cannot be reached it is tried again, at once when the browser is online again. With `keep` the contents
   * stay until then.
   *
   * @template Loaded
   * @param {(signal: AbortSignal) => Promise<Loaded>} work
   * @param {(loaded: Loaded) => void} show
   * @param {{ keep?: boolean }} [options]
   */
  async load(work, show, { keep = false } = {}) {
    this.#loading?.abort();
    clearTimeout(this.#retry);
    const loading = (this.#loading = new AbortController());
    this.#unfinished = () => this.load(work, show, { keep });
    this.body.setAttribute("aria-busy", "true");
    if (!keep) this.body.replaceChildren(waiting());
    try {
      const loaded = await work(loading.signal);
      if (loading.signal.aborted) return;
      this.#unfinished = null;
      this.#failure?.remove();
      show(loaded);
    } catch (error) {
      if (!loading.signal.aborted) this.#fail(/** @type {Failure} */ (error), keep);
    } finally {
      if (this.#loading === loading) this.body.removeAttribute("aria-busy");
    }
  }

  /**
   * @param {Failure} error
   * @param {boolean} keep
   */
  #fail(error, keep) {
    this.#failure?.remove();
    this.#failure = failure(error, this.#tryAgain);
    if (keep) this.body.prepend(this.#failure);
    else this.body.replaceChildren(this.#failure);
    if (error.passes) this.#retry = setTimeout(this.#tryAgain, RETRY_MILLISECONDS);
  }
}

export function waiting(words = "Loading…") {
  return element("p", { class: "waiting", role: "status" }, words);
}

/**
 * @param {string} title
 * @param {string} words
 */
export function nothing(title, words) {
  return element("div", { class: "nothing" }, [element("h2", {}, title), element("p", {}, words)]);
}

/**
 * @param {Failure} error
 * @param {() => void} again
 */
export function failure(error, again) {
  const retry = element("button", { type: "button", class: "button" }, "Try again");
  retry.addEventListener("click", again);
  return element("div", { class: "failure", role: "alert" }, [
    element("h2", {}, error.message),
    error.detail ? element("p", {}, error.detail) : null,
    error.passes ? element("p", {}, "It is tried again every few seconds.") : null,
    retry,
  ]);
}

/**
 * Moves the focus to the first part within another that the selector names, but not the page.
 *
 * @param {ParentNode} within
 * @param {string} selector
 */
export function focusOn(within, selector) {
  /** @type {HTMLElement?} */ (within.querySelector(selector))?.focus({ preventScroll: true });
}

/**
 * A link that looks like a button.
 *
 * @param {string} address
 * @param {string} words
 */
export function actionLink(address, words) {
  return element("a", { class: "action", href: address }, words);
}

/**
 * @param {string} words
 * @param {() => void} act
 * @param {Attributes<HTMLButtonElement>} attributes
 */
export function actionButton(words, act, attributes = {}) {
  const button = element("button", { type: "button", class: "action", ...attributes }, words);
  button.addEventListener("click", act);
  return button;
}

/**
 * A control with its label.
 *
 * @param {string} words
 * @param {HTMLElement} control
 * @param {Attributes<HTMLLabelElement>} attributes
 */
export function labelled(words, control, attributes = {}) {
  return element("label", { class: "labelled", ...attributes }, [element("span", {}, words), control]);
}

/**
 * A notice above all contents in which values are masked; null when none are, or the reader has put it away.
 *
 * @param {boolean} masked
 */
export function maskedNotice(masked) {
  if (!masked || session.noticeHidden) return null;
  const notice = element("p", { class: "notice" }, [
    element("span", {}, [
      "Personal values are masked.",
      element("span", { class: "wide-only" }, " Administrators see them, supervisors those of their teams, and API keys with the scopes inspect and personal."),
    ]),
    actionButton("Hide", () => {
      session.hideNotice();
      focusOn(document, "main h1");
      notice.remove();
    }, { "aria-label": "Hide this notice" }),
  ]);
  return notice;
}
