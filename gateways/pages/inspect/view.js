// The base of all views: a heading, a body for the loaded contents, and messages for waiting, failures and empty results.

import { element } from "../base/elements.js";

export class View extends HTMLElement {
  #loading = null;
  heading = element("h1", { tabindex: "-1" });
  actions = element("div", { class: "actions" });
  subheading = element("div", { class: "subheading" });
  controls = element("div", { class: "controls" });
  body = element("div", { class: "body" });

  /** Creates the parts of the view. A view calls this once. */
  build(heading) {
    this.heading.replaceChildren(...[heading].flat());
    this.classList.add("view");
    const head = element("header", { class: "view-head" }, [this.heading, this.actions, this.subheading]);
    this.replaceChildren(head, this.controls, this.body);
  }

  disconnectedCallback() {
    this.#loading?.abort();
  }

  /** Loads with `work` and shows the result with `show`. A newer call, and leaving the view, abort the call before. */
  async load(work, show, { keep = false } = {}) {
    this.#loading?.abort();
    const loading = (this.#loading = new AbortController());
    this.body.setAttribute("aria-busy", "true");
    if (!keep) this.body.replaceChildren(waiting());
    try {
      const loaded = await work(loading.signal);
      if (!loading.signal.aborted) show(loaded);
    } catch (error) {
      if (loading.signal.aborted) return;
      this.body.replaceChildren(failure(error, () => this.load(work, show)));
    } finally {
      if (this.#loading === loading) this.body.removeAttribute("aria-busy");
    }
  }
}

export function waiting(words = "Loading…") {
  return element("p", { class: "waiting", role: "status" }, words);
}

export function nothing(title, words) {
  return element("div", { class: "nothing" }, [element("h2", {}, title), element("p", {}, words)]);
}

export function failure(error, again) {
  const retry = element("button", { type: "button", class: "button" }, "Try again");
  retry.addEventListener("click", again);
  return element("div", { class: "failure", role: "alert" }, [
    element("h2", {}, error.message),
    error.detail ? element("p", {}, error.detail) : null,
    retry,
  ]);
}

/** A link that looks like a button. */
export function actionLink(address, words) {
  return element("a", { class: "action", href: address }, words);
}

export function actionButton(words, act, attributes = {}) {
  const button = element("button", { type: "button", class: "action", ...attributes }, words);
  button.addEventListener("click", act);
  return button;
}

/** A control with its label. */
export function labelled(words, control, attributes = {}) {
  return element("label", { class: "labelled", ...attributes }, [element("span", {}, words), control]);
}

/** A notice above all contents in which values are masked; null when none are. */
export function maskedNotice(masked) {
  if (!masked) return null;
  return element("p", { class: "notice" }, [
    "Personal values are masked: ",
    element("span", { class: "masked", "aria-hidden": "true" }, "•••"),
    " Administrators see them, and so do API keys with the scopes inspect and personal.",
  ]);
}
