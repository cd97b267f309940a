// The items of a kind as a table that is searched and sorted.

/** @import { Item, Kind, Shapes } from "./types" */
/** @import { Column } from "../base/controls/types" */
import { dataTable } from "../base/controls/data-table.js";
import { input } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { problemWords } from "../base/problem-words.js";
import { computed, effect, signal } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { agentTools } from "./agents.js";
import { summary } from "./described.js";
import { pageHead } from "./page-head.js";
import { hashOf, keepInAddress, route } from "./route.js";
import { filledIn, shapesOf } from "./schema.js";
import { load, table } from "./store.js";
import { labelOf, manyWords, oneWords, words, wordsFor } from "./words.js";

/** @typedef {{ name: string, item: Item, found: string }} Listed */

/** @param {Kind} kind */
export function listView(kind) {
  const { query } = route.peek();
  const known = table(kind.key);
  const shapes = signal(/** @type {Shapes?} */ (null));
  const fault = signal("");
  const search = signal(query.get("search") ?? "");
  const sorting = signal({ column: query.get("by") ?? "key", descending: query.get("order") === "down" });
  const read = async () => {
    try {
      const [all] = await Promise.all([shapesOf(kind), load(kind.key)]);
      shapes.value = all;
    } catch (error) {
      fault.value = problemWords(error);
    }
  };
  void read();
  effect(() => keepInAddress(kind.key, { search: search.value, by: sorting.value.column === "key" ? "" : sorting.value.column, order: sorting.value.descending ? "down" : "" }));

  const all = computed(() => listed(kind, known.value?.items ?? {}, shapes.value ?? {}));
  const wanted = computed(() => search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean));
  const fits = (/** @type {Listed} */ { found }) => wanted.value.every((word) => found.includes(word));
  const count = computed(() => all.value.filter(fits).length);
  const place = element("div", { class: "list-place" });
  let drawn = "";
  effect(() => {
    const ready = known.value !== null && shapes.value !== null;
    const next = fault.value ? "fault" : !ready ? "loading" : !all.value.length ? "empty" : !count.value ? "nothing" : "table";
    if (next === drawn) return;
    drawn = next;
    place.toggleAttribute("aria-busy", next === "loading");
    place.replaceChildren(next === "table" ? rows : next === "empty" ? empty(kind) : element("p", { class: next === "fault" ? "notice" : "quiet", role: next === "fault" ? "alert" : null }, next === "fault" ? fault.value : next === "loading" ? shared("state.loading") : shared("nothing.found")));
  });
  const rows = dataTable(manyWords(kind.key), columnsOf(kind), () => all.value, ({ name }) => name, sorting, {
    row: (row, item) => void effect(() => (row.hidden = !fits(item.value))),
  });
  drawn = "";
  return [pageHead(kind, tools(kind)), element("div", { class: "list-tools" }, [searchField(kind, search), countOf(count, all)]), place];
}

/** @param {Kind} kind */
function tools(kind) {
  const add = element("a", { class: "button primary", href: hashOf(kind.key, "+") }, [icon("add"), element("span", {}, words("list.new", { one: oneWords(kind.key) }))]);
  return [...(kind.key === "agents" ? agentTools() : []), add];
}

/**
 * @param {Kind} kind
 * @param {Signal<string>} search
 */
function searchField(kind, search) {
  /** @type {HTMLInputElement} */
  const control = input({ type: "search", value: search.peek(), "aria-label": words("list.search", { many: manyWords(kind.key) }), placeholder: shared("action.search"), oninput: () => (search.value = control.value) });
  return control;
}

/** @param {Readable<number>} found @param {Readable<Listed[]>} all */
function countOf(found, all) {
  const whole = () => all.value.length;
  return element("p", { class: "quiet", role: "status" }, () => (found.value === whole() ? words("list.count", { count: whole() }) : words("list.of", { count: found.value, all: whole() })));
}

/**
 * @param {Kind} kind
 * @returns {Column<Listed>[]}
 */
function columnsOf(kind) {
  /** @type {Column<Listed>} */
  const first = { key: "key", words: words(kind.key === "agents" ? "list.username" : "list.name"), value: ({ name }) => name, cell: (item) => element("a", { href: hashOf(kind.key, item.peek().name) }, item.peek().name) };
  const others = kind.columns.map((path) => ({
    key: path,
    words: labelOf(kind.key, path),
    value: (/** @type {Listed} */ { item }) => (typeof item[path] === "number" ? item[path] : summary(path, item[path]) || null),
    cell: (/** @type {Signal<Listed>} */ listed) => () => summary(path, listed.value.item[path]),
    number: path === "priority" || path === "max_tasks" || path === "tries",
  }));
  return [first, ...others];
}

/**
 * @param {Kind} kind
 * @param {{ [name: string]: Item }} items
 * @param {Shapes} shapes
 * @returns {Listed[]}
 */
function listed(kind, items, shapes) {
  return Object.entries(items).map(([name, sparse]) => {
    const item = kind.key === "api_keys" ? sparse : filledIn(shapes, sparse);
    const found = [name, ...kind.columns.map((path) => summary(path, item[path]))].join(" ").toLocaleLowerCase();
    return { name, item, found };
  });
}

/** @param {Kind} kind */
function empty(kind) {
  return element("div", { class: "empty" }, [icon(kind.icon), element("p", {}, words("list.empty", { many: manyWords(kind.key) })), element("p", {}, wordsFor(`about.${kind.key}`))]);
}
