// The words of the page.

import { language, wordsOf } from "../base/words.js";

const CATALOGUES = { de: () => import("./words/de.js"), en: () => import("./words/en.js") };
const { WORDS } = await (language === "de" ? CATALOGUES.de() : CATALOGUES.en());

export const words = await wordsOf(CATALOGUES);

/** A value such as a status in words; one that the page does not know as it is written. @param {string} value */
export function valueWords(value) {
  return known(`value.${value}`) ?? value.replaceAll("_", " ");
}

/** @param {string} key */
export function known(key) {
  return key in WORDS ? words(/** @type {keyof typeof WORDS} */ (key)) : null;
}
