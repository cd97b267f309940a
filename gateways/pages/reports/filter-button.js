// Narrowing figures to some values: a button that names them, and a dialog in which they are chosen.

import { button } from "../base/controls/button.js";
import { chooser } from "../base/controls/chooser.js";
import { openDialog } from "../base/controls/dialog.js";
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { keepRows } from "../base/rows.js";
import { computed, signal } from "../base/signals.js";
import { change, place } from "./place.js";
import { words } from "./words.js";

/** What stands for having no value. */
export const NO_VALUE = "-";

/**
 * @param {string} name the parameter of the address
 * @param {string} label
 * @param {() => string[] | Promise<string[]>} valuesOf what can be chosen; other values can be typed
 */
export function filterButton(name, label, valuesOf) {
  const chosen = computed(() => chosenIn(place.value.parameters[name]));
  const text = () => (chosen.value.length ? `${label}: ${chosen.value.map(valueName).join(", ")}` : words("filter.all", { filter: label }));
  return button(text, () => openFilter(name, label, valuesOf), { icon: "filter", class: () => `button secondary filter${chosen.value.length ? " in-use" : ""}` });
}

/**
 * @param {string} name
 * @param {string} label
 * @param {() => string[] | Promise<string[]>} valuesOf
 */
function openFilter(name, label, valuesOf) {
  const chosen = signal(chosenIn(place.peek().parameters[name]));
  const known = signal(/** @type {string[] | null} */ (null));
  const typed = signal("");
  Promise.resolve(valuesOf()).then((values) => (known.value = values), () => (known.value = [])); // without them names can be typed
  const choices = () => {
    if (known.value === null) return [];
    const offered = known.value.filter((value) => !chosen.value.includes(value)).map((value) => ({ key: value, words: valueName(value) }));
    const own = typed.value.trim();
    const more = own && !own.includes(",") && ![...known.value, ...chosen.value].includes(own) ? [{ key: own, words: own, hint: words("filter.typed") }] : [];
    return [...offered, ...more];
  };
  openDialog(words("filter.heading", { filter: label }), (close) => {
    const { node, field } = chooser(label, choices, ({ key }) => ((chosen.value = [...chosen.peek(), key]), (typed.value = ""), (field.value = ""), field.dispatchEvent(new Event("input")), field.focus()), { placeholder: words("filter.type"), empty: words("filter.empty") });
    field.addEventListener("input", () => (typed.value = field.value));
    field.autofocus = true;
    const chips = element("div", { class: "chips" });
    keepRows(chips, () => chosen.value, (value) => value, (item, value) =>
      element("button", { type: "button", class: "chip", "aria-label": words("filter.remove", { value: valueName(value) }), onclick: () => (chosen.value = chosen.peek().filter((each) => each !== value)) }, [element("span", {}, () => valueName(item.value)), icon("close")]),
    );
    const use = (/** @type {string[]} */ values) => {
      change({ [name]: values.join(",") || null });
      close();
    };
    return [
      node,
      chips,
      element("div", { class: "dialog-actions" }, [button(words("filter.none"), () => use([])), button(words("filter.use"), () => use(chosen.peek()), { kind: "primary" })]),
    ];
  });
}

/** @param {string | undefined} text */
function chosenIn(text) {
  return (text ?? "").split(",").filter(Boolean);
}

/** @param {string} value */
function valueName(value) {
  return value === NO_VALUE ? words("filter.without") : value;
}
