// Lists of names, addresses or days: each with a button that removes it, and a control that adds another.

/** @import { Filling, Kind } from "./types" */
import { button } from "../base/controls/button.js";
import { input } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { day } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { keepRows } from "../base/rows.js";
import { effect } from "../base/signals.js";
import { group } from "./group.js";
import { labelOf, words } from "./words.js";

/** The lists that mean everything when they are empty. */
const MEAN_ALL = new Set(["agents.mrds", "webhooks.channels", "webhooks.events", "webhooks.queues", "webhooks.teams"]);

/**
 * With `options`, only these are added; otherwise what is typed, of this type.
 *
 * @param {Filling} filling
 * @param {{ options?: () => string[], type?: string }} options
 */
export function tokens(filling, { options, type = "text" }) {
  const { value, kind, field: { path }, shape } = filling;
  const list = element("ul", { class: "tokens" });
  const add = (/** @type {string} */ added) => {
    const clean = added.trim();
    if (clean && !value.peek().includes(clean)) value.value = type === "date" ? [...value.peek(), clean].sort() : [...value.peek(), clean];
  };
  keepRows(list, () => /** @type {string[]} */ ([...new Set(value.value)]), (each) => each, (_, each) => tokenOf(each, type, () => {
    value.value = value.peek().filter((/** @type {string} */ other) => other !== each);
    /** @type {HTMLElement?} */ (list.parentElement?.querySelector(".token-add :is(select, input)"))?.focus();
  }));
  const label = words("tokens.add", { label: labelOf(kind.key, path) });
  const adding = options ? chosen(label, options, value, add) : typed(label, type, shape.maxLength, add);
  const empty = element("p", { class: "quiet none", hidden: () => value.value.length > 0 }, emptyWords(kind, path));
  return group(filling, [empty, list, adding]);
}

/** @param {string} each @param {string} type @param {() => void} remove */
function tokenOf(each, type, remove) {
  const name = type === "date" ? dayWords(each) : each;
  return element("li", { class: "token" }, [
    element("span", { dir: "auto" }, name),
    element("button", { type: "button", "aria-label": words("tokens.remove", { name }), title: words("tokens.remove", { name }), onclick: remove }, [icon("close")]),
  ]);
}

/**
 * @param {string} label
 * @param {() => string[]} options
 * @param {Signal<any>} value
 * @param {(added: string) => void} add
 */
function chosen(label, options, value, add) {
  const control = element("select", { "aria-label": label, onchange: ({ currentTarget }) => add(currentTarget.value) });
  effect(() => {
    const left = options().filter((name) => !value.value.includes(name));
    control.replaceChildren(element("option", { value: "" }, words("tokens.choose")), ...left.map((name) => element("option", { value: name }, name)));
    control.disabled = !left.length;
  });
  return element("div", { class: "token-add" }, [control]);
}

/**
 * @param {string} label
 * @param {string} type
 * @param {number | undefined} maxLength
 * @param {(added: string) => void} add
 */
function typed(label, type, maxLength, add) {
  const put = () => {
    if (!control.value.trim()) return control.focus();
    add(control.value);
    control.value = "";
    control.focus();
  };
  const control = input({ type, "aria-label": label, maxlength: maxLength, autocomplete: "off", spellcheck: "false" });
  control.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    put();
  });
  control.addEventListener("change", () => type !== "date" && control.value.trim() && put());
  return element("div", { class: "token-add" }, [control, button(words("action.add"), put, { icon: "add" })]);
}

/** @param {Kind} kind @param {string} path */
function emptyWords({ key }, path) {
  return words(MEAN_ALL.has(`${key}.${path}`) ? "tokens.all" : "tokens.none");
}

/** @param {string} text */
function dayWords(text) {
  const instant = Date.parse(`${text}T12:00:00`);
  return Number.isNaN(instant) ? text : `${day(instant)} ${text.slice(0, 4)}`;
}
