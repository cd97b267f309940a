// The form of a callback: who, at which number, when, and what about.

/** @import { CallbackParts, CallbackTexts, Field, Refusal, Waiting } from "./types" */
import { element } from "../base/elements.js";
import { effect, signal } from "../base/signals.js";
import { field } from "./callback-field.js";
import { countriesOf, countryOf, faultOf, isInternational, numberOf, probableCountry } from "./callback-phone.js";
import { daysOf, timeInWords, zoneInWords } from "./callback-times.js";
import { filled } from "./texts.js";

const MAX_CHARACTERS = 256; // of the API's names and subjects
const MAX_NUMBER = 64;

/**
 * The form as an element. `options` is what the server says of numbers and times, `zone` the visitor's time zone;
 * `asking` is the CallbackRequest. `isWaiting()` says whether the visitor waits in the chat.
 *
 * @param {CallbackParts & Waiting & { options: Api.CallbackOptions }} parts
 */
export function callbackForm({ asking, options, texts, locale, zone, name, isWaiting }) {
  const who = nameField(texts, name);
  const number = phoneFields(options, texts, locale);
  const when = timeFields(options, texts, locale, zone);
  const subject = field(element("input", { name: "subject", dir: "auto", maxlength: String(MAX_CHARACTERS) }), texts.callSubject);
  const fields = { name: who, phone: number.phone, wanted_at: when.time, subject };
  const refused = element("p", { class: "fault", role: "alert" }, () => generalFault(asking.refusal.value, fields, texts));
  const canBeCalled = options.openings.length > 0 || Boolean(options.opens_at);
  const heading = element("h2", { id: "callback-title", tabindex: "-1" }, texts.callHeading);
  if (!canBeCalled) return element("div", {}, [heading, element("p", {}, texts.callNever)]);
  const form = element("form", { class: "callback-form", novalidate: true }, [
    heading,
    element("p", { class: "intro" }, () => (isWaiting() ? texts.callIntroWaiting : texts.callIntro)),
    who.made,
    number.country.made,
    number.phone.made,
    when.made,
    subject.made,
    refused,
    element("div", { class: "actions" }, element("button", { type: "submit", class: "primary" }, texts.callAsk)),
  ]);

  effect(() => showFaults(asking.refusal.value, fields, texts));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    who.show(who.control.value.trim() ? "" : texts.callNameMissing);
    const fault = faultOf(number.phone.control.value);
    number.phone.show(fault === null ? "" : texts[fault]);
    if (toFirstWrong([who, number.phone])) return;
    asking.ask(wishOf(who, number, when, subject), number.asTyped());
  });
  return form;
}

/**
 * @param {CallbackTexts} texts
 * @param {string?} [name]
 */
function nameField(texts, name = "") {
  const control = element("input", { name: "name", autocomplete: "name", dir: "auto", maxlength: String(MAX_CHARACTERS), required: true, ".value": name });
  return field(control, texts.callName);
}

/**
 * The country, and the number with the country's code before it unless one was typed.
 *
 * @param {Api.CallbackOptions} options
 * @param {CallbackTexts} texts
 * @param {string} locale
 */
function phoneFields(options, texts, locale) {
  const codes = options.calling_codes;
  const probable = probableCountry(codes, [locale, ...navigator.languages], options.country ?? Object.keys(codes)[0]);
  const countries = countriesOf(codes, locale, probable);
  const names = new Map(countries.map(({ country, name }) => [country, name]));
  const choices = countries.map(({ country, name, code }) => element("option", { value: country }, `${name} (\u200e+${code}\u200e)`));
  const select = element("select", { name: "country", autocomplete: "country" }, choices);
  const chosen = signal(select.value);
  const typed = signal("");
  const control = element("input", {
    name: "phone", type: "tel", autocomplete: "tel", inputmode: "tel", dir: "ltr", maxlength: String(MAX_NUMBER), required: true,
  });
  const code = element("span", { class: "code", "aria-hidden": "true", hidden: () => isInternational(typed.value) }, () => `+${codes[chosen.value]}`);
  select.addEventListener("change", () => (chosen.value = select.value));
  control.addEventListener("input", () => {
    typed.value = control.value;
    const found = countryOf(control.value, codes, chosen.peek());
    if (found) chosen.value = select.value = found;
  });
  return {
    country: field(select, texts.callCountry),
    phone: field(control, texts.callPhone, { inside: element("div", { class: "number", dir: "ltr" }, [code, control]) }),
    international: () => numberOf(control.value, codes[select.value]),
    asTyped: () => ({ typed: control.value.trim(), ...(!isInternational(control.value) && { country: names.get(select.value) }) }),
  };
}

/**
 * As soon as possible, or at a time in the openings. Without openings there is nothing to choose.
 *
 * @param {Api.CallbackOptions} options
 * @param {CallbackTexts} texts
 * @param {string} locale
 * @param {string} zone
 */
function timeFields(options, texts, locale, zone) {
  const days = daysOf(options.openings, Date.now(), zone, locale);
  const isChosen = signal(false);
  const [now, later] = [false, true].map((value) =>
    element("input", { type: "radio", name: "when", value: String(value), checked: !value, onchange: () => (isChosen.value = value) }));
  const day = element("select", { name: "day" }, days.map(({ label }, place) => element("option", { value: String(place) }, label)));
  const time = element("select", { name: "time" });
  const fill = () => time.replaceChildren(...days[Number(day.value)].times.map(({ at, label }) => element("option", { value: at }, label)));
  day.addEventListener("change", fill);
  if (days.length) fill();
  const soonest = options.opens_at ? filled(texts.callSoonestClosed, { time: timeInWords(options.opens_at, zone, locale) }) : texts.callSoonest;
  const ofDay = field(day, texts.callDay);
  const ofTime = field(time, texts.callTime);
  const made = element("fieldset", { class: "when" }, [
    element("legend", {}, texts.callWhen),
    element("label", { class: "option" }, [now, element("span", {}, soonest)]),
    element("label", { class: "option", hidden: !days.length }, [later, element("span", {}, texts.callAtTime)]),
    element("div", { class: "wanted", hidden: () => !isChosen.value }, [ofDay.made, ofTime.made]),
    element("p", { class: "hint", hidden: () => !isChosen.value && !options.opens_at }, filled(texts.callZone, { zone: zoneInWords(zone, locale) })),
  ]);
  return { made, time: ofTime, wanted: () => (isChosen.peek() ? time.value : null) };
}

/**
 * @param {Field} who
 * @param {ReturnType<typeof phoneFields>} number
 * @param {ReturnType<typeof timeFields>} when
 * @param {Field} subject
 */
function wishOf(who, number, when, subject) {
  const [wanted, about] = [when.wanted(), subject.control.value.trim()];
  return {
    name: who.control.value.trim(),
    phone: number.international(),
    ...(wanted && { wanted_at: wanted }),
    ...(about && { subject: about }),
  };
}

/**
 * Shows what the server refuses beside the field that it names.
 *
 * @param {Refusal?} refusal
 * @param {Record<string, Field>} fields
 * @param {CallbackTexts} texts
 */
function showFaults(refusal, fields, texts) {
  /** @type {Record<string, string>} */
  const words = { phone: texts.callPhoneRefused, wanted_at: texts.callTimeRefused };
  for (const path of refusal?.fields ?? []) fields[path]?.show(words[path] ?? refusal?.message ?? "");
  if (refusal) queueMicrotask(() => toFirstWrong(Object.values(fields)));
}

/**
 * What is wrong with no field in particular.
 *
 * @param {Refusal?} refusal
 * @param {Record<string, Field>} fields
 * @param {CallbackTexts} texts
 */
function generalFault(refusal, fields, texts) {
  if (!refusal || refusal.fields.some((path) => path in fields)) return "";
  return filled(texts.callRefused, { reason: refusal.message });
}

/** @param {Field[]} fields */
function toFirstWrong(fields) {
  const wrong = fields.find((each) => each.isWrong());
  wrong?.control.focus();
  return Boolean(wrong);
}
