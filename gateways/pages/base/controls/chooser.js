// Choosing one of many by typing: a field and the list of what matches, moved in by the arrow keys.

/** @import { Choice } from "./types" */
import { element, unseen } from "../elements.js";
import { icon } from "../icons.js";
import { keepRows } from "../rows.js";
import { computed, effect, signal } from "../signals.js";
import { shared } from "../words/shared.js";

const MAX_ROWS = 100;
let count = 0;

/**
 * The field and the list. `choices` is followed; `chosen` gets the choice that was made. All words that are typed must
 * occur, in any order; what begins with them comes first.
 *
 * @param {string} label
 * @param {() => Choice[]} choices
 * @param {(choice: Choice) => unknown} chosen
 * @param {{ placeholder?: string, empty?: string }} [options]
 */
export function chooser(label, choices, chosen, { placeholder = label, empty = shared("nothing.found") } = {}) {
  const id = `chooser-${(count += 1)}`;
  const typed = signal("");
  const at = signal(0);
  const found = computed(() => matching(choices(), typed.value).slice(0, MAX_ROWS));
  const active = computed(() => found.value[Math.min(at.value, found.value.length - 1)]);
  /** @type {HTMLInputElement} */
  const field = element("input", {
    type: "text",
    role: "combobox",
    "aria-label": label,
    "aria-expanded": "true",
    "aria-controls": id,
    "aria-activedescendant": () => (active.value ? `${id}-${active.value.key}` : null),
    autocomplete: "off",
    spellcheck: "false",
    placeholder,
    oninput: () => ((at.value = 0), (typed.value = field.value)),
    onkeydown: (event) => pressed(event),
  });
  const list = element("div", { id, role: "listbox", class: "choices", "aria-label": label });
  keepRows(list, () => found.value, ({ key }) => key, (item, key) => {
    const { icon: name, disabled } = item.peek();
    const row = element("div", { id: `${id}-${key}`, role: "option", class: "choice", "aria-disabled": disabled ? "true" : null, "aria-selected": () => String(active.value?.key === key), onclick: () => choose(item.peek()), onpointermove: () => (at.value = found.peek().findIndex((each) => each.key === key)) }, [
      name ? icon(name) : null,
      element("span", { class: "choice-words" }, () => item.value.words),
      element("span", { class: "quiet" }, () => item.value.hint ?? ""),
    ]);
    return row;
  });
  effect(() => active.value && document.getElementById(`${id}-${active.value.key}`)?.scrollIntoView({ block: "nearest" }));
  const status = element("p", { class: "quiet choices-empty", role: "status" }, () => (found.value.length ? "" : empty));
  const matches = unseen(() => (typed.value ? shared("search.count", { count: found.value.length }) : ""));
  matches.setAttribute("role", "status");

  /** @param {Choice | undefined} choice */
  function choose(choice) {
    if (choice && !choice.disabled) chosen(choice);
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const moves = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 });
    if (event.key in moves) {
      const last = found.peek().length - 1;
      const next = at.peek() + moves[event.key];
      at.value = next < 0 ? (event.key === "ArrowUp" ? last : 0) : next > last ? (event.key === "ArrowDown" ? 0 : last) : next;
    } else if (event.key === "Enter" && !event.isComposing) choose(active.peek());
    else return;
    event.preventDefault();
  }

  const node = element("div", { class: "chooser" }, [field, list, status, matches]);
  return { node, field };
}

/**
 * The choices that have all words of the text, those first that begin with it.
 *
 * @param {Choice[]} choices
 * @param {string} text
 */
export function matching(choices, text) {
  const wanted = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (!wanted.length) return choices;
  const begins = (/** @type {Choice} */ { words }) => words.toLocaleLowerCase().startsWith(wanted[0]);
  const found = choices.filter(({ words, hint = "", also = "" }) => {
    const whole = `${words} ${hint} ${also}`.toLocaleLowerCase();
    return wanted.every((word) => whole.includes(word));
  });
  return [...found.filter(begins), ...found.filter((choice) => !begins(choice))];
}
