// What reports and their figures mean, as the server says it, in the language of the page where there is a translation.

import { language } from "../base/words.js";

/** @type {Record<string, string>} */
const TRANSLATED = language === "de" ? (await import("./words/definitions-de.js")).DEFINITIONS : {};

/** @param {string} text */
export function definitionOf(text) {
  return TRANSLATED[text] ?? text;
}
