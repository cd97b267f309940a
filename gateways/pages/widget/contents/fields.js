// The fields of a form: of one in the log, and of the questions before the chat.

/** @import { AskedField, ContentTexts, FormControl, NameOfText } from "../types" */
import { element } from "../../base/elements.js";
import { signal } from "../../base/signals.js";
import { filled } from "../texts.js";
import { answersOf } from "./answers.js";

const MAX_RADIOS = 6;
const MAX_ANSWER = 4096; // of the API's texts
/** @type {{ [kind: string]: Attributes<HTMLInputElement> }} */
const INPUTS = {
  text: { type: "text" },
  email: { type: "email", autocomplete: "email" },
  phone: { type: "tel", autocomplete: "tel" },
  number: { type: "text", inputmode: "decimal" },
  date: { type: "date" },
};

/**
 * The fields as nodes. `answers()` returns what was filled in, or null where something is wrong, which is then said beside
 * each field, and the first one has the focus. `id` is no other's on the page. An option is a text, or `{value, label}`.
 *
 * @param {AskedField[]} fields
 * @param {string} id
 * @param {ContentTexts} texts
 */
export function fieldsOf(fields, id, texts) {
  /** @type {Signal<{ [name: string]: NameOfText }>} */
  const wrong = signal({});
  const made = fields.map((field, at) => fieldOf(field, `${id}-${at}`, wrong, texts));
  const answers = () => {
    const found = answersOf(fields, Object.fromEntries(made.map((field) => [field.name, field.value()])));
    wrong.value = found.wrong;
    const first = made.find((field) => found.wrong[field.name]);
    first?.focus();
    return first ? null : found.answers;
  };
  return { nodes: made.map((field) => field.node), answers, focus: () => made[0].focus() };
}

/**
 * A field: its node, its name, and how to read it and to give it the focus.
 *
 * @param {AskedField} field
 * @param {string} id
 * @param {Signal<{ [name: string]: NameOfText }>} wrong
 * @param {ContentTexts} texts
 */
function fieldOf(field, id, wrong, texts) {
  const fault = () => (wrong.value[field.name] ? filled(texts[wrong.value[field.name]], { count: MAX_ANSWER }) : "");
  const state = { "aria-describedby": `${id}-wrong`, "aria-invalid": () => (fault() ? "true" : null) };
  const required = field.required && { "aria-required": "true" };
  const label = field.required ? field.label : `${field.label} (${texts.optional})`;
  const message = element("p", { class: "refused", id: `${id}-wrong` }, fault);
  const made = controlOf(field, id, { ...state, ...required }, label, texts);
  return { name: field.name, value: made.value, focus: made.focus, node: element("div", { class: "field" }, [made.node, message]) };
}

/**
 * @param {AskedField} field
 * @param {string} id
 * @param {Attributes} state
 * @param {string} label
 * @param {ContentTexts} texts
 * @returns {FormControl}
 */
function controlOf(field, id, state, label, texts) {
  const { kind = "text", options = [] } = field;
  if (kind === "consent") return consent(id, state, label);
  if (kind === "choices" && options.length) return boxes("checkbox", options, id, state, label);
  if (kind === "choice" && options.length > MAX_RADIOS) return selection(options, id, state, label, texts);
  if (kind === "choice" && options.length) return boxes("radio", options, id, state, label);
  return labelled(element("input", { id, dir: "auto", maxlength: String(MAX_ANSWER), ...(INPUTS[kind] ?? INPUTS.text), ...state }), label);
}

/**
 * @param {HTMLInputElement | HTMLSelectElement} control
 * @param {string} label
 */
function labelled(control, label) {
  const node = element("div", {}, [element("label", { for: control.id, dir: "auto" }, label), control]);
  return { node, value: () => control.value, focus: () => control.focus() };
}

/**
 * @param {NonNullable<AskedField["options"]>} options
 * @param {string} id
 * @param {Attributes} state
 * @param {string} label
 * @param {ContentTexts} texts
 */
function selection(options, id, state, label, texts) {
  const none = element("option", { value: "" }, texts.choose);
  return labelled(element("select", { id, ...state }, [none, ...options.map(optionOf).map(({ value, label: words }) => element("option", { value }, words))]), label);
}

/**
 * @param {string} id
 * @param {Attributes} state
 * @param {string} label
 */
function consent(id, state, label) {
  const box = element("input", { type: "checkbox", id, ...state });
  return { node: element("label", { class: "box" }, [box, element("bdi", {}, label)]), value: () => box.checked, focus: () => box.focus() };
}

/**
 * @param {string} type
 * @param {NonNullable<AskedField["options"]>} options
 * @param {string} id
 * @param {Attributes} state
 * @param {string} label
 */
function boxes(type, options, id, { "aria-describedby": described, "aria-invalid": invalid }, label) {
  const choices = options.map(optionOf);
  const made = choices.map(({ value }) => element("input", { type, name: id, value, "aria-describedby": described, "aria-invalid": invalid }));
  const chosen = () => made.filter((box) => box.checked).map((box) => box.value);
  const rows = made.map((box, at) => element("label", { class: "box" }, [box, element("bdi", {}, choices[at].label)]));
  const node = element("fieldset", {}, [element("legend", { dir: "auto" }, label), ...rows]);
  return { node, value: () => (type === "radio" ? (chosen()[0] ?? "") : chosen()), focus: () => made[0].focus() };
}

/** @param {string | Api.OfferedChoice} option */
function optionOf(option) {
  return typeof option === "string" ? { value: option, label: option } : option;
}
