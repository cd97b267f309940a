// What was filled into a form, as the API takes it. Nothing here knows of a page.

/** @import { AskedField, ContentTexts, FormAnswer, FormValue, NameOfText } from "../types" */



const MAX_ANSWER = 4096; // of the API's texts
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The answers to a form's fields, and what is wrong with which: `{answers, wrong}`, both by the fields' names. `values`
 * holds a text for each field, true or false for a consent, and a list for choices. What is wrong is the name of a text.
 *
 * @param {AskedField[]} fields
 * @param {{ [name: string]: FormValue }} values
 */
export function answersOf(fields, values) {
  /** @type {{ [name: string]: FormAnswer }} */
  const answers = {};
  /** @type {{ [name: string]: NameOfText }} */
  const wrong = {};
  for (const field of fields) {
    const given = values[field.name];
    const value = typeof given === "string" ? given.trim() : given;
    const reason = isEmpty(value) ? (field.required ? missing(field) : null) : faultOf(field, value);
    if (reason) wrong[field.name] = reason;
    else if (!isEmpty(value) || value === false) answers[field.name] = field.kind === "number" ? (numberFrom(value) ?? 0) : value;
  }
  if (!Object.keys(answers).length && !Object.keys(wrong).length) wrong[fields[0].name] = "fillOne";
  return { answers, wrong };
}

/**
 * An answer in words.
 *
 * @param {FormAnswer} answer
 * @param {ContentTexts} texts
 * @param {string} locale
 */
export function answerInWords(answer, texts, locale) {
  if (answer === true) return texts.yes;
  if (answer === false) return texts.no;
  if (typeof answer === "number") return new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(answer);
  if (Array.isArray(answer)) return new Intl.ListFormat(locale, { type: "unit" }).format(answer);
  return DATE.test(answer) ? dateInWords(answer, locale) : answer;
}

/**
 * @param {string} text
 * @param {string} locale
 */
function dateInWords(text, locale) {
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? text : new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(date);
}

/** @param {FormValue | undefined} value */
function isEmpty(value) {
  return value === undefined || value === "" || value === false || (Array.isArray(value) && !value.length);
}

/**
 * @param {AskedField} field
 * @returns {NameOfText}
 */
function missing({ kind }) {
  if (kind === "consent") return "consentNeeded";
  return kind === "choice" || kind === "choices" ? "choose" : "fillIn";
}

/**
 * @param {AskedField} field
 * @param {FormValue} value
 * @returns {NameOfText?}
 */
function faultOf({ kind }, value) {
  if (typeof value !== "string") return null;
  if (value.length > MAX_ANSWER) return "tooLong";
  if (kind === "email" && !EMAIL.test(value)) return "badEmail";
  if (kind === "phone" && (value.match(/\p{Nd}/gu) ?? []).length < 3) return "badPhone";
  if (kind === "number" && numberFrom(value) === null) return "badNumber";
  return kind === "date" && !DATE.test(value) ? "badDate" : null;
}

/**
 * A number with a point or a comma before its fraction.
 *
 * @param {FormValue} text
 */
function numberFrom(text) {
  const written = String(text);
  return /^[-+]?\d{1,15}(?:[.,]\d{1,15})?$/.test(written) ? Number(written.replace(",", ".")) : null;
}
