// Colours from the page around: checked, and corrected where nobody could read them.

/** @import { Theme } from "./types" */
import { readableOn } from "../base/contrast.js";

const COLOUR = /^#([0-9a-f]{6})$/i;
const SCHEMES = ["light", "dark"];

/**
 * Takes over `{accent, scheme}`. What is no colour or scheme is passed over, with a warning.
 *
 * @param {Theme} [theme]
 */
export function applyTheme({ accent, scheme } = {}) {
  const root = document.documentElement;
  if (SCHEMES.includes(/** @type {string} */ (scheme))) root.dataset.scheme = scheme;
  else delete root.dataset.scheme;
  if (typeof accent !== "string") return;
  if (!COLOUR.test(accent)) {
    console.warn(`hybridchat: the accent ${accent} is no colour such as #0b5cad`);
    return;
  }
  root.style.setProperty("--accent", accent);
  root.style.setProperty("--on-accent", readableOn(accent));
}
