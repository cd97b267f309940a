// The same words in several languages: a row for each.

/** @import { Fault, Part, SpokenWords, Words } from "./types" */
import { element } from "../base/elements.js";
import { field, mark } from "./fields.js";
import { rowsOf } from "./rows.js";

const TAG = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/;

/**
 * Reads the words of all rows, which stand at `path` by their language. A list that may not be empty begins with a row
 * for English.
 *
 * @param {string} legend
 * @param {Words | undefined} words
 * @param {{ multiline?: boolean }} [options]
 * @returns {Part<Words>}
 */
export function wordsField(legend, words, { multiline = false } = {}) {
  const initial = Object.entries(words ?? { en: "" });
  const rows = rowsOf(initial, (item) => wordsRow(item, multiline), { noun: "language", isSmall: true });
  const node = element("fieldset", { class: "words" }, [element("legend", {}, legend), rows.node]);
  const read = (/** @type {string} */ path, /** @type {Fault[]} */ faults) => {
    mark(node, path);
    return byLanguage(rows.read("", []).map((row) => row(path, faults)), path, faults);
  };
  return { node, read };
}

/**
 * Reads a function that marks the row at the path of the words and returns them.
 *
 * @param {[string, string] | undefined} item
 * @param {boolean} multiline
 * @returns {Part<(path: string, faults: Fault[]) => SpokenWords>}
 */
function wordsRow(item, multiline) {
  const language = languageInput(item?.[0] ?? "");
  const text = wordsInput(item?.[1] ?? "", multiline);
  const node = element("div", { class: "pair" }, [field("Language", language), field("Words", text)]);
  return { node, read: () => (path, faults) => spoken(language, text, path, faults) };
}

/** @param {string} value */
export function languageInput(value) {
  return element("input", { type: "text", class: "language", size: "5", autocapitalize: "off", spellcheck: "false", ".value": value });
}

/**
 * @param {string} value
 * @param {boolean} multiline
 */
export function wordsInput(value, multiline) {
  if (multiline) return element("textarea", { rows: "2", dir: "auto", ".value": value });
  return element("input", { type: "text", dir: "auto", autocomplete: "off", ".value": value });
}

/**
 * The words of one row, with what is wrong with it.
 *
 * @param {HTMLInputElement} language
 * @param {HTMLInputElement | HTMLTextAreaElement} text
 * @param {string} path
 * @param {Fault[]} faults
 * @returns {SpokenWords}
 */
export function spoken(language, text, path, faults) {
  const tag = language.value.trim();
  const place = `${path}.${tag}`;
  mark(language, `${place}#language`);
  mark(text, place);
  if (!TAG.test(tag)) {
    faults.push({ path: `${place}#language`, message: "Write the tag of a language, such as en, de or pt-BR." });
  }
  if (!text.value.trim()) faults.push({ path: place, message: "Write the words, or remove this row." });
  return { language: tag, words: text.value };
}

/**
 * @param {SpokenWords[]} rows
 * @param {string} path
 * @param {Fault[]} faults
 */
export function byLanguage(rows, path, faults) {
  /** @type {Words} */
  const found = {};
  for (const { language, words } of rows) {
    if (Object.hasOwn(found, language)) {
      faults.push({ path: `${path}.${language}#language`, message: `There are words in ${language} already.` });
    }
    found[language] = words;
  }
  return found;
}
