// A place, and how to reach somebody.

/** @import { ContentContext } from "../types" */
import { element } from "../../base/elements.js";
import { icon } from "../icons.js";
import { addressFrom, linkTo } from "../../base/text/links.js";
import { PERSON, PLACE } from "./drawings.js";

const ZOOM = 17;
const DIGITS = 5; // a metre
const MAP = "https://www.openstreetmap.org/";

/**
 * A place with a link to a map. Nothing of the map is loaded before that.
 *
 * @param {Api.LocationContent} content
 * @param {ContentContext} context
 */
export function place({ latitude, longitude, name, address }, { texts, locale }) {
  const degrees = new Intl.NumberFormat(locale, { maximumFractionDigits: DIGITS });
  const [north, east] = [latitude, longitude].map((each) => each.toFixed(DIGITS));
  return card(PLACE, [
    element("bdi", { class: "name" }, name ?? texts.place),
    address ? element("bdi", { class: "details" }, address) : null,
    element("bdi", { class: "details" }, `${degrees.format(latitude)}; ${degrees.format(longitude)}`),
    linkTo(`${MAP}?mlat=${north}&mlon=${east}#map=${ZOOM}/${north}/${east}`, texts.openMap),
  ]);
}

/**
 * Somebody, whom a press calls or writes to.
 *
 * @param {Api.ContactContent} content
 */
export function contact({ name, organization, phone, email }) {
  return card(PERSON, [
    element("bdi", { class: "name" }, name),
    organization ? element("bdi", { class: "details" }, organization) : null,
    phone ? reach(`tel:${phone.replace(/[^\d+*#,;]/g, "")}`, phone) : null,
    email ? reach(`mailto:${encodeURIComponent(email).replace("%40", "@")}`, email) : null,
  ]);
}

/**
 * @param {string} address
 * @param {string} words
 */
function reach(address, words) {
  const text = element("bdi", { dir: "ltr" }, words);
  return addressFrom(address) === null ? text : linkTo(address, text);
}

/**
 * @param {string} drawing
 * @param {Children} words
 */
function card(drawing, words) {
  return element("div", { class: "card place" }, [element("span", { class: "round quiet" }, icon(drawing)), element("p", { class: "words" }, words)]);
}
