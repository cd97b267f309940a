// A field of a form with its label, and beside it what is wrong with it.

import { element } from "../base/elements.js";
import { signal } from "../base/signals.js";

/**
 * A field for the control, which keeps its own attributes. `inside` is what stands around the control, if it
 * is not alone. `show(words)` says what is wrong with it, until it is changed; without words nothing is.
 *
 * @template {HTMLInputElement | HTMLSelectElement} Control
 * @param {Control} control
 * @param {string} label
 * @param {{ inside?: HTMLElement }} [options]
 */
export function field(control, label, { inside = control } = {}) {
  const fault = signal("");
  control.id = `callback-${control.name}`;
  control.setAttribute("aria-describedby", `${control.id}-fault`);
  const made = element("div", { class: "field" }, [
    element("label", { for: control.id }, label),
    inside,
    element("p", { id: `${control.id}-fault`, class: "fault", hidden: () => !fault.value }, () => fault.value),
  ]);
  const show = (/** @type {string} */ words) => {
    fault.value = words;
    if (words) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };
  control.addEventListener("input", () => show(""));
  return { made, control, show, isWrong: () => fault.peek() !== "" };
}
