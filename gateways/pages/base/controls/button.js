// Buttons: each does one thing at a time, and says what has failed.

/** @import { ButtonOptions } from "./types" */
import { element, unseen } from "../elements.js";
import { icon } from "../icons.js";
import { notifyOfProblem } from "./notices.js";

/**
 * A button with words and perhaps a drawing before them. With `iconOnly` the words are its name and its tooltip. While
 * what it does goes on, it cannot be pressed again; what fails is described in a notice, unless `failed` is given.
 *
 * @param {string | (() => string)} words
 * @param {(event: Event) => unknown} act
 * @param {ButtonOptions} [options]
 */
export function button(words, act, options = {}) {
  const { icon: name, iconOnly = false, kind = "secondary", failed = notifyOfProblem, ...attributes } = options;
  const label = typeof words === "function" ? words : () => words;
  const drawn = name ? icon(name) : null;
  const pressed = async (/** @type {Event} */ event) => {
    if (made.getAttribute("aria-disabled") === "true") return;
    const done = act(event);
    if (done instanceof Promise) await pendingOn(made, done).catch(failed);
  };
  const made = element(
    "button",
    { type: "button", class: `button ${kind}${iconOnly ? " icon-only" : ""}`, onclick: pressed, title: iconOnly ? label : null, ...attributes },
    [drawn, iconOnly ? unseen(label) : element("span", {}, label)],
  );
  return made;
}

/**
 * Marks the button as busy until the work ends.
 *
 * @template Result
 * @param {HTMLElement} made
 * @param {Promise<Result>} work
 */
export async function pendingOn(made, work) {
  made.setAttribute("aria-disabled", "true");
  made.classList.add("pending");
  try {
    return await work;
  } finally {
    made.removeAttribute("aria-disabled");
    made.classList.remove("pending");
  }
}
