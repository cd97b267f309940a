// The words of the administration.

import { wordsOf } from "../base/words.js";
import { WORDS } from "./words/en.js";

export const words = await wordsOf({ de: () => import("./words/de.js"), en: () => import("./words/en.js") });

/**
 * The words of the first of the keys that the catalogue has, or null.
 *
 * @param {string[]} keys
 */
export function wordsFor(...keys) {
  const key = keys.find((each) => each in WORDS);
  return key === undefined ? null : words(/** @type {any} */ (key));
}

/**
 * The name of a field.
 *
 * @param {string} kind
 * @param {string} path
 */
export function labelOf(kind, path) {
  return wordsFor(`field.${kind}.${path}`, ...namesFor(path).map((name) => `field.${name}`)) ?? path;
}

/**
 * One line about a field, if it needs any.
 *
 * @param {string} kind
 * @param {string} path
 */
export function hintOf(kind, path) {
  return wordsFor(`hint.${kind}.${path}`, ...namesFor(path).map((name) => `hint.${name}`));
}

/**
 * The name of a choice.
 *
 * @param {string} path
 * @param {string} option
 */
export function optionWords(path, option) {
  return wordsFor(...namesFor(path).map((name) => `option.${name}.${option}`), `option.${option}`) ?? option;
}

/** What many items of a kind are called. @param {string} kind */
export function manyWords(kind) {
  return wordsFor(`kind.${kind}`) ?? kind;
}

/** What one item of a kind is called. @param {string} kind */
export function oneWords(kind) {
  return wordsFor(`one.${kind}`) ?? kind;
}

/**
 * The names under which a field may have its words, the closest first. A field of a union may have its own by the type:
 * `connector.rest.buttons` before `connector.buttons`.
 *
 * @param {string} path
 */
function namesFor(path) {
  const [field, , part] = path.split(".");
  return part ? [path, `${field}.${part}`] : [path];
}
