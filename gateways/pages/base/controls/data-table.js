// Tables that can be sorted, whose rows are kept while their numbers change.

/** @import { Column, Sorting } from "./types" */
import { element } from "../elements.js";
import { keepRows } from "../rows.js";
import { computed } from "../signals.js";
import { shared } from "../words/shared.js";
import { definition } from "./definition.js";

/**
 * A table of the items. Its heading stays in sight; a click on a column sorts by it, and another one the other way
 * round. `sorting` is set by that.
 *
 * @template Item
 * @param {string} caption
 * @param {Column<Item>[]} columns
 * @param {() => Item[]} items
 * @param {(item: Item) => string} keyOf
 * @param {Signal<Sorting>} sorting
 * @param {{ row?: (row: HTMLTableRowElement, item: Signal<Item>) => void }} [options]
 */
export function dataTable(caption, columns, items, keyOf, sorting, { row: dress = () => {} } = {}) {
  const sorted = computed(() => inOrder(items(), columns, sorting.value));
  const heads = columns.map((column) => headOf(column, sorting));
  const body = element("tbody", {});
  keepRows(body, () => sorted.value, keyOf, (item) => {
    const row = element("tr", {}, columns.map((column, place) => cellOf(column, item, place === 0)));
    dress(row, item);
    return row;
  });
  return element("div", { class: "table-place", tabindex: "0", role: "region", "aria-label": caption }, [
    element("table", { class: "data-table" }, [
      element("caption", { class: "visually-hidden" }, caption),
      element("thead", {}, [element("tr", {}, heads)]),
      body,
      columns.some(({ foot }) => foot !== undefined) ? element("tfoot", {}, [element("tr", {}, columns.map((column, place) => footOf(column, place === 0)))]) : null,
    ]),
  ]);
}

/**
 * The items in the order of a column; those without a value come last.
 *
 * @template Item
 * @param {Item[]} items
 * @param {Column<Item>[]} columns
 * @param {Sorting} sorting
 */
export function inOrder(items, columns, { column, descending }) {
  const by = columns.find(({ key }) => key === column);
  if (!by) return items;
  return items.toSorted((one, other) => {
    const [a, b] = [by.value(one), by.value(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
    return descending ? -order : order;
  });
}

/**
 * @template Item
 * @param {Column<Item>} column
 * @param {Signal<Sorting>} sorting
 */
function headOf({ key, words, number, definition: text }, sorting) {
  const isSorted = () => sorting.value.column === key;
  const sort = () => (sorting.value = { column: key, descending: sorting.peek().column === key && !sorting.peek().descending });
  const direction = () => (isSorted() ? (sorting.value.descending ? "descending" : "ascending") : null);
  return element("th", { scope: "col", class: number ? "number" : null, "aria-sort": direction }, [
    element("button", { type: "button", onclick: sort, title: shared("table.sorted_by", { column: words }) }, words),
    text ? definition(words, text) : null,
  ]);
}

/**
 * @template Item
 * @param {Column<Item>} column
 * @param {boolean} isFirst
 */
function footOf({ foot = "", number }, isFirst) {
  const attributes = { class: number ? "number" : null };
  return isFirst ? element("th", { scope: "row", ...attributes }, [foot]) : element("td", attributes, [foot]);
}

/**
 * @template Item
 * @param {Column<Item>} column
 * @param {Signal<Item>} item
 * @param {boolean} isFirst
 */
function cellOf({ value, cell, number }, item, isFirst) {
  const content = cell ? cell(item) : () => value(item.value);
  const attributes = { class: number ? "number" : null };
  return isFirst ? element("th", { scope: "row", ...attributes }, [content]) : element("td", attributes, [content]);
}
