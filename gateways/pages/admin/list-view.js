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
  const found = computed(() => matching(all.value, search.value));
  const place = element("div", { class: "list-place" });
  let drawn = "";
  effect(() => {
    const ready = known.value !== null && shapes.value !== null;
    const next = fault.value ? "fault" : !ready ? "loading" : !all.value.length ? "empty" : !found.value.length ? "nothing" : "table";
    if (next === drawn) return;
    drawn = next;
    place.toggleAttribute("aria-busy", next === "loading");
    place.replaceChildren(next === "table" ? rows : next === "empty" ? empty(kind) : element("p", { class: next === "fault" ? "notice" : "quiet", role: next === "fault" ? "alert" : null }, next === "fault" ? fault.value : next === "loading" ? shared("state.loading") : shared("nothing.found")));
  });
  const rows = dataTable(manyWords(kind.key), columnsOf(kind), () => found.value, ({ name }) => name, sorting);
  drawn = "";
  return [pageHead(kind, tools(kind)), element("div", { class: "list-tools" }, [searchField(kind, search), countOf(found, all)]), place];
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

/** @param {Readable<Listed[]>} found @param {Readable<Listed[]>} all */
function countOf(found, all) {
  return element("p", { class: "quiet", role: "status" }, () => (found.value.length === all.value.length ? words("list.count", { count: all.value.length }) : words("list.of", { count: found.value.length, all: all.value.length })));
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

/** @param {Listed[]} all @param {string} text */
function matching(all, text) {
  const wanted = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return wanted.length ? all.filter(({ found }) => wanted.every((word) => found.includes(word))) : all;
}

/** @param {Kind} kind */
function empty(kind) {
  return element("div", { class: "empty" }, [icon(kind.icon), element("p", {}, words("list.empty", { many: manyWords(kind.key) })), element("p", {}, wordsFor(`about.${kind.key}`))]);
}
