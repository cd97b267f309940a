// The log-in: by user name and password, or by an API key.

import { element } from "../base/elements.js";
import { logIn, useKey } from "./session.js";

/**
 * @param {string} heading
 * @param {string} words
 */
export function logInView(heading, words) {
  const wrong = element("p", { class: "wrong", role: "alert" });
  const username = input({ autocomplete: "username", autocapitalize: "off", spellcheck: "false" });
  const password = input({ type: "password", autocomplete: "current-password" });
  const key = input({ type: "password", autocomplete: "off", spellcheck: "false" });
  return element("section", { class: "log-in", "aria-labelledby": "log-in-heading" }, [
    element("h1", { id: "log-in-heading", tabindex: "-1" }, heading),
    element("p", { class: "quiet" }, words),
    wrong,
    form("Log in", wrong, () => logIn(username.value.trim(), password.value), [
      labelled("Username", username),
      labelled("Password", password),
    ]),
    element("details", {}, [
      element("summary", {}, "Use an API key instead"),
      form("Use this key", wrong, () => useKey(key.value.trim()), [
        labelled("API key", key),
        element("p", { class: "hint" }, "It needs the scope admin. It is in the memory of this page alone."),
      ]),
    ]),
  ]);
}

/**
 * A form that does one attempt at a time, and says why it has failed.
 *
 * @param {string} action
 * @param {HTMLElement} wrong
 * @param {() => Promise<void>} act
 * @param {Node[]} fields
 */
function form(action, wrong, act, fields) {
  const button = element("button", { type: "submit", class: "button" }, action);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    wrong.textContent = "";
    try {
      await act();
    } catch (error) {
      wrong.textContent = /** @type {Error} */ (error).message;
      made.querySelector("input")?.select();
    } finally {
      button.removeAttribute("aria-disabled");
    }
  };
  const made = element("form", { class: "stacked", onsubmit: submit }, [...fields, button]);
  return made;
}

/** @param {Attributes<HTMLInputElement>} attributes */
function input(attributes) {
  return element("input", { type: "text", required: true, ...attributes });
}

/**
 * @param {string} words
 * @param {HTMLInputElement} field
 */
function labelled(words, field) {
  return element("label", { class: "field" }, [element("span", { class: "label" }, words), field]);
}
