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
  return wordsFor(`field.${kind}.${path}`, `field.${path}`) ?? path;
}

/**
 * The name of a choice.
 *
 * @param {string} path
 * @param {string} option
 */
export function optionWords(path, option) {
  return wordsFor(`option.${path}.${option}`, `option.${option}`) ?? option;
}

/** What many items of a kind are called. @param {string} kind */
export function manyWords(kind) {
  return wordsFor(`kind.${kind}`) ?? kind;
}

/** What one item of a kind is called. @param {string} kind */
export function oneWords(kind) {
  return wordsFor(`one.${kind}`) ?? kind;
}
