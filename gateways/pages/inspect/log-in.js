// <log-in>: a supervisor's or administrator's login, or an API key.

/** @import { Failure } from "./types" */
import { element } from "../base/elements.js";
import { session } from "../base/session/session.js";
import { labelled } from "./view.js";

class LogIn extends HTMLElement {
  #wrong = element("div", { class: "wrong-box", role: "alert" });

  show() {
    this.classList.add("view");
    this.replaceChildren(
      element("h1", { tabindex: "-1" }, "Log in to inspect"),
      session.endReason ? element("p", { class: "notice" }, session.endReason) : "",
      element("p", { class: "lead" }, "Every event, every state at any instant, and the causes and effects of every event."),
      this.#wrong,
      this.#agentForm(),
      element("details", { class: "key" }, [element("summary", {}, "Use an API key instead"), this.#keyForm()]),
    );
  }

  #agentForm() {
    const username = field({ autocomplete: "username", autocapitalize: "off", spellcheck: "false", maxlength: 200 });
    const password = field({ type: "password", autocomplete: "current-password", maxlength: 1000 });
    const form = element("form", { class: "stacked" }, [
      labelled("Username", username),
      labelled("Password", password),
      element("button", { type: "submit", class: "button" }, "Log in"),
      element("p", { class: "quiet" }, "For supervisors and administrators. Inspecting does not put you to work: no task is offered to you."),
    ]);
    return this.#submitting(form, () => session.logIn(username.value.trim(), password.value));
  }

  #keyForm() {
    const key = field({ type: "password", autocomplete: "off", spellcheck: "false", maxlength: 1000 });
    const form = element("form", { class: "stacked" }, [
      labelled("API key", key),
      element("button", { type: "submit", class: "button" }, "Use this key"),
      element("p", { class: "quiet" }, "The key needs the scope inspect or admin. It is kept until the last tab of this page is closed."),
    ]);
    return this.#submitting(form, () => session.useKey(key.value.trim()));
  }

  /**
   * Runs `act` when the form is submitted, one attempt at a time, and shows its error.
   *
   * @param {HTMLFormElement} form
   * @param {() => Promise<void>} act
   */
  #submitting(form, act) {
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (button.getAttribute("aria-disabled")) return;
      button.setAttribute("aria-disabled", "true");
      this.#wrong.replaceChildren();
      try {
        await act();
      } catch (error) {
        this.#showError(/** @type {Failure} */ (error), form);
      } finally {
        button.removeAttribute("aria-disabled");
      }
    });
    return form;
  }

  /**
   * @param {Failure} error
   * @param {HTMLFormElement} form
   */
  #showError(error, form) {
    const title = error.code === "invalid_credentials" ? "The username or the password is wrong" : error.message;
    const detail = error.code === "invalid_credentials" ? "Check both, then try again." : error.detail;
    this.#wrong.replaceChildren(element("p", {}, element("strong", {}, title)), element("p", {}, detail ?? ""));
    /** @type {HTMLInputElement?} */ (form.querySelector("input:last-of-type"))?.select();
  }
}

/** @param {Attributes<HTMLInputElement>} attributes */
function field(attributes) {
  return element("input", { type: "text", required: true, ...attributes });
}

customElements.define("log-in", LogIn);
