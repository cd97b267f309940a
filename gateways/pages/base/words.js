// The words of the pages, by language. Each page has a catalogue of its own; what all of them share is in base/words.

/** @import { Catalogue, Translator } from "./words/types" */
import { chosenLanguage } from "./preferences.js";

/** The languages of the pages, each by its own name. */
export const LANGUAGES = { de: "Deutsch", en: "English" };
/** English in the direction and at the length of other languages: for trying how a page bears them. */
const PSEUDO = "ar-XB";

/** The language of the page: the address's, or the one that was chosen, or the browser's first that there are words in. */
export const language = languageOf([
  new URLSearchParams(location.search).get("language"),
  chosenLanguage.peek(),
  ...navigator.languages,
]);
/** The tag by which numbers and times are written: the browser's own if it is one of the language. */
export const locale = language === PSEUDO ? "en" : (navigator.languages.find((tag) => tag.split("-")[0] === language && isTag(tag)) ?? language);

document.documentElement.lang = language === PSEUDO ? "en" : language;
document.documentElement.dir = language === PSEUDO ? "rtl" : "ltr";

const plurals = new Intl.PluralRules(locale);

/**
 * What turns the keys of a catalogue into words. `catalogues` loads each language.
 *
 * @template {Catalogue} Words
 * @param {{ en: () => Promise<{ WORDS: Words }>, de: () => Promise<{ WORDS: { [Key in keyof Words]: string | object } }> }} catalogues
 * @returns {Promise<Translator<Words>>}
 */
export async function wordsOf(catalogues) {
  const load = language === "de" ? catalogues.de : catalogues.en;
  const words = /** @type {Catalogue} */ ((await load()).WORDS);
  return (key, values = {}) => {
    const text = words[/** @type {string} */ (key)];
    if (text === undefined) throw new Error(`there are no words for ${String(key)}`);
    return shaped(filled(chosen(text, values), values));
  };
}

/**
 * @param {string | { [category: string]: string }} text
 * @param {Record<string, string | number>} values
 */
function chosen(text, values) {
  if (typeof text === "string") return text;
  return text[plurals.select(Number(values.count))] ?? text.other;
}

/** Signs that turn the direction of all that follows: a name that has them could turn the sentence around it. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * The text with values in the places of their names in braces.
 *
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place).replace(TURNING, ""));
}

/** @param {string} text */
function shaped(text) {
  return language === PSEUDO ? `${text}${" ~".repeat(Math.ceil(text.length / 5))}` : text;
}

/** @param {string} tag */
function isTag(tag) {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false; // such as en-US@posix, which a browser may call its language
  }
}

/** @param {(string | null)[]} wanted */
function languageOf(wanted) {
  for (const tag of wanted) {
    if (tag === PSEUDO) return PSEUDO;
    const base = tag?.toLowerCase().split("-")[0] ?? "";
    if (base in LANGUAGES) return base;
  }
  return "en";
}
