// What the address names: a view and its parameters, #view?parameters. A link is the view as it is seen.

import { queryOf } from "../base/session/calls.js";
import { signal } from "../base/signals.js";

/** @typedef {{ view: string, parameters: Record<string, string> }} Place */

export const LIVE = "live";

/** The place that the address names now. */
export const place = signal(placeOf(location.hash));

addEventListener("hashchange", () => (place.value = placeOf(location.hash)));

/**
 * The place of an address.
 *
 * @param {string} hash
 * @returns {Place}
 */
export function placeOf(hash) {
  const [view, ...rest] = hash.replace(/^#/, "").split("?");
  return { view: view || LIVE, parameters: Object.fromEntries(new URLSearchParams(rest.join("?"))) };
}

/**
 * The address of a place. Empty parameters are left out.
 *
 * @param {string} view
 * @param {Record<string, string | null>} [parameters]
 */
export function hrefOf(view, parameters = {}) {
  const query = queryOf(parameters).toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  return `#${view}${query && "?"}${query}`;
}

/**
 * Changes parameters of the present place. The way back leads to the earlier ones, unless what changes is only how the
 * same figures are looked at.
 *
 * @param {Record<string, string | null>} changed
 * @param {{ quietly?: boolean }} [options]
 */
export function change(changed, { quietly = false } = {}) {
  const { view, parameters } = place.peek();
  const address = hrefOf(view, { ...parameters, ...changed });
  if (address === location.hash) return;
  history[quietly ? "replaceState" : "pushState"](history.state, "", address);
  place.value = placeOf(address);
}
