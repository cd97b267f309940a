// Phone numbers as people write them, with the country that they choose beside. Nothing here knows of a page.

/** @import { CallingCodes } from "./types" */



const LEAST_DIGITS = 4;

/**
 * The countries `{country, name, code}` in the order of their names in the locale, the probable one first.
 *
 * @param {CallingCodes} codes
 * @param {string} locale
 * @param {string} probable
 */
export function countriesOf(codes, locale, probable) {
  const names = new Intl.DisplayNames([locale], { type: "region" });
  const { compare } = new Intl.Collator(locale);
  const countries = Object.entries(codes).map(([country, code]) => ({ country, name: names.of(country) ?? country, code }));
  const isOther = (/** @type {string} */ country) => (country === probable ? 0 : 1);
  return countries.sort((first, second) => isOther(first.country) - isOther(second.country) || compare(first.name, second.name));
}

/**
 * The country of the first tag that names one with a calling code, or else the given one.
 *
 * @param {CallingCodes} codes
 * @param {string[]} tags
 * @param {string} otherwise
 */
export function probableCountry(codes, tags, otherwise) {
  const regions = tags.map((tag) => new Intl.Locale(tag).region);
  return regions.find((region) => region !== undefined && region in codes) ?? otherwise;
}

/**
 * The number with its calling code: what was typed has one itself, or gets that of the chosen country.
 *
 * @param {string} typed
 * @param {string} [code]
 */
export function numberOf(typed, code) {
  const number = plain(typed);
  return isInternational(number) ? number.replace(/^(?:\+|00)/, "+") : `+${code} ${number}`;
}

/** @param {string} typed */
export function isInternational(typed) {
  return /^(?:\+|00)/.test(plain(typed));
}

/**
 * The country of a number that was typed with its calling code: the chosen one if it has this code, or null.
 *
 * @param {string} typed
 * @param {CallingCodes} codes
 * @param {string} chosen
 */
export function countryOf(typed, codes, chosen) {
  if (!isInternational(typed)) return null;
  const digits = digitsOf(numberOf(typed));
  const found = Object.keys(codes).filter((country) => digits.startsWith(codes[country]));
  return found.includes(chosen) ? chosen : (found[0] ?? null);
}

/**
 * The name of the text that says why this is no phone number, or null when only the server can tell.
 *
 * @param {string} typed
 * @returns {"callPhoneMissing" | "callPhoneLetters" | "callPhoneShort" | null}
 */
export function faultOf(typed) {
  const number = plain(typed);
  if (!number) return "callPhoneMissing";
  if (/\p{L}/u.test(number)) return "callPhoneLetters";
  return digitsOf(number).length < LEAST_DIGITS ? "callPhoneShort" : null;
}

/**
 * What was typed, in the digits and signs of ASCII: keyboards have others too, and copies hold marks of direction.
 *
 * @param {string} typed
 */
function plain(typed) {
  const normal = typed.normalize("NFKC").replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").trim();
  return normal.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** @param {string} number */
function digitsOf(number) {
  return number.replace(/[^0-9]/g, "");
}
