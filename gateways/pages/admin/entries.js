// Fields that are lists of pairs and texts: secret headers, texts for customers by language, public keys.

/** @import { Filling, Item } from "./types" */
import { field, input } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { effect, signal, untracked } from "../base/signals.js";
import { entryList, part } from "./entry-list.js";
import { group } from "./group.js";
import { same } from "./values.js";
import { optionWords, words } from "./words.js";

/**
 * Secrets by name, such as the headers that carry them.
 *
 * @param {Filling} filling
 * @param {{ name: string, add: string }} [labels]
 */
export function pairs(filling, labels = { name: words("pairs.header"), add: words("pairs.add") }) {
  const entries = asList(filling.value, (named) => Object.entries(named).map(([name, secret]) => ({ name, secret })), (list) => Object.fromEntries(list.filter(({ name }) => name).map(({ name, secret }) => [name, secret])));
  const content = entryList(entries, {
    make: (entry) => [named(labels.name, part(entry, "name")), named(words("pairs.secret"), part(entry, "secret"))],
    fresh: () => ({ name: "", secret: "" }),
    add: labels.add,
  });
  return group(filling, content);
}

/** What the system says to customers, by text and language. @param {Filling} filling */
export function texts(filling) {
  const names = filling.shape.names ?? [];
  const entries = asList(filling.value, textsOf, textsIn);
  const content = entryList(entries, {
    make: (entry) => [chosenText(names, part(entry, "name")), named(words("texts.language"), part(entry, "language"), { class: "short", maxlength: 35 }), long(words("texts.text"), part(entry, "text"))],
    fresh: () => ({ name: names[0], language: document.documentElement.lang, text: "" }),
    add: words("texts.add"),
  });
  return group(filling, content);
}

/** The public keys of a channel, as PEM or JWK. @param {Filling} filling */
export function identityKeys(filling) {
  const entries = asList(filling.value, (keys) => keys.map((/** @type {unknown} */ key) => ({ text: typeof key === "string" ? key : JSON.stringify(key, null, 2) })), (list) => list.map(({ text }) => keyIn(text)));
  const content = entryList(entries, { make: (entry) => [long(words("keys.public"), part(entry, "text"), { class: "code", rows: 4, spellcheck: "false", dir: "ltr" })], fresh: () => ({ text: "" }), add: words("keys.add"), most: 10 });
  return group(filling, content);
}

/**
 * A value that is edited as a list. What the list cannot carry, such as a pair without a name, stays in the form.
 *
 * @param {Signal<any>} value
 * @param {(value: any) => any[]} listOf
 * @param {(list: any[]) => any} valueIn
 */
function asList(value, listOf, valueIn) {
  const entries = signal(listOf(value.peek()));
  effect(() => {
    const next = valueIn(entries.value);
    if (!same(next, value.peek())) value.value = next;
  });
  effect(() => {
    const now = value.value;
    untracked(() => same(now, valueIn(entries.peek())) || (entries.value = listOf(now)));
  });
  return entries;
}

/** @param {{ [name: string]: Item }} texts */
function textsOf(texts) {
  return Object.entries(texts).flatMap(([name, by]) => Object.entries(by).map(([language, text]) => ({ name, language, text })));
}

/** @param {Item[]} list */
function textsIn(list) {
  /** @type {{ [name: string]: Item }} */
  const texts = {};
  for (const { name, language, text } of list) texts[name] = { ...texts[name], [language]: text };
  return texts;
}

/** @param {string} text */
function keyIn(text) {
  try {
    return text.trim().startsWith("{") ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}

/** @param {string[]} names @param {Signal<any>} value */
function chosenText(names, value) {
  const control = element("select", { onchange: ({ currentTarget }) => (value.value = currentTarget.value) }, names.map((name) => element("option", { value: name }, optionWords("texts", name))));
  effect(() => (control.value = value.value));
  return field(words("texts.name"), control).node;
}

/** @param {string} label @param {Signal<any>} value @param {Attributes<HTMLInputElement>} [attributes] */
function named(label, value, attributes = {}) {
  return field(label, followed(input({ autocomplete: "off", spellcheck: "false", ...attributes }), value)).node;
}

/** @param {string} label @param {Signal<any>} value @param {Attributes<HTMLTextAreaElement>} [attributes] */
function long(label, value, attributes = {}) {
  return field(label, followed(element("textarea", { rows: 2, dir: "auto", ...attributes }), value)).node;
}

/** @template {HTMLInputElement | HTMLTextAreaElement} Control @param {Control} control @param {Signal<any>} value */
function followed(control, value) {
  control.addEventListener("input", () => (value.value = control.value));
  effect(() => {
    if (control.value !== value.value) control.value = value.value;
  });
  return control;
}
