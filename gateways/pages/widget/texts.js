// The words of the widget, by language. A page may word any of them otherwise.

import { TEXTS as english } from "./texts/en.js";

const LANGUAGES = {
  ar: () => import("./texts/ar.js"),
  de: () => import("./texts/de.js"),
  en: async () => ({ TEXTS: english }),
  es: () => import("./texts/es.js"),
  fr: () => import("./texts/fr.js"),
};

/** The texts of the first wanted language that there is, and its tag. Unknown names of `own` are passed over. */
export async function textsFor(wanted, own = {}) {
  const found = wanted.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => tag in LANGUAGES) ?? "en";
  const { TEXTS } = await LANGUAGES[found]();
  const texts = { ...english, ...TEXTS };
  for (const [name, words] of Object.entries(own)) if (name in english && typeof words === "string") texts[name] = words;
  return { language: found, texts };
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
