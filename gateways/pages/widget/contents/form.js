// A form to fill in, and what was answered.

import { element } from "../../base/elements.js";
import { computed, signal } from "../../base/signals.js";
import { filled } from "../texts.js";
import { answerInWords, answersOf } from "./answers.js";

const MAX_RADIOS = 6;
const MAX_ANSWER = 4096; // of the API's texts
const INPUTS = {
  text: { type: "text" },
  email: { type: "email", autocomplete: "email" },
  phone: { type: "tel", autocomplete: "tel" },
  number: { type: "text", inputmode: "decimal" },
  date: { type: "date" },
};

/** The form of a message. It goes when it was answered, and when nobody takes answers any more. */
export function form(content, item, context) {
  const { chat, texts, send, isOngoing } = context;
  const isAnswered = computed(() => [...chat.pending.value, ...chat.messages.value].some((each) => answers(each, item.id)));
  const wrong = signal({});
  const fields = content.fields.map((field, at) => fieldOf(field, `${item.id}-${at}`, wrong, texts));
  const made = element("form", { class: "form", novalidate: true, hidden: () => isAnswered.value || !isOngoing() }, [
    ...fields.map((field) => field.node),
    element("button", { type: "submit", class: "again" }, texts.submit),
  ]);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    const found = answersOf(content.fields, Object.fromEntries(fields.map((field) => [field.name, field.value()])));
    wrong.value = found.wrong;
    const first = fields.find((field) => found.wrong[field.name]);
    if (first) first.focus();
    else send({ type: "form_answers", form_id: item.id, answers: found.answers });
  });
  const state = () => (isAnswered.value ? texts.answered : isOngoing() ? "" : texts.notAnswered);
  return element("div", { class: "card of-form", role: "group", "aria-label": content.title }, [
    element("p", { class: "name", dir: "auto" }, content.title),
    content.text ? element("p", { dir: "auto" }, content.text) : null,
    made,
    element("p", { class: "state" }, state),
  ]);
}

function answers(message, formId) {
  return message.content?.type === "form_answers" && message.content.form_id === formId && !message.refused;
}

/** What was answered, with the questions if their form is in the log. */
export function answersView({ form_id: id, answers: given }, { chat, texts, locale }) {
  const asked = chat.messages.peek().find((each) => each.id === id)?.content?.fields ?? [];
  const labels = new Map(asked.map(({ name, label }) => [name, label]));
  return element("dl", { class: "answers" }, Object.entries(given).flatMap(([name, answer]) => [
    element("dt", { dir: "auto" }, labels.get(name) ?? name),
    element("dd", { dir: "auto" }, answerInWords(answer, texts, locale)),
  ]));
}

/** A field: its node, its name, and how to read it and to give it the focus. */
function fieldOf(field, id, wrong, texts) {
  const fault = () => (wrong.value[field.name] ? filled(texts[wrong.value[field.name]], { count: MAX_ANSWER }) : "");
  const state = { "aria-describedby": `${id}-wrong`, "aria-invalid": () => (fault() ? "true" : null) };
  const required = field.required && { "aria-required": "true" };
  const label = field.required ? field.label : `${field.label} (${texts.optional})`;
  const message = element("p", { class: "refused", id: `${id}-wrong` }, fault);
  const made = controlOf(field, id, { ...state, ...required }, label, texts);
  return { name: field.name, value: made.value, focus: made.focus, node: element("div", { class: "field" }, [made.node, message]) };
}

function controlOf(field, id, state, label, texts) {
  const { kind = "text", options = [] } = field;
  if (kind === "consent") return consent(id, state, label);
  if (kind === "choices" && options.length) return boxes("checkbox", options, id, state, label);
  if (kind === "choice" && options.length > MAX_RADIOS) return selection(options, id, state, label, texts);
  if (kind === "choice" && options.length) return boxes("radio", options, id, state, label);
  return labelled(element("input", { id, dir: "auto", maxlength: String(MAX_ANSWER), ...(INPUTS[kind] ?? INPUTS.text), ...state }), label);
}

function labelled(control, label) {
  const node = element("div", {}, [element("label", { for: control.id, dir: "auto" }, label), control]);
  return { node, value: () => control.value, focus: () => control.focus() };
}

function selection(options, id, state, label, texts) {
  const none = element("option", { value: "" }, texts.choose);
  return labelled(element("select", { id, ...state }, [none, ...options.map((each) => element("option", { value: each }, each))]), label);
}

function consent(id, state, label) {
  const box = element("input", { type: "checkbox", id, ...state });
  return { node: element("label", { class: "box", dir: "auto" }, [box, element("span", {}, label)]), value: () => box.checked, focus: () => box.focus() };
}

function boxes(type, options, id, { "aria-describedby": described, "aria-invalid": invalid }, label) {
  const made = options.map((value) => element("input", { type, name: id, value, "aria-describedby": described, "aria-invalid": invalid }));
  const chosen = () => made.filter((box) => box.checked).map((box) => box.value);
  const rows = made.map((box) => element("label", { class: "box", dir: "auto" }, [box, element("span", {}, box.value)]));
  const node = element("fieldset", {}, [element("legend", { dir: "auto" }, label), ...rows]);
  return { node, value: () => (type === "radio" ? (chosen()[0] ?? "") : chosen()), focus: () => made[0].focus() };
}
