// A list of entries that are filled in: rows that can be added, moved and removed, and keep the caret meanwhile.

import { button } from "../base/controls/button.js";
import { element } from "../base/elements.js";
import { keepRows } from "../base/rows.js";
import { computed, effect, signal, untracked } from "../base/signals.js";
import { same } from "./values.js";
import { words } from "./words.js";

/** @template Entry @typedef {{ id: number, entry: Signal<Entry> }} Row */

let count = 0;

/**
 * The list. `value` is the list of entries; `make` makes a row's controls from the signal of its entry and its place.
 *
 * @template Entry
 * @param {Signal<Entry[]>} value
 * @param {{ make: (entry: Signal<Entry>, place: () => number) => (Node | null)[], fresh: () => Entry, add: string, most?: number, ordered?: boolean }} options
 */
export function entryList(value, { make, fresh, add, most = Infinity, ordered = false }) {
  const rows = signal(/** @type {Row<Entry>[]} */ (value.peek().map(rowOf)));
  const whole = computed(() => rows.value.map(({ entry }) => entry.value));
  effect(() => {
    const now = whole.value;
    if (!same(now, value.peek())) value.value = now;
  });
  effect(() => {
    const now = value.value;
    untracked(() => {
      if (!same(now, whole.peek())) rows.value = now.map((entry, place) => (same(entry, whole.peek()[place]) ? rows.peek()[place] : rowOf(entry)));
    });
  });
  const list = element("ol", { class: "entries" });
  keepRows(list, () => rows.value, ({ id }) => id, (item) => {
    const { id, entry } = item.peek();
    const place = () => rows.value.findIndex((row) => row.id === id);
    const number = () => place() + 1;
    const tools = element("div", { class: "entry-tools" }, [
      ordered ? button(() => words("entries.up", { number: number() }), () => moved(id, -1), { icon: "up", iconOnly: true, kind: "quiet", disabled: () => place() === 0 }) : null,
      ordered ? button(() => words("entries.down", { number: number() }), () => moved(id, 1), { icon: "down", iconOnly: true, kind: "quiet", disabled: () => place() === rows.value.length - 1 }) : null,
      button(() => words("entries.remove", { number: number() }), () => dropped(id), { icon: "close", iconOnly: true, kind: "quiet" }),
    ]);
    const row = element("li", { class: "entry" }, [element("div", { class: "entry-body" }, make(entry, place).filter((node) => node !== null)), tools]);
    return row;
  });

  function added() {
    rows.value = [...rows.peek(), rowOf(fresh())];
    /** @type {HTMLElement?} */ (list.lastElementChild?.querySelector("input, select, textarea"))?.focus();
  }

  /** @param {number} id */
  function dropped(id) {
    rows.value = rows.peek().filter((row) => row.id !== id);
    adding.focus();
  }

  /** @param {number} id @param {number} by */
  function moved(id, by) {
    const all = [...rows.peek()];
    const from = all.findIndex((row) => row.id === id);
    all.splice(from + by, 0, ...all.splice(from, 1));
    rows.value = all;
  }

  const adding = button(add, added, { icon: "add", disabled: () => rows.value.length >= most });
  return [list, element("div", { class: "token-add" }, [adding])];
}

/** @template Entry @param {Entry} entry @returns {Row<Entry>} */
function rowOf(entry) {
  return { id: (count += 1), entry: signal(entry) };
}

/**
 * A part of an entry as a value of its own.
 *
 * @param {Signal<any>} entry
 * @param {string} name
 * @returns {Signal<any>}
 */
export function part(entry, name) {
  return /** @type {Signal<any>} */ ({
    get value() {
      return entry.value[name];
    },
    set value(next) {
      if (!same(entry.peek()[name], next)) entry.value = { ...entry.peek(), [name]: next };
    },
    peek: () => entry.peek()[name],
  });
}
