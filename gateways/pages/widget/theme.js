// Colours from the page around: checked, and corrected where nobody could read them.

const LEAST_CONTRAST = 4.5; // of WCAG 2.2, 1.4.3
const COLOUR = /^#([0-9a-f]{6})$/i;
const SCHEMES = ["light", "dark"];

/** Takes over `{accent, scheme}`. What is no colour or scheme is passed over, with a warning. */
export function applyTheme({ accent, scheme } = {}) {
  const root = document.documentElement;
  if (SCHEMES.includes(scheme)) root.dataset.scheme = scheme;
  else delete root.dataset.scheme;
  if (accent === undefined) return;
  if (!COLOUR.test(accent)) {
    console.warn(`hybridchat: the accent ${accent} is no colour such as #0b5cad`);
    return;
  }
  root.style.setProperty("--accent", accent);
  root.style.setProperty("--on-accent", onAccent(accent));
}

/** White or black, whichever is read better on the colour. */
export function onAccent(accent) {
  return contrast(accent, "#ffffff") >= LEAST_CONTRAST || contrast(accent, "#ffffff") >= contrast(accent, "#000000") ? "#ffffff" : "#000000";
}

/** The contrast of two colours by WCAG 2.2, from 1 to 21. */
export function contrast(first, second) {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour) {
  const value = parseInt(colour.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
