// The questions before the chat, as the channel has them. They are loaded where there are any.

/** @import { Answers, ContentTexts, FormAnswer, Question } from "./types" */
import { element } from "../base/elements.js";
import { fieldsOf } from "./contents/fields.js";

const OF_THE_CUSTOMER = ["name", "email", "phone"];

/**
 * The questions as a form. `texts` are those of the contents too; `done(answers)` has `{customer, attributes, queue}`.
 *
 * @param {{ questions: Question[], texts: ContentTexts, done: (answers: Answers) => void }} parts
 */
export function questionsForm({ questions, texts, done }) {
  const fields = fieldsOf(questions, "question", texts);
  const form = element("form", { class: "form questions", novalidate: true, "aria-label": texts.questions }, [
    ...fields.nodes.map(completed(questions)),
    element("button", { type: "submit", class: "again" }, texts.startChat),
  ]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answers = fields.answers();
    if (answers) done(sorted(answers));
  });
  return { form, focus: fields.focus };
}

/**
 * The answers by what they are of.
 *
 * @param {{ [name: string]: FormAnswer }} answers
 * @returns {Answers}
 */
export function sorted({ queue, ...answers }) {
  const entries = Object.entries(answers);
  const customer = Object.fromEntries(entries.filter(([name]) => OF_THE_CUSTOMER.includes(name)));
  const attributes = Object.fromEntries(entries.filter(([name]) => !OF_THE_CUSTOMER.includes(name)));
  return { customer, attributes, ...(queue && { queue: String(queue) }) };
}

/**
 * Has the browser fill in a name; it knows addresses and numbers by their kinds.
 *
 * @param {Question[]} questions
 * @returns {(node: HTMLElement, at: number) => HTMLElement}
 */
function completed(questions) {
  return (node, at) => {
    if (questions[at].name === "name") node.querySelector("input")?.setAttribute("autocomplete", "name");
    return node;
  };
}
