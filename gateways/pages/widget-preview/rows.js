// A list in the form that grows and shrinks. The order of its rows is the order in what is read.

/** @import { Fault, Part, RowMaker, RowOptions } from "./types" */
import { element } from "../base/elements.js";

const FIELDS = "input, select, textarea";

/**
 * @template Item, Value
 * @param {Item[]} items
 * @param {RowMaker<Item, Value>} make
 * @param {RowOptions} options
 * @returns {Part<Value[]>}
 */
export function rowsOf(items, make, options) {
  const rows = new Rows(make, options);
  for (const item of items) rows.add(item);
  return rows;
}

/** @template Item, Value */
class Rows {
  #make;
  #options;
  /** @type {Map<Element, Part<Value>>} */
  #parts = new Map();
  #list = element("ul", { class: "rows" });
  #status = element("span", { class: "visually-hidden", role: "status" });
  #adding;

  /**
   * @param {RowMaker<Item, Value>} make
   * @param {RowOptions} options
   */
  constructor(make, options) {
    this.#make = make;
    this.#options = options;
    this.#adding = element("button", { type: "button", class: "plain", onclick: () => this.#addEmpty() }, `Add ${options.noun}`);
    this.node = element("div", { class: "list" }, [this.#list, this.#adding, this.#status]);
  }

  /**
   * @param {string} path
   * @param {Fault[]} faults
   */
  read(path, faults) {
    return [...this.#list.children].map((row, place) => this.#partOf(row).read(`${path}[${place}]`, faults));
  }

  /** @param {Item | undefined} item */
  add(item) {
    const part = this.#make(item);
    const row = element("li", {}, part.node);
    row.append(element("div", { class: "row-buttons" }, this.#buttons(row)));
    this.#parts.set(row, part);
    this.#list.append(row);
    return row;
  }

  #addEmpty() {
    focusField(this.add(undefined));
    this.#changed("Added.");
  }

  /** @param {Element} row */
  #buttons(row) {
    const { noun, moves = false, isSmall = false } = this.#options;
    const button = (/** @type {string} */ words, /** @type {string} */ label, /** @type {() => void} */ onclick) =>
      element("button", { type: "button", class: "plain", "aria-label": label, onclick }, words);
    const remove = button(isSmall ? "×" : "Remove", `Remove this ${noun}`, () => this.#remove(row));
    if (!moves) return [remove];
    const up = button("↑", `Move this ${noun} up`, () => this.#move(row, -1));
    const down = button("↓", `Move this ${noun} down`, () => this.#move(row, 1));
    return [up, down, remove];
  }

  /**
   * Moving a row loses the focus, which is on one of its buttons.
   *
   * @param {Element} row
   * @param {number} by
   */
  #move(row, by) {
    const rows = [...this.#list.children];
    const place = rows.indexOf(row) + by;
    if (place < 0 || place >= rows.length) return;
    const focused = document.activeElement;
    if (by < 0) rows[place].before(row);
    else rows[place].after(row);
    if (focused instanceof HTMLElement) focused.focus();
    this.#changed(`It is number ${place + 1} of ${rows.length} now.`);
  }

  /** @param {Element} row */
  #remove(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    this.#parts.delete(row);
    row.remove();
    if (next) focusField(next);
    else this.#adding.focus();
    this.#changed("Removed.");
  }

  /** @param {string} words */
  #changed(words) {
    this.#status.textContent = words;
    this.node.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @param {Element} row */
  #partOf(row) {
    return /** @type {Part<Value>} */ (this.#parts.get(row));
  }
}

/** @param {Element} row */
function focusField(row) {
  const field = row.querySelector(FIELDS);
  if (field instanceof HTMLElement) field.focus();
}
