// What a supervisor does with a queue: empty it, into another one or for good.

/** @import { MenuEntry } from "../base/controls/types" */
/** @import { Problem } from "../base/session/types" */
/** @import { Floor, QueueRow } from "./floor-store.js" */
import { button } from "../base/controls/button.js";
import { confirmed, openDialog } from "../base/controls/dialog.js";
import { field, form, select } from "../base/controls/field.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { problemWords } from "../base/problem-words.js";
import { call } from "../base/session/calls.js";
import { t } from "./words.js";

const MAY_BE_OVERRIDDEN = ["out_of_hours", "nobody_eligible"];

/**
 * @param {QueueRow} row
 * @param {Floor} floor
 * @returns {MenuEntry[]}
 */
export function queueActions(row, floor) {
  return [{ words: t("flush.open"), icon: "route", act: () => openFlush(row, floor) }];
}

/**
 * @param {QueueRow} row
 * @param {Floor} floor
 */
function openFlush({ queue, mrd, waiting }, floor) {
  const others = [...floor.live.state.peek().queues.values()].filter((other) => other.mrd === mrd && other.queue !== queue);
  openDialog(t("flush.heading", { queue }), (close) => {
    const options = /** @type {[string, string][]} */ ([...others.map((other) => [other.queue, t("flush.into", { queue: other.queue })]), ["", t("flush.end")]]);
    const to = field(t("flush.where"), select(options, options[0][0]));
    const submit = button(t("flush.do"), () => {}, { kind: "danger" });
    const act = async () => {
      const into = to.control.value || null;
      if (into === null && !(await confirmed(t("flush.end_heading"), t("flush.end_warning", { count: waiting }), t("flush.end_do")))) return;
      const tasks = await flushed(queue, into);
      if (tasks === null) return;
      notify(t("flush.done", { count: tasks }), { kind: "good" });
      close();
    };
    return [element("p", {}, t("flush.warning", { count: waiting })), form([to.node], submit, act, { fields: { to } })];
  });
}

/**
 * How many tasks have gone, or null when the supervisor has thought better of it.
 *
 * @param {string} queue
 * @param {string?} to
 */
async function flushed(queue, to) {
  const path = /** @type {const} */ (`POST agent/v1/queues/${encodeURIComponent(queue)}/flush`);
  try {
    return (await call(path, { body: { to } })).tasks;
  } catch (error) {
    if (!MAY_BE_OVERRIDDEN.includes(/** @type {Problem} */ (error).code)) throw error;
    if (!(await confirmed(t("override.heading"), problemWords(error), t("override.do")))) return null;
    return (await call(path, { body: { to, override: true } })).tasks;
  }
}
