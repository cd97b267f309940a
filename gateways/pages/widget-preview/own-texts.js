// The texts of the widget that the channel words otherwise, each beside the widget's own English words.

/** @import { Fault, Part, SpokenWords, Words } from "./types" */
import { element } from "../base/elements.js";
import { TEXTS as CALLBACK } from "../widget/texts/callback/en.js";
import { TEXTS as CONTENTS } from "../widget/texts/contents/en.js";
import { TEXTS } from "../widget/texts/en.js";
import { field, mark } from "./fields.js";
import { rowsOf } from "./rows.js";
import { byLanguage, languageInput, spoken, wordsInput } from "./words.js";

/** @typedef {{ name: string, language: string, words: string }} OwnText */

/** @type {Words} */
const ENGLISH = { ...TEXTS, ...CONTENTS, ...CALLBACK };

/**
 * @param {{ [name: string]: Words }} texts
 * @returns {Part<{ [name: string]: Words }>}
 */
export function textsField(texts) {
  const initial = Object.entries(texts).flatMap(([name, words]) =>
    Object.entries(words).map(([language, each]) => ({ name, language, words: each })),
  );
  const rows = rowsOf(initial, textRow, { noun: "text" });
  const read = (/** @type {string} */ path, /** @type {Fault[]} */ faults) => {
    mark(rows.node, path);
    /** @type {Map<string, SpokenWords[]>} */
    const byName = new Map();
    for (const row of rows.read("", [])) {
      const { name, words } = row(path, faults);
      byName.set(name, [...(byName.get(name) ?? []), words]);
    }
    return Object.fromEntries([...byName].map(([name, words]) => [name, byLanguage(words, `${path}.${name}`, faults)]));
  };
  return { node: rows.node, read };
}

/**
 * @param {OwnText | undefined} text
 * @returns {Part<(path: string, faults: Fault[]) => { name: string, words: SpokenWords }>}
 */
function textRow(text) {
  const chosen = text?.name ?? "title";
  const names = Object.keys(ENGLISH);
  const listed = names.includes(chosen) ? names : [...names, chosen];
  const options = listed.map((name) => element("option", { value: name, selected: name === chosen }, `${name}: ${ENGLISH[name] ?? ""}`));
  const name = element("select", {}, options);
  const language = languageInput(text?.language ?? "en");
  const words = wordsInput(text?.words ?? "", true);
  const english = element("span", { class: "english" });
  const compare = () => (english.textContent = ENGLISH[name.value] ?? "");
  name.addEventListener("input", compare);
  compare();
  const node = element("div", { class: "own-text" }, [
    field("Text", name),
    element("p", { class: "hint", lang: "en" }, ["In English: ", english]),
    element("div", { class: "pair" }, [field("Language", language), field("Own words", words)]),
  ]);
  const read = () => (/** @type {string} */ path, /** @type {Fault[]} */ faults) => {
    mark(name, `${path}.${name.value}#name`);
    return { name: name.value, words: spoken(language, words, `${path}.${name.value}`, faults) };
  };
  return { node, read };
}
