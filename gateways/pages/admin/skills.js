// The skills of an agent: each attribute that the agent has, with the proficiency or whether it is there.

/** @import { Filling, Item } from "./types" */
import { button } from "../base/controls/button.js";
import { element } from "../base/elements.js";
import { keepRows } from "../base/rows.js";
import { effect } from "../base/signals.js";
import { group } from "./group.js";
import { namesOf, table } from "./store.js";
import { words } from "./words.js";

const LEVELS = Array.from({ length: 10 }, (_, place) => String(place + 1));

/** @param {Filling} filling */
export function skills(filling) {
  const { value } = filling;
  const names = namesOf("attributes");
  const put = (/** @type {string} */ name, /** @type {unknown} */ level) => (value.value = { ...value.peek(), [name]: level });
  const drop = (/** @type {string} */ name) => {
    value.value = Object.fromEntries(Object.entries(value.peek()).filter(([each]) => each !== name));
    adding.focus();
  };
  const list = element("div", { class: "skills" });
  keepRows(list, () => Object.keys(value.value), (name) => name, (_, name) => skillOf(name, value, put, drop));
  const add = () => {
    const name = adding.value;
    if (name) put(name, isBoolean(name) ? true : 5);
    /** @type {HTMLElement?} */ (list.querySelector(`[data-skill="${name}"] select`))?.focus();
  };
  const adding = element("select", { "aria-label": words("skills.add"), onchange: add });
  effect(() => {
    const left = names().filter((name) => !(name in value.value));
    adding.replaceChildren(element("option", { value: "" }, words("skills.add")), ...left.map((name) => element("option", { value: name }, name)));
    adding.disabled = !left.length;
  });
  const empty = element("p", { class: "quiet none", hidden: () => Object.keys(value.value).length > 0 }, words("skills.none"));
  return group(filling, [empty, list, element("div", { class: "token-add" }, [adding])], { wrongPart: (text, path) => pointOut(list, text, path) });
}

/**
 * @param {string} name
 * @param {Signal<Item>} value
 * @param {(name: string, level: unknown) => void} put
 * @param {(name: string) => void} drop
 */
function skillOf(name, value, put, drop) {
  const level = element("select", { "aria-label": name, onchange: ({ currentTarget }) => put(name, levelIn(currentTarget.value)) });
  const fault = element("p", { class: "fault", hidden: true });
  effect(() => {
    const now = value.value[name];
    const options = typeof now === "boolean" || isBoolean(name) ? [["true", words("yes")], ["false", words("no")]] : LEVELS.map((each) => [each, each]);
    level.replaceChildren(...options.map(([option, label]) => element("option", { value: option }, label)));
    level.value = String(now);
  });
  const remove = button(words("tokens.remove", { name }), () => drop(name), { icon: "close", iconOnly: true, kind: "quiet" });
  return element("div", { class: "skill", "data-skill": name }, [element("span", { class: "skill-name" }, name), level, remove, fault]);
}

/** @param {string} name */
function isBoolean(name) {
  return table("attributes").value?.items[name]?.type === "boolean";
}

/** @param {string} text */
function levelIn(text) {
  return text === "true" || text === "false" ? text === "true" : Number(text);
}

/** @param {HTMLElement} list @param {string?} text @param {string} path */
function pointOut(list, text, path) {
  const row = list.querySelector(`[data-skill="${path.replace(/^\./, "")}"]`);
  const fault = /** @type {HTMLElement?} */ (row?.querySelector(".fault"));
  if (!row || !fault) return false;
  fault.textContent = text;
  fault.hidden = false;
  row.querySelector("select")?.setAttribute("aria-invalid", "true");
  return true;
}
