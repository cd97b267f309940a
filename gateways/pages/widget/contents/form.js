// A form to fill in, and what was answered.

/** @import { Content, ContentContext, Message, Postable } from "../types" */
import { element } from "../../base/elements.js";
import { computed } from "../../base/signals.js";
import { answerInWords } from "./answers.js";
import { fieldsOf } from "./fields.js";

/**
 * The form of a message. It goes when it was answered, and when nobody takes answers any more.
 *
 * @param {Api.FormContent} content
 * @param {Message} item
 * @param {ContentContext} context
 */
export function form(content, item, context) {
  const { chat, texts, send, isOngoing } = context;
  const isAnswered = computed(() => [...chat.pending.value, ...chat.messages.value].some((each) => answers(each, item.id)));
  const fields = fieldsOf(content.fields, item.id, texts);
  const made = element("form", { class: "form", novalidate: true, hidden: () => isAnswered.value || !isOngoing() }, [
    ...fields.nodes,
    element("button", { type: "submit", class: "again" }, texts.submit),
  ]);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = fields.answers();
    if (given) send({ type: "form_answers", form_id: item.id, answers: given });
  });
  const state = () => (isAnswered.value ? texts.answered : isOngoing() ? "" : texts.notAnswered);
  return element("div", { class: "card of-form", role: "group", "aria-label": content.title }, [
    element("p", { class: "name", dir: "auto" }, content.title),
    content.text ? element("p", { dir: "auto" }, content.text) : null,
    made,
    element("p", { class: "state" }, state),
  ]);
}

/**
 * @param {{ content?: Content | Postable, refused?: string }} message
 * @param {string} formId
 */
function answers(message, formId) {
  return message.content?.type === "form_answers" && message.content.form_id === formId && !message.refused;
}

/**
 * What was answered, with the questions if their form is in the log.
 *
 * @param {Api.FormAnswersContent} content
 * @param {ContentContext} context
 */
export function answersView({ form_id: id, answers: given }, { chat, texts, locale }) {
  const form = chat.messages.peek().find((each) => each.id === id)?.content;
  const asked = form?.type === "form" ? form.fields : [];
  const labels = new Map(asked.map(({ name, label }) => [name, label]));
  return element("dl", { class: "answers" }, Object.entries(given).flatMap(([name, answer]) => [
    element("dt", { dir: "auto" }, labels.get(name) ?? name),
    element("dd", { dir: "auto" }, answerInWords(answer, texts, locale)),
  ]));
}
