// The accent: a colour to pick or to write, and how it is read, in words.

/** @import { Part } from "./types" */
import { contrast, readableOn } from "../base/contrast.js";
import { element } from "../base/elements.js";
import { field, mark } from "./fields.js";

const DEFAULT_ACCENT = "#0b5cad";
const COLOUR = /^#[0-9a-f]{6}$/i;
const LEAST_CONTRAST = 3; // of a control, by WCAG 2.2, 1.4.11

/**
 * The colour, or an empty text for the widget's own.
 *
 * @param {string} accent
 * @returns {Part<string>}
 */
export function accentField(accent) {
  const picker = element("input", { type: "color", ".value": drawnColour(accent) });
  const written = element("input", {
    type: "text",
    placeholder: DEFAULT_ACCENT,
    autocomplete: "off",
    spellcheck: "false",
    ".value": accent,
  });
  const sample = element("span", { class: "sample", "aria-hidden": "true" }, "Aa");
  const judged = element("p", { class: "hint judged", role: "status" });
  const judge = () => {
    const colour = drawnColour(written.value.trim());
    picker.value = colour;
    sample.style.background = colour;
    sample.style.color = readableOn(colour);
    judged.textContent = inWords(written.value.trim());
  };
  picker.addEventListener("input", () => {
    written.value = picker.value;
    judge();
  });
  written.addEventListener("input", judge);
  judge();
  const node = element("div", { class: "accent" }, [
    element("div", { class: "pair" }, [field("Accent", picker), field("Accent as #rrggbb", written), sample]),
    judged,
  ]);
  return { node, read: (path) => (mark(written, path), written.value.trim()) };
}

/**
 * The colour in which the widget is drawn: its own until there is another.
 *
 * @param {string} accent
 */
export function drawnColour(accent) {
  return COLOUR.test(accent) ? accent.toLowerCase() : DEFAULT_ACCENT;
}

/** @param {string} accent */
function inWords(accent) {
  if (accent && !COLOUR.test(accent)) return "This is no colour yet: write # and six digits, such as #0b5cad.";
  const colour = drawnColour(accent);
  const text = readableOn(colour);
  const words = `${text === "#ffffff" ? "White" : "Black"} text on it is read well: ${rounded(contrast(colour, text))} to 1.`;
  const around = contrast(colour, "#ffffff");
  if (around >= LEAST_CONTRAST) return words;
  return `${words} On a white page the button is hard to see: ${rounded(around)} to 1, and 3 to 1 is the least.`;
}

/** @param {number} ratio */
function rounded(ratio) {
  return (Math.floor(ratio * 10) / 10).toFixed(1);
}
