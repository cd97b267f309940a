// How a person likes the pages: kept in this browser, the same on every page, followed by all tabs.

import { effect, signal } from "./signals.js";
import { keep, kept, onKeptElsewhere } from "./storage.js";

/** Light, dark, or as the system is. */
export const theme = preference("theme", /** @type {"system" | "light" | "dark"} */ ("system"));
/** How close things stand. */
export const density = preference("density", /** @type {"comfortable" | "compact"} */ ("comfortable"));
/** The language of the pages, or empty for the browser's. It holds from the next load on. */
export const chosenLanguage = preference("language", "");

effect(() => marked("theme", theme.value === "system" ? "" : theme.value));
effect(() => marked("density", density.value === "compact" ? "compact" : ""));

/**
 * A value that is kept in this browser as soon as it is set.
 *
 * @template Value
 * @param {string} name
 * @param {Value} initial
 * @returns {Signal<Value>}
 */
export function preference(name, initial) {
  const key = `preference.${name}`;
  const value = signal(/** @type {Value} */ (kept(key) ?? initial));
  let first = true;
  effect(() => {
    const next = value.value;
    if (!first) keep(key, next);
    first = false;
  });
  onKeptElsewhere(key, () => (value.value = /** @type {Value} */ (kept(key) ?? initial)));
  return value;
}

/**
 * @param {string} name
 * @param {string} value
 */
function marked(name, value) {
  if (value) document.documentElement.dataset[name] = value;
  else delete document.documentElement.dataset[name];
}
