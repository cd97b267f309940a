// A table of the floor: sorted as the address says it, with an own word where it is empty. On a phone its rows are cards.

/** @import { Column, Sorting } from "../base/controls/types" */
/** @import { Address } from "./address.js" */
import { dataTable } from "../base/controls/data-table.js";
import { button } from "../base/controls/button.js";
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { effect, signal, untracked } from "../base/signals.js";
import { t } from "./words.js";

/**
 * @template Item
 * @param {{ name: "agents" | "queues" | "conversations", caption: string, address: Address, items: () => Item[], keyOf: (item: Item) => string, columns: Column<Item>[], initial?: Sorting }} options `initial` is how it is sorted where the address does not say it
 */
export function floorTable({ name, caption, address, items, keyOf, columns, initial = { column: columns[0].key, descending: false } }) {
  const sorting = sortingIn(address, initial);
  const labels = columns.map(({ words }) => words);
  const dress = (/** @type {HTMLTableRowElement} */ row) => [...row.cells].forEach((cell, place) => (cell.dataset.label = labels[place]));
  const table = dataTable(caption, columns, items, keyOf, sorting, { row: dress });
  table.classList.add("floor-table", `floor-${name}`);
  const everything = button(t("empty.all"), () => address.go({ view: name }), { icon: "filter" });
  const empty = element("div", { class: "empty" }, [icon("search"), element("p", {}, () => (isFiltered(address) ? t("empty.filtered") : t(`empty.${name}`))), everything]);
  effect(() => {
    const isEmpty = items().length === 0;
    table.hidden = isEmpty;
    empty.hidden = !isEmpty;
    everything.hidden = !isFiltered(address);
  });
  return element("div", { class: "floor-view" }, [table, empty]);
}

/**
 * How the table is sorted, which the address says too.
 *
 * @param {Address} address
 * @param {Sorting} initial
 */
function sortingIn({ filters, change }, initial) {
  const ofAddress = () => (filters.value.sort ? { column: filters.value.sort, descending: filters.value.descending } : initial);
  const sorting = signal(/** @type {Sorting} */ (untracked(ofAddress)));
  const isSame = (/** @type {Sorting} */ one, /** @type {Sorting} */ other) => one.column === other.column && one.descending === other.descending;
  effect(() => {
    const wanted = ofAddress();
    if (!isSame(wanted, sorting.peek())) sorting.value = wanted;
  });
  effect(() => {
    const { column, descending } = sorting.value;
    if (!isSame(sorting.value, untracked(ofAddress))) change({ sort: column, descending });
  });
  return sorting;
}

/** @param {Address} address */
function isFiltered({ filters }) {
  const { text, team, queue, state, agent } = filters.value;
  return Boolean(text || team || queue || state || agent);
}
