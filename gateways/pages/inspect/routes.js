// Addresses of the views: #view/subject?parameters. They can be shared, since they never hold a token.

/** @import { Query } from "../base/session/types" */
/** @import { Route } from "./types" */
import { queryOf } from "../base/session/calls.js";

const FIRST = "streams";

/**
 * The view, subject and parameters of an address. An address that cannot be decoded names no view.
 *
 * @param {string} hash
 * @returns {Route}
 */
export function routeOf(hash) {
  const [path, query = ""] = splitOnce(hash.replace(/^#/, ""), "?");
  const [view, subject = null] = splitOnce(path, "/");
  try {
    const name = subject === null ? null : decodeURIComponent(subject);
    return { view: view || FIRST, subject: name, parameters: new URLSearchParams(query) };
  } catch {
    return { view: "", subject: null, parameters: new URLSearchParams() };
  }
}

/**
 * The address of a view. Empty parameters are left out.
 *
 * @param {string} view
 * @param {string?} subject
 * @param {Query} parameters
 */
export function href(view, subject = null, parameters = {}) {
  const path = subject === null ? view : `${view}/${encodeURIComponent(subject)}`;
  const query = queryOf(parameters).toString();
  return `#${path}${query && "?"}${query}`;
}

/** @param {string} address */
export function go(address) {
  location.hash = address;
}

/**
 * Changes the address without loading anything: the view already shows what the new address names.
 *
 * @param {string} address
 */
export function readdress(address) {
  history.replaceState(history.state, "", address);
}

/**
 * @param {string} text
 * @param {string} separator
 */
function splitOnce(text, separator) {
  const place = text.indexOf(separator);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}
