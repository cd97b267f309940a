// The contrast of colours such as #0b5cad, by WCAG 2.2.

const LEAST_CONTRAST = 4.5; // of WCAG 2.2, 1.4.3

/**
 * White or black, whichever is read better on the colour.
 *
 * @param {string} colour
 */
export function readableOn(colour) {
  const white = contrast(colour, "#ffffff");
  return white >= LEAST_CONTRAST || white >= contrast(colour, "#000000") ? "#ffffff" : "#000000";
}

/**
 * The contrast of two colours, from 1 to 21.
 *
 * @param {string} first
 * @param {string} second
 */
export function contrast(first, second) {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** @param {string} colour */
function luminance(colour) {
  const value = parseInt(colour.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
