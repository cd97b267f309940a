// Fields of forms: a label, perhaps a hint, and what is wrong with the input.

import { element } from "../elements.js";
import { problemWords } from "../problem-words.js";
import { pendingOn } from "./button.js";

let count = 0;

/**
 * A control with its label. `wrong` on the result puts up what is wrong with the input, or takes it away.
 *
 * @template {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control
 * @param {string} label
 * @param {Control} control
 * @param {{ hint?: string }} [options]
 */
export function field(label, control, { hint } = {}) {
  const id = `field-${(count += 1)}`;
  control.id ||= id;
  const fault = element("p", { class: "fault", id: `${id}-fault`, hidden: true });
  const described = [hint ? `${id}-hint` : null, `${id}-fault`].filter((each) => each !== null).join(" ");
  control.setAttribute("aria-describedby", described);
  const node = element("div", { class: "field" }, [
    element("label", { for: control.id, class: "label" }, label),
    hint ? element("p", { class: "hint", id: `${id}-hint` }, hint) : null,
    control,
    fault,
  ]);
  /** @param {string?} words */
  const wrong = (words) => {
    fault.textContent = words ?? "";
    fault.hidden = !words;
    if (words) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };
  return { node, control, wrong };
}

/** @param {Attributes<HTMLInputElement>} [attributes] */
export function input(attributes = {}) {
  return element("input", { type: "text", ...attributes });
}

/**
 * A choice of few.
 *
 * @param {[value: string, words: string][]} options
 * @param {string} chosen
 * @param {Attributes<HTMLSelectElement>} [attributes]
 */
export function select(options, chosen, attributes = {}) {
  const made = element("select", attributes, options.map(([value, words]) => element("option", { value }, words)));
  made.value = chosen;
  return made;
}

/**
 * A check box with its words behind it.
 *
 * @param {string} words
 * @param {Attributes<HTMLInputElement>} [attributes]
 */
export function checkbox(words, attributes = {}) {
  const control = element("input", { type: "checkbox", ...attributes });
  return { node: element("label", { class: "check" }, [control, element("span", {}, words)]), control };
}

/**
 * A form that does one attempt at a time and says what has failed, at the field that the server names if there is one.
 * `fields` are by the paths that the server names.
 *
 * @param {(Node | null)[]} content
 * @param {HTMLButtonElement} submit
 * @param {() => Promise<unknown>} act
 * @param {{ fields?: Record<string, { wrong: (words: string?) => void, control: HTMLElement }> }} [options]
 */
export function form(content, submit, act, { fields = {} } = {}) {
  const fault = element("p", { class: "fault", role: "alert", hidden: true });
  submit.type = "submit";
  const submitted = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled")) return;
    fault.hidden = true;
    for (const each of Object.values(fields)) each.wrong(null);
    try {
      await pendingOn(submit, act());
    } catch (error) {
      if (!pointedOut(error, fields)) {
        fault.textContent = problemWords(error);
        fault.hidden = false;
      }
    }
  };
  return element("form", { class: "stacked", novalidate: true, onsubmit: submitted }, [...content, fault, submit]);
}

/**
 * Puts each fault of the input at its field. Returns false where one has no field.
 *
 * @param {unknown} error
 * @param {Record<string, { wrong: (words: string?) => void, control: HTMLElement }>} fields
 */
function pointedOut(error, fields) {
  const { errors = [] } = /** @type {{ errors?: Api.FieldError[] }} */ (error);
  const placed = errors.filter(({ path }) => path in fields);
  for (const { path, message } of placed) fields[path].wrong(message);
  if (placed.length) fields[placed[0].path].control.focus();
  return errors.length > 0 && placed.length === errors.length;
}
