// The fields of the form. Each is a part: a node, and a function that reads what stands in it.

/** @import { Choice, Fault, Part } from "./types" */
import { element } from "../base/elements.js";

let made = 0;

/**
 * @param {string} label
 * @param {string | null | undefined} value
 * @param {{ hint?: string, attributes?: Attributes<HTMLInputElement> }} [more]
 * @returns {Part<string>}
 */
export function textField(label, value, { hint, attributes } = {}) {
  const input = element("input", { type: "text", autocomplete: "off", ...attributes, ".value": value ?? "" });
  return { node: field(label, input, hint), read: (path) => (mark(input, path), input.value.trim()) };
}

/**
 * A number, or null where none is given.
 *
 * @param {string} label
 * @param {number | null | undefined} value
 * @param {string} hint
 * @returns {Part<number | null>}
 */
export function numberField(label, value, hint) {
  const input = element("input", { type: "number", min: "0", step: "any", ".value": value ?? "" });
  const read = (/** @type {string} */ path, /** @type {Fault[]} */ faults) => {
    mark(input, path);
    if (input.validity.badInput) faults.push({ path, message: "Write a number." });
    return input.value === "" ? null : input.valueAsNumber;
  };
  return { node: field(label, input, hint), read };
}

/**
 * One of a few choices.
 *
 * @param {string} label
 * @param {string} value
 * @param {Choice[]} choices
 * @param {string} [hint]
 * @returns {Part<string>}
 */
export function choiceField(label, value, choices, hint) {
  const known = choices.some(([each]) => each === value);
  const listed = known ? choices : [...choices, /** @type {Choice} */ ([value, value])];
  const options = listed.map(([each, words]) => element("option", { value: each, selected: each === value }, words));
  const select = element("select", {}, options);
  return { node: field(label, select, hint), read: (path) => (mark(select, path), select.value) };
}

/**
 * @param {string} label
 * @param {boolean} value
 * @param {string} [hint]
 * @returns {Part<boolean>}
 */
export function switchField(label, value, hint) {
  const input = element("input", { type: "checkbox", ".checked": value });
  const described = hint ? hintFor(input, hint) : null;
  const node = element("div", { class: "field switch" }, [element("label", {}, [input, label]), described]);
  return { node, read: (path) => (mark(input, path), input.checked) };
}

/**
 * A label above its control, and a hint below.
 *
 * @param {string} label
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control
 * @param {string} [hint]
 */
export function field(label, control, hint) {
  const described = hint ? hintFor(control, hint) : null;
  control.id ||= `field-${(made += 1)}`;
  return element("div", { class: "field" }, [element("label", { for: control.id, class: "label" }, label), control, described]);
}

/**
 * @param {HTMLElement} control
 * @param {Children} words
 */
export function hintFor(control, words) {
  const hint = element("p", { class: "hint", id: `hint-${(made += 1)}` }, words);
  control.setAttribute("aria-describedby", hint.id);
  return hint;
}

/**
 * Notes the place of the control in the body that is sent, where the server names faults.
 *
 * @param {HTMLElement} control
 * @param {string} path
 */
export function mark(control, path) {
  control.dataset.path = path;
}
