// The words of the widget, by language. A page may word any of them otherwise.

/** @import { Texts } from "./types" */



/** @type {{ [language: string]: () => Promise<{ TEXTS: Texts }> }} */
const LANGUAGES = {
  ar: () => import("./texts/ar.js"),
  de: () => import("./texts/de.js"),
  en: () => import("./texts/en.js"),
  es: () => import("./texts/es.js"),
  fr: () => import("./texts/fr.js"),
};

/**
 * The first wanted language that there are texts in, or null.
 *
 * @param {(string | null | undefined)[]} wanted
 */
export function languageOf(wanted) {
  return wanted.map((tag) => tag?.toLowerCase().split("-")[0]).find((tag) => /** @type {string} */ (tag) in LANGUAGES) ?? null;
}

/**
 * All texts in the language, with the `own` of the channel.
 *
 * @param {string} language
 * @param {Partial<Texts>} own
 */
export async function textsFor(language, own = {}) {
  const { TEXTS } = await LANGUAGES[language]();
  return { ...TEXTS, ...own };
}

/**
 * The tag by which times are written: the visitor's own if it is one of the language, and one at all.
 *
 * @param {string} language
 * @param {string[]} wanted
 */
export function localeOf(language, wanted) {
  return wanted.find((tag) => isTag(tag) && tag.toLowerCase().split("-")[0] === language) ?? language;
}

/** @param {string} tag */
function isTag(tag) {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false; // such as en-US@posix, which a browser may call its language
  }
}

/**
 * The text with values in the places of their names in braces.
 *
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => /** @type {string} */ (values[name] ?? place));
}
