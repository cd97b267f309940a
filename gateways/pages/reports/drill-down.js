// From a figure to the conversations that it counts, and on to their events.

/** @import { Figures, Row } from "./types" */
import { button } from "../base/controls/button.js";
import { openDialog } from "../base/controls/dialog.js";
import { element } from "../base/elements.js";
import { number } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { problemWords } from "../base/problem-words.js";
import { ROOT } from "../base/root.js";
import { keepRows } from "../base/rows.js";
import { call } from "../base/session/calls.js";
import { signal } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { columnName } from "./cells.js";
import { NO_VALUE } from "./filter-button.js";
import { words } from "./words.js";

const PAGE = 200;

/**
 * What to ask for the conversations behind a figure: as the report, narrowed to the row's interval and values.
 *
 * @param {Api.ReportDescription} description
 * @param {Figures} figures
 * @param {Row | null} row null for the total
 */
export function narrowed(description, { query: { interval, by, compare: _, ...query }, answer }, row) {
  if (!row) return query;
  for (const { name, filter } of description.columns) {
    if (!filter || !description.filters.includes(filter) || !by.split(",").includes(filter)) continue;
    const value = row[name];
    if (value !== null) query[filter] = String(value);
    else if (description.optional.includes(filter)) query[filter] = NO_VALUE;
  }
  if (interval === "total") return query;
  const within = answer.intervals?.find((each) => each.interval === row.interval);
  return within ? { ...query, from: within.from, to: within.to } : query;
}

/**
 * Opens the list of the conversations.
 *
 * @param {Api.ReportDescription} description
 * @param {Api.ReportColumn} column
 * @param {Record<string, string>} query
 * @param {string} where what the figure is about, in words
 */
export function openConversations(description, column, query, where) {
  const found = signal(/** @type {Api.ConversationOfFigure[]} */ ([]));
  const next = signal(/** @type {string | null} */ (null));
  const state = signal(shared("state.loading"));
  const read = async () => {
    const path = `GET ${/** @type {string} */ (description.conversations).slice(1)}`;
    const answer = /** @type {Api.ConversationsOfFigure} */ (await call(path, { query: { ...query, figure: column.name, limit: PAGE, cursor: next.peek() } }));
    found.value = [...found.peek(), ...answer.conversations];
    next.value = answer.next;
    state.value = found.peek().length ? words("drill.count", { count: found.peek().length, number: number(found.peek().length) }) + (answer.next ? ` ${words("drill.more_there")}` : "") : words("drill.none");
  };
  openDialog(
    `${columnName(column.name)} · ${where}`,
    () => {
      read().catch((error) => (state.value = problemWords(error)));
      const list = element("ul", { class: "drill" });
      keepRows(list, () => found.value, ({ conversation_id, position }) => `${conversation_id} ${position}`, (item) => {
        const { conversation_id: id, position } = item.peek();
        return element("li", {}, [
          element("a", { href: `${ROOT}inspect#stream/conversation-${id}` }, [icon("chat"), element("span", {}, id)]),
          element("span", { class: "quiet number" }, words("drill.position", { position: number(position) })),
        ]);
      });
      const more = button(words("table.more"), read, { hidden: () => next.value === null });
      return [element("p", { class: "quiet" }, column.description), element("p", { role: "status" }, () => state.value), list, more];
    },
    { wide: true },
  );
}
