// The words of callbacks, by language: they are loaded with the form.

/** @type {{ [language: string]: () => Promise<{ TEXTS: typeof import("./texts/callback/en.js").TEXTS }> }} */
const LANGUAGES = {
  ar: () => import("./texts/callback/ar.js"),
  de: () => import("./texts/callback/de.js"),
  en: () => import("./texts/callback/en.js"),
  es: () => import("./texts/callback/es.js"),
  fr: () => import("./texts/callback/fr.js"),
};

/**
 * The texts in the language, or in English if there are none in it.
 *
 * @param {string} language
 */
export async function callbackTexts(language) {
  const { TEXTS } = await (LANGUAGES[language] ?? LANGUAGES.en)();
  return TEXTS;
}
