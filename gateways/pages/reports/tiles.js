// The figures of the whole period, with what they mean and how they have changed.

/** @import { Figures } from "./types" */
import { definition } from "../base/controls/definition.js";
import { element } from "../base/elements.js";
import { effect } from "../base/signals.js";
import { columnName, isFigure, text } from "./cells.js";
import { changeNode } from "./change-words.js";
import { definitionOf } from "./definitions.js";
import { words } from "./words.js";

const [MAX_TILES, MAX_COUNTS] = [6, 2];

/**
 * The columns that describe the whole best: what is counted first, then shares, then averages.
 *
 * @param {Api.ReportDescription} description
 */
export function headlines({ columns }) {
  const figures = columns.filter(isFigure);
  const counts = figures.filter(({ kind }) => kind === "count").slice(0, MAX_COUNTS);
  const shares = figures.filter(({ kind, combines }) => kind === "share" && combines === "ratio");
  const means = figures.filter(({ kind, combines }) => kind !== "share" && combines === "ratio");
  const chosen = [...counts, ...shares, ...means];
  return (chosen.length ? chosen : figures).slice(0, MAX_TILES);
}

/**
 * @param {Api.ReportDescription} description
 * @param {() => Figures | null} figures
 */
export function headlineTiles(description, figures) {
  const list = element("dl", { class: "tiles" });
  effect(() => {
    const found = figures();
    const total = found?.total?.rows[0];
    const before = found?.total?.previous;
    list.hidden = !total;
    if (!total) return;
    list.replaceChildren(...headlines(description).map((column) => {
      const value = total[column.name] ?? null;
      return element("div", { class: "tile" }, [
        element("dt", {}, [columnName(column.name), " ", definition(columnName(column.name), definitionOf(column.description))]),
        element("dd", { class: "number" }, text(value, column)),
        before ? element("dd", {}, [changeNode(column, value, before.rows[0]?.[column.name]) ?? element("span", { class: "change quiet" }, words("change.unknown"))]) : null,
      ]);
    }));
  });
  return list;
}
