// The words of the widget, by language. A page may word any of them otherwise.

const LANGUAGES = {
  ar: () => import("./texts/ar.js"),
  de: () => import("./texts/de.js"),
  en: () => import("./texts/en.js"),
  es: () => import("./texts/es.js"),
  fr: () => import("./texts/fr.js"),
};

/** The first wanted language that there are texts in, or null. */
export function languageOf(wanted) {
  return wanted.map((tag) => tag?.toLowerCase().split("-")[0]).find((tag) => tag in LANGUAGES) ?? null;
}

/** All texts in the language, with the `own` of the channel. */
export async function textsFor(language, own = {}) {
  const { TEXTS } = await LANGUAGES[language]();
  return { ...TEXTS, ...own };
}

/** The tag by which times are written: the visitor's own if it is one of the language, and one at all. */
export function localeOf(language, wanted) {
  return wanted.find((tag) => isTag(tag) && tag.toLowerCase().split("-")[0] === language) ?? language;
}

function isTag(tag) {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false; // such as en-US@posix, which a browser may call its language
  }
}

/** The text with values in the places of their names in braces. */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}
