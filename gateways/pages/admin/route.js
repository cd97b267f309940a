// Where the administration is, by its address: a list such as #queues, an item such as #queues/support, a new one such
// as #queues/+ or, like another one, #queues/+support.

import { onStop, signal } from "../base/signals.js";

/** @typedef {{ page: string, name: string?, isNew: boolean, query: URLSearchParams }} Route */

/** Where the page is. */
export const route = signal(routeOf(location.hash));
/** @type {(() => Promise<boolean>)?} */
let asksFirst = null;
let here = location.hash;

/** @param {string} hash @returns {Route} */
export function routeOf(hash) {
  const [path, query = ""] = hash.replace(/^#/, "").split("?");
  const [page, name = ""] = path.split("/");
  const isNew = name.startsWith("+");
  return { page: page.replaceAll("-", "_"), name: decoded(isNew ? name.slice(1) : name) || null, isNew, query: new URLSearchParams(query) };
}

/**
 * The address of a page, or of an item in it.
 *
 * @param {string} page
 * @param {string} [name]
 * @param {Record<string, string>} [query]
 */
export function hashOf(page, name, query = {}) {
  const written = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return `#${page.replaceAll("_", "-")}${name === undefined ? "" : `/${name.startsWith("+") ? "+" : ""}${encodeURIComponent(name.replace(/^\+/, ""))}`}${written && `?${written}`}`;
}

/** Follows the address until the owner is stopped. */
export function followAddress() {
  const moved = () => void changed();
  addEventListener("hashchange", moved);
  onStop(() => removeEventListener("hashchange", moved));
}

/** Has `ask` asked before the page goes elsewhere, until the owner is stopped. @param {() => Promise<boolean>} ask */
export function askBeforeLeaving(ask) {
  asksFirst = ask;
  onStop(() => {
    if (asksFirst === ask) asksFirst = null;
  });
}

/** Goes elsewhere without asking. @param {string} hash */
export function goTo(hash) {
  asksFirst = null;
  location.hash = hash;
}

/** Keeps the view's own settings in the address. @param {string} page @param {Record<string, string>} query */
export function keepInAddress(page, query) {
  history.replaceState(null, "", hashOf(page, undefined, query));
  here = location.hash;
}

async function changed() {
  const wanted = location.hash;
  if (wanted === here) return;
  if (asksFirst) {
    history.replaceState(null, "", here || "#");
    if (!(await asksFirst())) return;
    goTo(wanted);
    return;
  }
  here = wanted;
  route.value = routeOf(wanted);
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
