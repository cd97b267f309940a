// What is drawn of a report: over time, or by its groups.

/** @import { ChartData, Series } from "../base/chart/types" */
/** @import { Figures, ReportAnswer, Row } from "./types" */
import { columnName, figureText, intervalMark, intervalText, isFigure, NONE, text } from "./cells.js";

const [MAX_SERIES, MAX_BARS] = [8, 25];

/** @typedef {{ columns: Api.ReportColumn[], apart: boolean, shape: "lines" | "columns" }} Chosen */
/** @typedef {Pick<ChartData, "points" | "marks" | "series" | "shape"> & { left: number }} Drawn `left` is how many groups are left out */

/**
 * Over time where there are intervals, and else by the groups.
 *
 * @param {Api.ReportDescription} description
 * @param {Figures} figures
 * @param {Chosen} chosen
 * @param {{ now: string, before: string, count: string }} names
 * @returns {Drawn}
 */
export function drawnOf(description, figures, chosen, names) {
  if (description.kind === "list") return countsOf(chosen.columns[0], figures, names.count);
  if (figures.query.interval !== "total") return overTime(description, figures, chosen, names);
  return figures.query.by === "total" ? byColumn(figures, chosen, names) : byGroup(description, figures, chosen, names);
}

/**
 * @param {Api.ReportDescription} description
 * @param {Figures} figures
 * @param {Chosen} chosen
 * @param {{ now: string, before: string }} names
 * @returns {Drawn}
 */
function overTime(description, { answer, query, together }, { columns, apart, shape }, names) {
  const { interval } = query;
  const all = upToNow(answer);
  const labels = all.map(({ interval: label }) => label);
  const ofOneDay = new Set(labels.map((label) => label.slice(0, 10))).size === 1;
  let left = 0;
  /** @type {Series[]} */
  let series;
  if (apart) {
    const groups = largestFirst([...Map.groupBy(answer.rows, (row) => groupName(description, row))], columns[0]);
    left = Math.max(0, groups.length - MAX_SERIES);
    series = groups.slice(0, MAX_SERIES).map(([name, rows]) => ({ name, values: along(labels, rows, columns[0]) }));
  } else {
    series = columns.map((column) => ({ name: columnName(column.name), values: along(labels, together?.rows ?? [], column) }));
    const before = together?.previous;
    if (before && columns.length === 1) series.push({ name: names.before, values: along(all.map((each) => each.before), before.rows, columns[0]), past: true });
  }
  return { points: labels.map((label) => intervalText(label, interval)), marks: labels.map((label) => intervalMark(label, interval, ofOneDay)), series, shape, left };
}

/**
 * The intervals of the range that have begun.
 *
 * @param {ReportAnswer} answer
 */
function upToNow({ intervals = [], as_of }) {
  const begun = intervals.filter(({ from }) => Date.parse(from) < Date.parse(as_of));
  return begun.length ? begun : intervals;
}

/**
 * The values of the rows at the places of their intervals; null where there is no such interval.
 *
 * @param {(string | null)[]} labels
 * @param {Row[]} rows
 * @param {Api.ReportColumn} column
 */
function along(labels, rows, column) {
  const values = new Map(rows.map((row) => [row.interval, numberOf(row[column.name])]));
  return labels.map((label) => (label === null ? null : (values.get(label) ?? emptyOf(column))));
}

/**
 * @param {Api.ReportDescription} description
 * @param {Figures} figures
 * @param {Chosen} chosen
 * @param {{ now: string, before: string }} names
 * @returns {Drawn}
 */
function byGroup(description, { answer }, { columns }, names) {
  const before = new Map(answer.previous?.rows.map((row) => [groupName(description, row), row]));
  const rows = answer.rows.toSorted((one, other) => (numberOf(other[columns[0].name]) ?? -1) - (numberOf(one[columns[0].name]) ?? -1));
  const drawn = rows.slice(0, MAX_BARS);
  const points = drawn.map((row) => groupName(description, row));
  /** @type {Series[]} */
  const series = columns.map((column) => ({ name: columns.length > 1 ? columnName(column.name) : names.now, values: drawn.map((row) => numberOf(row[column.name])) }));
  if (answer.previous && columns.length === 1) series.push({ name: names.before, values: points.map((point) => numberOf(before.get(point)?.[columns[0].name])), past: true });
  return { points, marks: [], series, shape: "bars", left: rows.length - drawn.length };
}

/**
 * @param {Figures} figures
 * @param {Chosen} chosen
 * @param {{ now: string, before: string }} names
 * @returns {Drawn}
 */
function byColumn({ answer: { rows, previous } }, { columns }, names) {
  const valuesOf = (/** @type {Row | undefined} */ row) => columns.map(({ name }) => numberOf(row?.[name]));
  /** @type {Series[]} */
  const series = [{ name: names.now, values: valuesOf(rows[0]) }];
  if (previous) series.push({ name: names.before, values: valuesOf(previous.rows[0]), past: true });
  return { points: columns.map(({ name }) => columnName(name)), marks: [], series, shape: "bars", left: 0 };
}

/**
 * How many rows have each value of a column.
 *
 * @param {Api.ReportColumn} column
 * @param {Figures} figures
 * @param {string} name
 * @returns {Drawn}
 */
function countsOf(column, { answer }, name) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const row of answer.rows) {
    const value = row[column.name] ?? null;
    for (const each of Array.isArray(value) && value.length ? value : [value]) {
      const words = text(each, column);
      counts.set(words, (counts.get(words) ?? 0) + 1);
    }
  }
  const all = [...counts].toSorted(([, one], [, other]) => other - one);
  const drawn = all.slice(0, MAX_BARS);
  return { points: drawn.map(([value]) => value), marks: [], series: [{ name, values: drawn.map(([, count]) => count) }], shape: "bars", left: all.length - drawn.length };
}

/** How a value of the columns is written. @param {Api.ReportColumn[]} columns @param {boolean} isList */
export function writtenAs([{ kind }], isList) {
  return (/** @type {number} */ value) => figureText(value, isList ? "count" : kind);
}

/**
 * @param {[string, Row[]][]} groups
 * @param {Api.ReportColumn} column
 */
function largestFirst(groups, { name }) {
  const size = (/** @type {Row[]} */ rows) => rows.reduce((sum, row) => sum + (numberOf(row[name]) ?? 0), 0);
  return groups.toSorted(([, one], [, other]) => size(other) - size(one));
}

/**
 * @param {Api.ReportDescription} description
 * @param {Row} row
 */
function groupName({ columns }, row) {
  const named = columns.filter((column) => !isFigure(column) && column.kind !== "interval" && row[column.name] != null);
  return named.map((column) => text(row[column.name], column)).join(" · ") || NONE;
}

/** What an interval without a row has. @param {Api.ReportColumn} column @returns {number | null} */
function emptyOf({ kind, combines }) {
  return kind === "count" || combines === "sum" ? 0 : null;
}

/** @param {Row[string] | undefined} value */
function numberOf(value) {
  return typeof value === "number" ? value : null;
}
