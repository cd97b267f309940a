// <log-in>: a supervisor's or administrator's login, or an API key.

import { element } from "../base/elements.js";
import { session } from "./session.js";
import { labelled } from "./view.js";

class LogIn extends HTMLElement {
  #wrong = element("div", { class: "wrong-box", role: "alert" });

  show() {
    this.classList.add("view");
    this.replaceChildren(
      element("h1", { tabindex: "-1" }, "Log in to inspect"),
      session.farewell ? element("p", { class: "notice" }, session.farewell) : "",
      element("p", { class: "lead" }, "Every event, every state at any instant, and what led to what."),
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
      element("p", { class: "quiet" }, "For supervisors and administrators. This opens your agent session, not ready, as a desktop would."),
    ]);
    return this.#submitting(form, () => session.logIn(username.value.trim(), password.value));
  }

  #keyForm() {
    const key = field({ type: "password", autocomplete: "off", spellcheck: "false", maxlength: 1000 });
    const form = element("form", { class: "stacked" }, [
      labelled("API key", key),
      element("button", { type: "submit", class: "button" }, "Use this key"),
      element("p", { class: "quiet" }, "It needs the scope inspect or admin. It is kept until this tab is closed."),
    ]);
    return this.#submitting(form, () => session.useKey(key.value.trim()));
  }

  /** One attempt at a time. */
  #submitting(form, act) {
    const button = form.querySelector("button");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (button.getAttribute("aria-disabled")) return;
      button.setAttribute("aria-disabled", "true");
      this.#wrong.replaceChildren();
      try {
        await act();
      } catch (error) {
        this.#complain(error, form);
      } finally {
        button.removeAttribute("aria-disabled");
      }
    });
    return form;
  }

  #complain(error, form) {
    const title = error.code === "invalid_credentials" ? "That username and password do not fit" : error.message;
    const detail = error.code === "invalid_credentials" ? "Check both, then try again." : error.detail;
    this.#wrong.replaceChildren(element("p", {}, element("strong", {}, title)), element("p", {}, detail ?? ""));
    form.querySelector("input:last-of-type").select();
  }
}

function field(attributes) {
  return element("input", { type: "text", required: true, ...attributes });
}

customElements.define("log-in", LogIn);
