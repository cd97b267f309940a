// The drawings of the widget, which say nothing to screen readers.

const SPACE = "http://www.w3.org/2000/svg";

/**
 * The drawing of a path in a square of 24.
 *
 * @param {string} d
 */
export function icon(d) {
  const svg = document.createElementNS(SPACE, "svg");
  const path = document.createElementNS(SPACE, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}
