// A report as a table, with its totals below and the way from each figure to its conversations.

/** @import { Figures, Row } from "./types" */
/** @import { Column, Sorting } from "../base/controls/types" */
/** @import { ReportStore } from "./report-store.js" */
import { button } from "../base/controls/button.js";
import { dataTable, inOrder } from "../base/controls/data-table.js";
import { element } from "../base/elements.js";
import { number } from "../base/formats.js";
import { ROOT } from "../base/root.js";
import { computed, effect, onStop, owned, signal } from "../base/signals.js";
import { columnName, intervalText, isFigure, NONE, text } from "./cells.js";
import { changeNode } from "./change-words.js";
import { definitionOf } from "./definitions.js";
import { narrowed, openConversations } from "./drill-down.js";
import { change, place } from "./place.js";
import { words } from "./words.js";

const PAGE = 200;
const CONVERSATION = /^\/agent\/v1\/conversations\/([\w-]+)$/;

/** @type {WeakMap<Row[], Set<string>>} */
const twice = new WeakMap();

/** @typedef {{ key: string, row: Row, before: Row | null }} Line */

/**
 * @param {Api.ReportDescription} description
 * @param {ReportStore} store
 */
export function reportTable(description, store) {
  const place = element("div", { class: "report-table" });
  const shape = computed(() => shapeOf(store.figures.value));
  effect(() => {
    if (!shape.value) return;
    const { made, stop } = owned(() => tableOf(description, store));
    onStop(stop);
    place.replaceChildren(...made);
  });
  return place;
}

/** What the columns of the table depend on. @param {Figures | null} figures */
function shapeOf(figures) {
  return figures && JSON.stringify([figures.query.interval, figures.query.by, isBeside(figures)]);
}

/**
 * @param {Api.ReportDescription} description
 * @param {ReportStore} store
 */
function tableOf(description, store) {
  const figures = computed(() => /** @type {Figures} */ (store.figures.value));
  const columns = columnsOf(description, figures);
  const sorting = sortingInAddress();
  const most = signal(PAGE);
  const lines = computed(() => linesOf(description, figures.value));
  const sorted = computed(() => inOrder(lines.value, columns, sorting.value));
  const seen = computed(() => sorted.value.slice(0, most.value));
  const table = dataTable(words("table.of", { report: description.title }), columns, () => seen.value, ({ key }) => key, sorting);
  const hidden = () => lines.value.length - seen.value.length;
  return [
    element("p", { class: "quiet table-count", role: "status" }, () => countWords(lines.value.length, figures.value)),
    table,
    element("div", { class: "bar" }, [
      button(() => words("table.show_more", { count: number(Math.min(PAGE, hidden())) }), () => (most.value += PAGE), { hidden: () => hidden() === 0 }),
      button(words("table.more"), store.more, { hidden: () => figures.value.answer.next === null }),
    ]),
  ];
}

/**
 * @param {number} count
 * @param {Figures} figures
 */
function countWords(count, { answer }) {
  const rows = words("table.rows", { count, number: number(count) });
  return answer.next === null ? rows : `${rows} ${words("table.not_all")}`;
}

/** @returns {Signal<Sorting>} the sorting that the address names */
function sortingInAddress() {
  const [column = "", order = ""] = (place.peek().parameters.sort ?? "").split(",");
  const sorting = signal({ column, descending: order === "down" });
  let first = true;
  effect(() => {
    const { column: by, descending } = sorting.value;
    if (!first) change({ sort: by ? by + (descending ? ",down" : "") : null }, { quietly: true });
    first = false;
  });
  return sorting;
}

/** Whether each row has the same of the period before beside it. @param {Figures} figures */
function isBeside({ query, answer }) {
  return query.interval === "total" && Boolean(answer.previous);
}

/**
 * @param {Api.ReportDescription} description
 * @param {Figures} figures
 * @returns {Line[]}
 */
function linesOf({ kind, columns }, figures) {
  const { answer } = figures;
  if (kind === "list") return answer.rows.map((row, number) => ({ key: String(number), row, before: null }));
  const names = columns.filter((column) => !isFigure(column)).map(({ name }) => name);
  const keyOf = (/** @type {Row} */ row) => JSON.stringify(names.map((name) => row[name]));
  const groupOf = (/** @type {Row} */ row) => JSON.stringify(names.filter((name) => name !== "interval").map((name) => row[name]));
  const before = new Map(isBeside(figures) ? answer.previous?.rows.map((row) => [groupOf(row), row]) : []);
  return answer.rows.map((row) => ({ key: keyOf(row), row, before: before.get(groupOf(row)) ?? null }));
}

/**
 * @param {Api.ReportDescription} description
 * @param {Readable<Figures>} figures
 * @returns {Column<Line>[]}
 */
function columnsOf(description, figures) {
  const { interval, by } = figures.peek().query;
  const isThere = (/** @type {Api.ReportColumn} */ column) => {
    if (column.kind === "link" && description.columns.some(({ name }) => name === "conversation_id")) return false;
    if (column.kind === "interval") return interval !== "total";
    return isFigure(column) || description.kind === "list" || by.split(",").includes(column.filter ?? column.name);
  };
  const there = description.columns.filter(isThere);
  const all = there.length && isFigure(there[0]) ? [wholeColumn()] : [];
  return [...all, ...there.map((column, at) => columnOf(description, column, figures, !all.length && at === 0))];
}

/** Stands first where everything is one row. @returns {Column<Line>} */
function wholeColumn() {
  return { key: "everything", words: words("table.everything"), value: () => words("table.everything") };
}

/**
 * @param {Api.ReportDescription} description
 * @param {Api.ReportColumn} column
 * @param {Readable<Figures>} figures
 * @param {boolean} isFirst
 * @returns {Column<Line>}
 */
function columnOf(description, column, figures, isFirst) {
  const { name } = column;
  const isNumber = isFigure(column);
  const linked = isNumber && description.kind === "summary" && description.figures.includes(name);
  /** @param {Signal<Line>} item */
  const cell = (item) => {
    if (linked) return figureCell(description, column, figures, item);
    if (name === "conversation_id" || column.kind === "link") return linkCell(item.peek().row[name]);
    const written = () => textOf(column, item.value.row, figures.value);
    return isNumber ? withChange(column, figures, item, element("span", {}, written)) : written;
  };
  return {
    key: name,
    words: columnName(name),
    value: ({ row }) => sortable(row[name]),
    cell,
    number: isNumber,
    definition: definitionOf(column.description),
    ...footOf(column, figures, isFirst),
  };
}

/**
 * @param {Api.ReportColumn} column
 * @param {Readable<Figures>} figures
 * @param {boolean} isFirst
 */
function footOf(column, figures, isFirst) {
  const { total, answer } = figures.peek();
  if (!total || total === answer) return {};
  if (isFirst) return { foot: words("table.total") };
  if (!isFigure(column)) return { foot: "" };
  return { foot: () => text(figures.value.total?.rows[0]?.[column.name] ?? null, column) };
}

/**
 * @param {Api.ReportDescription} description
 * @param {Api.ReportColumn} column
 * @param {Readable<Figures>} figures
 * @param {Signal<Line>} item
 */
function figureCell(description, column, figures, item) {
  const value = () => item.value.row[column.name];
  const written = () => text(value() ?? null, column);
  const open = () => openConversations(description, column, narrowed(description, figures.peek(), item.peek().row), rowName(description, item.peek().row, figures.peek()));
  const link = element("button", { type: "button", class: "figure-link", title: words("drill.open"), onclick: open, hidden: () => !value() }, [written]);
  return withChange(column, figures, item, element("span", {}, [link, element("span", { hidden: () => Boolean(value()) }, [written])]));
}

/**
 * @param {Api.ReportColumn} column
 * @param {Readable<Figures>} figures
 * @param {Signal<Line>} item
 * @param {HTMLElement} content
 */
function withChange(column, figures, item, content) {
  if (!isBeside(figures.peek())) return content;
  const changed = element("span", { class: "cell-change" });
  effect(() => {
    const [now, then] = [item.value.row[column.name], item.value.before?.[column.name]];
    const node = now === (then ?? 0) ? null : changeNode(column, now, then);
    changed.replaceChildren(...(node ? [node] : []));
  });
  return element("span", { class: "with-change" }, [content, changed]);
}

/** @param {Row[string] | undefined} value */
function linkCell(value) {
  const written = String(value ?? "");
  const id = CONVERSATION.exec(written)?.[1] ?? written;
  return id ? element("a", { href: `${ROOT}inspect#stream/conversation-${id}`, title: id }, `…${id.slice(-8)}`) : NONE;
}

/**
 * What a row is about, in words.
 *
 * @param {Api.ReportDescription} description
 * @param {Row} row
 * @param {Figures} figures
 */
export function rowName({ columns }, row, figures) {
  const named = columns.filter((column) => !isFigure(column) && row[column.name] !== null && (column.kind !== "interval" || figures.query.interval !== "total"));
  return named.map((column) => textOf(column, row, figures)).join(" · ") || words("table.everything");
}

/**
 * @param {Api.ReportColumn} column
 * @param {Row} row
 * @param {Figures} figures
 */
function textOf(column, row, { query, answer }) {
  const value = row[column.name] ?? null;
  if (column.kind !== "interval") return text(value, column);
  return intervalText(String(value), query.interval, twiceIn(answer.rows).has(String(value)));
}

/**
 * The labels of intervals whose time the clock shows again at another offset, as on the day on which clocks go back.
 *
 * @param {Row[]} rows
 */
function twiceIn(rows) {
  const known = twice.get(rows);
  if (known) return known;
  const labels = new Set(rows.map(({ interval }) => String(interval)));
  const times = Map.groupBy(labels, (label) => label.slice(0, 19));
  const found = new Set([...times.values()].filter((same) => same.length > 1).flat());
  twice.set(rows, found);
  return found;
}

/** @param {Row[string] | undefined} value */
function sortable(value) {
  if (value === undefined || value === null || typeof value === "number") return value ?? null;
  return Array.isArray(value) ? value.join(", ") : String(value);
}
