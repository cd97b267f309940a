// Tables that become cards on a phone, and what stands in the place of an empty one.

import { element } from "../base/elements.js";

/**
 * On a phone each row is drawn as a card with labelled cells; the roles keep it a table for screen readers.
 *
 * @param {string[]} heads
 * @param {Children[][]} rows
 */
export function table(heads, rows) {
  return element("table", { role: "table" }, [
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, heads.map((head) => element("th", { role: "columnheader", scope: "col" }, head)))),
    element("tbody", { role: "rowgroup" }, rows.map((cells) =>
      element("tr", { role: "row" }, cells.map((cell, place) => element("td", { role: "cell", "data-head": heads[place] }, element("div", {}, cell)))),
    )),
  ]);
}

/** @param {string} words */
export function none(words) {
  return element("p", { class: "quiet none" }, words);
}
