// The views that the user came from, each as it was left: what was loaded and opened in it, its scroll and its focus.

/** @import { Place, ShownView } from "./types" */

const MAX_KEPT = 12;

/** @type {Map<string, Place>} */
const places = new Map();

history.scrollRestoration = "manual";

/**
 * The entry of the browser's history that is shown.
 *
 * @returns {string}
 */
export function entryOnShow() {
  if (!history.state?.entry) history.replaceState({ ...history.state, entry: crypto.randomUUID?.() ?? String(Math.random()) }, "");
  return history.state.entry;
}

/**
 * Keeps a view as it is before another one takes its place.
 *
 * @param {string} entry
 * @param {ShownView} view
 * @param {string} address
 */
export function leave(entry, view, address) {
  const focused = view.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  places.delete(entry);
  places.set(entry, { view, address, scroll: scrollY, focused });
  const [oldest] = places.keys();
  if (places.size > MAX_KEPT) places.delete(oldest);
}

/**
 * The place that was left at this entry, if it shows this address; otherwise null.
 *
 * @param {string} entry
 * @param {string} address
 */
export function placeAt(entry, address) {
  const place = places.get(entry);
  return place?.address === address ? place : null;
}

export function forgetPlaces() {
  places.clear();
}
