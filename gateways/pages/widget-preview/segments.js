// A few choices side by side, one of which is taken.

/** @import { Choice } from "./types" */
import { element } from "../base/elements.js";

let made = 0;

/**
 * @param {string} legend
 * @param {Signal<string>} chosen
 * @param {Choice[]} choices
 */
export function segments(legend, chosen, choices) {
  const name = `segments-${(made += 1)}`;
  const radios = choices.map(([value, words]) => {
    const choose = () => (chosen.value = value);
    const radio = element("input", { type: "radio", name, value, ".checked": () => chosen.value === value, oninput: choose });
    return element("label", {}, [radio, element("span", {}, words)]);
  });
  return element("fieldset", { class: "segments" }, [element("legend", { class: "label" }, legend), element("div", {}, radios)]);
}
