// The single controls of forms: each follows its value, and changes it.

/** @import { Filling, KindKey, Placed, Shape } from "./types" */
import { checkbox, field, input } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { clock, number } from "../base/formats.js";
import { effect } from "../base/signals.js";
import { namesOf } from "./store.js";
import { same } from "./values.js";
import { hintOf, labelOf, optionWords, words } from "./words.js";

/**
 * A control that is one field, with its label, its hint and perhaps a remark that follows the value.
 *
 * @param {Filling} filling
 * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} control
 * @param {() => string} [remark]
 * @returns {Placed}
 */
export function single({ kind, field: described, shape }, control, remark) {
  if (shape.required) control.setAttribute("aria-required", "true");
  const hint = [hintOf(kind.key, described.path), limits(shape)].filter(Boolean).join(" ");
  const made = field(labelOf(kind.key, described.path), control, { hint: hint || undefined });
  if (remark) {
    made.node.classList.add("remarked");
    control.after(element("span", { class: "remark quiet" }, remark));
  }
  if (control instanceof HTMLTextAreaElement) made.node.classList.add("wide");
  return { node: made.node, control: () => control, wrong: made.wrong };
}

/**
 * A field for a text. An empty one is null where that may be.
 *
 * @template {HTMLInputElement | HTMLTextAreaElement} Control
 * @param {Signal<any>} value
 * @param {Shape} shape
 * @param {Control} [made]
 * @returns {Control | HTMLInputElement}
 */
export function textInput(value, { maxLength, nullable }, made) {
  const control = made ?? input({ dir: "auto", autocomplete: "off" });
  if (maxLength && !control.maxLength) control.maxLength = maxLength;
  return followed(control, value, (text) => (text === "" && nullable ? null : text), (now) => now ?? "");
}

/**
 * A field for the name of a secret, which looks like none for the secret itself.
 *
 * @param {Filling} filling
 */
export function secretName(filling) {
  const control = textInput(filling.value, filling.shape, input({ class: "code", dir: "ltr", autocomplete: "off", autocapitalize: "off", spellcheck: "false" }));
  const placed = single(filling, control);
  const line = element("span", { class: "secret-name", dir: "ltr" }, [element("span", { class: "code quiet", "aria-hidden": "true" }, "secrets.")]);
  control.replaceWith(line);
  line.append(control);
  return placed;
}

/**
 * A field for a number. What is none stays as it was typed, so that the server says what is wrong with it.
 *
 * @param {Signal<any>} value
 * @param {Shape} shape
 * @param {Attributes<HTMLInputElement>} [attributes]
 */
export function numberInput(value, { nullable }, attributes = { class: "short" }) {
  const control = input({ inputmode: "decimal", autocomplete: "off", ...attributes });
  return followed(control, value, (text) => numberIn(text, nullable), (now) => (now === null ? "" : String(now)));
}

/**
 * A choice among the items of a kind.
 *
 * @param {KindKey} kind
 * @param {Signal<any>} value
 * @param {{ nullable: boolean }} shape
 */
export function referenceTo(kind, value, { nullable }) {
  const names = namesOf(kind);
  const control = element("select", { onchange: ({ currentTarget }) => (value.value = currentTarget.value || null) });
  effect(() => {
    const now = value.value;
    const all = now && !names().includes(now) ? [now, ...names()] : names();
    const first = element("option", { value: "" }, words(nullable ? "choice.none" : "choice.choose"));
    control.replaceChildren(first, ...all.map((name) => element("option", { value: name }, name)));
    control.value = now ?? "";
  });
  return control;
}

/**
 * @template {HTMLInputElement | HTMLTextAreaElement} Control
 * @param {Control} control
 * @param {Signal<any>} value
 * @param {(text: string) => unknown} read
 * @param {(value: any) => string} written
 */
function followed(control, value, read, written) {
  control.addEventListener("input", () => (value.value = read(control.value)));
  effect(() => {
    const now = value.value;
    if (!same(read(control.value), now) || control.value === "") control.value = written(now);
  });
  return control;
}

/** @param {Filling} filling @returns {Placed} */
export function check({ kind, field: { path }, value }) {
  const hint = hintOf(kind.key, path);
  const { node: label, control } = checkbox(labelOf(kind.key, path), { onchange: () => (value.value = control.checked) });
  const fault = element("p", { class: "fault", hidden: true });
  effect(() => (control.checked = Boolean(value.value)));
  const wrong = (/** @type {string?} */ text) => ((fault.textContent = text), (fault.hidden = !text));
  return { node: element("div", { class: "field" }, [label, hint ? element("p", { class: "hint" }, hint) : null, fault]), control: () => control, wrong };
}

/** @param {Filling} filling */
export function choice({ field: { path }, shape, value }) {
  const options = (shape.options ?? []).map((option) => element("option", { value: option }, optionWords(path, option)));
  const control = element("select", { onchange: ({ currentTarget }) => (value.value = currentTarget.value) }, options);
  effect(() => (control.value = value.value));
  return control;
}

/**
 * @param {Signal<any>} value
 * @param {string[]} suggestions
 */
export function suggested(value, suggestions) {
  const id = `suggested-${crypto.randomUUID()}`;
  const control = input({ list: id, autocomplete: "off", spellcheck: "false" });
  const place = element("datalist", { id }, suggestions.map((each) => element("option", { value: each })));
  queueMicrotask(() => control.after(place));
  return followed(control, value, (text) => text, (now) => now ?? "");
}

/** @param {string} text @param {boolean} nullable */
function numberIn(text, nullable) {
  const written = text.trim().replace(",", ".");
  if (written === "") return nullable ? null : "";
  const read = Number(written);
  return Number.isFinite(read) ? read : text;
}

/** @param {unknown} seconds */
export function duration(seconds) {
  return typeof seconds === "number" && seconds >= 60 ? words("seconds.as", { clock: clock(seconds) }) : words("seconds.unit");
}

/** @param {Shape} shape */
function limits({ minimum, above, maximum }) {
  if (maximum === undefined || maximum > 10_000) return null;
  return words("limits", { minimum: number(minimum ?? above ?? 0), maximum: number(maximum) });
}

/** @param {string?} code */
export function countryName(code) {
  if (!code || !/^[A-Z]{2}$/.test(code)) return "";
  const name = new Intl.DisplayNames(document.documentElement.lang, { type: "region", fallback: "none" }).of(code);
  return name ?? "";
}
