// The questions of the form before the chat.

/** @import { Choice, Fault, Part } from "./types" */
import { element } from "../base/elements.js";
import { choiceField, mark, switchField, textField } from "./fields.js";
import { rowsOf } from "./rows.js";
import { wordsField } from "./words.js";

/** @type {Choice[]} */
const KINDS = [
  ["text", "Text"],
  ["email", "Email address"],
  ["phone", "Phone number"],
  ["number", "Number"],
  ["date", "Date"],
  ["consent", "Consent"],
  ["choice", "One of several"],
  ["choices", "Any of several"],
];

/**
 * @param {Api.FormQuestion[]} questions
 * @returns {Part<Api.FormQuestion[]>}
 */
export function questionsField(questions) {
  const rows = rowsOf(questions, questionRow, { noun: "question", moves: true });
  return { node: rows.node, read: (path, faults) => (mark(rows.node, path), rows.read(path, faults)) };
}

/**
 * @param {Api.FormQuestion | undefined} question
 * @returns {Part<Api.FormQuestion>}
 */
function questionRow(question) {
  const name = textField("Name", question?.name, { attributes: { spellcheck: "false", autocapitalize: "off" } });
  const kind = choiceField("Kind", question?.kind ?? "text", KINDS);
  const required = switchField("Must be answered", question?.required ?? false);
  const label = wordsField("What visitors read", question?.label);
  const options = rowsOf(question?.options ?? [], optionRow, { noun: "option", moves: true });
  const choosing = element("fieldset", { class: "options" }, [element("legend", {}, "Options"), options.node]);
  const node = element("div", { class: "question" }, [
    element("div", { class: "pair" }, [name.node, kind.node]),
    required.node,
    label.node,
    choosing,
  ]);
  const isChoice = () => kind.read("", []).startsWith("choice");
  const follow = () => (choosing.hidden = !isChoice());
  kind.node.addEventListener("input", follow);
  follow();
  const read = (/** @type {string} */ path, /** @type {Fault[]} */ faults) => {
    mark(node, path);
    mark(choosing, `${path}.options`);
    return {
      name: name.read(`${path}.name`, faults),
      label: label.read(`${path}.label`, faults),
      kind: /** @type {Api.FormQuestion["kind"]} */ (kind.read(`${path}.kind`, faults)),
      required: required.read(`${path}.required`, faults),
      options: isChoice() ? options.read(`${path}.options`, faults) : [],
    };
  };
  return { node, read };
}

/**
 * @param {Api.FormChoice | undefined} option
 * @returns {Part<Api.FormChoice>}
 */
function optionRow(option) {
  const value = textField("Value in the conversation", option?.value);
  const label = wordsField("What visitors read", option?.label);
  const node = element("div", {}, [value.node, label.node]);
  const read = (/** @type {string} */ path, /** @type {Fault[]} */ faults) => ({
    value: value.read(`${path}.value`, faults),
    label: label.read(`${path}.label`, faults),
  });
  return { node, read };
}
