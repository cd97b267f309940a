// From where on figures are warnings, as each person likes it. A warning is a colour, a drawing and a word.

/** @import { Level, Thresholds } from "./types" */
import { button } from "../base/controls/button.js";
import { openDialog } from "../base/controls/dialog.js";
import { field, form, input } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { preference } from "../base/preferences.js";
import { t } from "./words.js";

/** @type {Thresholds} */
export const DEFAULTS = { waiting: 10, oldest: 60, serviceLevel: 80, notReady: 900, unanswered: 120 };
export const thresholds = preference("floor.thresholds", DEFAULTS);

const FIELDS = /** @type {const} */ (["waiting", "oldest", "serviceLevel", "notReady", "unanswered"]);

/**
 * How a figure stands that is better the smaller it is: at its threshold a warning, at twice as much a bad one.
 *
 * @param {number | null | undefined} value
 * @param {number} threshold
 * @returns {Level}
 */
export function levelOf(value, threshold) {
  if (!threshold || value === null || value === undefined || value < threshold) return "";
  return value < 2 * threshold ? "warn" : "bad";
}

/**
 * How a service level stands, which is better the larger it is.
 *
 * @param {number | null | undefined} percent
 * @param {number} threshold
 * @returns {Level}
 */
export function levelOfService(percent, threshold) {
  if (!threshold || percent === null || percent === undefined || percent >= threshold) return "";
  return percent >= threshold / 2 ? "warn" : "bad";
}

/**
 * A figure with its warning. Both are followed.
 *
 * @param {() => string} words
 * @param {() => Level} level
 * @param {"over" | "below"} side on which side of its threshold it is when it is a warning
 */
export function figure(words, level, side = "over") {
  const drawing = icon("alert");
  const warning = element("span", { class: "warning" }, () => (level() ? t(`level.${side}.${/** @type {"warn" | "bad"} */ (level())}`) : ""));
  return element("span", { class: () => `figure ${level()}` }, [drawing, element("span", { class: "clock" }, words), warning]);
}

export function openThresholds() {
  openDialog(t("thresholds.heading"), (close) => {
    const fields = FIELDS.map((name) => {
      const control = input({ type: "number", min: 0, max: name === "serviceLevel" ? 100 : 86400, step: 1, required: true, value: thresholds.peek()[name] ?? DEFAULTS[name] });
      return { name, ...field(t(`thresholds.${name}`), control) };
    });
    const save = async () => {
      const changes = Object.fromEntries(fields.map(({ name, control }) => [name, control.valueAsNumber]));
      thresholds.value = { ...DEFAULTS, ...changes };
      close();
    };
    const submit = button(t("thresholds.save"), () => {}, { kind: "primary" });
    return [element("p", { class: "quiet" }, t("thresholds.lead")), form(fields.map(({ node }) => node), submit, save)];
  });
}
