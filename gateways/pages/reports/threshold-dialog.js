// Setting from which values on the figures of the dashboard need attention.

/** @import { Watched } from "./thresholds.js" */
import { button } from "../base/controls/button.js";
import { openDialog } from "../base/controls/dialog.js";
import { field, form, input } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { change, place } from "./place.js";
import { DEFAULTS, thresholdsOf, WATCHED } from "./thresholds.js";
import { words } from "./words.js";

export function openThresholds() {
  openDialog(words("thresholds.heading"), (close) => {
    const rows = WATCHED.map((name) => ({ name, fields: fieldsOf(name) }));
    const save = async () => {
      const wrong = rows.flatMap(({ fields }) => fields).filter((each) => !isNumber(each.control.value));
      for (const { fields } of rows) for (const each of fields) each.wrong(wrong.includes(each) ? words("thresholds.wrong") : null);
      if (wrong.length) return wrong[0].control.focus();
      change(Object.fromEntries(rows.map(({ name, fields }) => [name, writtenOf(name, fields.map(({ control }) => Number(control.value)))])));
      close();
    };
    const usual = button(words("thresholds.usual"), () => (change(Object.fromEntries(WATCHED.map((name) => [name, null]))), close()));
    const content = rows.map(({ name, fields }) =>
      element("fieldset", { class: "pair" }, [element("legend", {}, words(`thresholds.${name}`)), ...fields.map(({ node }) => node)]),
    );
    return [element("p", { class: "quiet" }, words("thresholds.lead")), form(content, button(words("thresholds.use"), () => {}, { kind: "primary" }), save), usual];
  });
}

/** @param {Watched} name */
function fieldsOf(name) {
  const [warn, bad] = thresholdsOf(place.peek().parameters, name);
  const number = (/** @type {number} */ value) => input({ inputmode: "decimal", value: String(value), autocomplete: "off" });
  return [field(words("thresholds.warn"), number(warn)), field(words("thresholds.bad"), number(bad))];
}

/** @param {string} text */
function isNumber(text) {
  return text.trim() !== "" && Number.isFinite(Number(text)) && Number(text) >= 0;
}

/**
 * @param {Watched} name
 * @param {number[]} values
 */
function writtenOf(name, values) {
  return String(values) === String(DEFAULTS[name]) ? null : String(values);
}
