// The text of a canned message: its variables put in by a button, and what a customer would read.

/** @import { Filling } from "./types" */
import { button } from "../base/controls/button.js";
import { element } from "../base/elements.js";
import { single, textInput } from "./inputs.js";
import { wordsFor, words } from "./words.js";

/** @param {Filling} filling */
export function cannedControl(filling) {
  const { value, shape } = filling;
  const variables = [...(shape.description ?? "").matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const control = /** @type {HTMLTextAreaElement} */ (/** @type {unknown} */ (textInput(value, shape, element("textarea", { rows: 5, dir: "auto" }))));
  const put = (/** @type {string} */ name) => {
    control.setRangeText(`{${name}}`, control.selectionStart, control.selectionEnd, "end");
    control.dispatchEvent(new Event("input"));
    control.focus();
  };
  const placed = single(filling, control);
  const preview = element("p", { class: "preview", dir: "auto" }, () => sample(value.value ?? "", variables));
  placed.node.append(
    element("div", { class: "variables", role: "group", "aria-label": words("canned.variables") }, variables.map((name) => button(`{${name}}`, () => put(name), { kind: "quiet", class: "button quiet code", title: wordsFor(`variable.${name}`) }))),
    element("div", { class: "canned-preview", hidden: () => !value.value }, [element("p", { class: "hint" }, words("canned.preview")), preview]),
  );
  return placed;
}

/** @param {string} text @param {string[]} variables */
function sample(text, variables) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (variables.includes(name) ? (wordsFor(`sample.${name}`) ?? whole) : whole));
}
