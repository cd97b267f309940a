// What an agent needs to call a customer back: the number, and the wanted time by both clocks.

import { element } from "../base/elements.js";
import { fullTime } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { linkTo } from "../base/text/links.js";
import { locale } from "../base/words.js";
import { t } from "./words.js";

/**
 * The lines of a callback; nothing where the task is none.
 *
 * @param {() => Api.Customer | undefined} customer
 * @param {() => Record<string, unknown> | undefined} attributes
 */
export function callbackLines(customer, attributes) {
  const phone = () => customer()?.phone ?? "";
  const wanted = () => String(attributes()?.wanted_at ?? "");
  const zone = () => String(attributes()?.time_zone ?? "");
  const subject = () => String(attributes()?.subject ?? "");
  const isCallback = () => Boolean(phone() && (wanted() || subject() || attributes()?.callback));
  return element("dl", { class: "pairs callback", hidden: () => !isCallback() }, [
    element("dt", {}, t("callback.subject")),
    element("dd", { dir: "auto" }, () => subject() || "–"),
    element("dt", {}, t("callback.wanted")),
    element("dd", {}, () => (wanted() ? fullTime(wanted()) : t("callback.now"))),
    element("dt", { hidden: () => !otherTime(wanted(), zone()) }, t("callback.their_time")),
    element("dd", { hidden: () => !otherTime(wanted(), zone()) }, () => otherTime(wanted(), zone())),
  ]);
}

/** A link that dials the number in the program that the computer has for that. @param {string} phone */
export function dialLink(phone) {
  const link = linkTo(`tel:${phone.replace(/[^+\d]/g, "")}`, [icon("phone"), element("span", {}, phone)]);
  link.className = "button dial";
  link.setAttribute("aria-label", t("callback.dial", { phone }));
  return link;
}

/**
 * The instant by the customer's clock, where that is known to be another.
 *
 * @param {string} instant
 * @param {string} zone
 */
function otherTime(instant, zone) {
  if (!instant || !zone || zone === Intl.DateTimeFormat().resolvedOptions().timeZone) return "";
  try {
    return `${new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: zone }).format(new Date(instant))} (${zone})`;
  } catch {
    return ""; // a zone that this browser does not know
  }
}
