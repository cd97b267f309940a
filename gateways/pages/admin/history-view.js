// What changed: who has changed which item when, what was before and after, and undoing it.

import { button } from "../base/controls/button.js";
import { confirmed } from "../base/controls/dialog.js";
import { input, select } from "../base/controls/field.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { fullTime, relative } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { problemWords } from "../base/problem-words.js";
import { keepRows } from "../base/rows.js";
import { call } from "../base/session/calls.js";
import { effect, signal, untracked } from "../base/signals.js";
import { actorWords, described, pathWords } from "./described.js";
import { KINDS } from "./kinds.js";
import { pageHead } from "./page-head.js";
import { refusalWords } from "./refusals.js";
import { hashOf, keepInAddress, route } from "./route.js";
import { undo } from "./store.js";
import { differences } from "./values.js";
import { manyWords, oneWords, words } from "./words.js";

const PAGE = 50;
const PAUSE_MILLISECONDS = 300;

export function historyView() {
  const asked = route.peek().query;
  const wanted = signal({ kind: asked.get("kind") ?? "", name: asked.get("name") ?? "", changed_by: asked.get("changed_by") ?? "", correlation_id: asked.get("correlation_id") ?? "" });
  const changes = signal(/** @type {Api.ConfigurationChange[]?} */ (null));
  const next = signal(/** @type {number?} */ (null));
  const fault = signal("");
  let reading = 0;
  const read = async (/** @type {number?} */ before = null) => {
    const number = (reading += 1);
    try {
      const page = await call("GET admin/v1/history", { query: { ...wanted.peek(), before, limit: PAGE } });
      if (number !== reading) return;
      fault.value = "";
      changes.value = before === null ? page.changes : [...(changes.peek() ?? []), ...page.changes];
      next.value = page.next;
    } catch (error) {
      if (number === reading) fault.value = problemWords(error);
    }
  };
  effect(() => {
    keepInAddress("changes", wanted.value);
    untracked(() => void read());
  });
  const undone = async (/** @type {Api.ConfigurationChange} */ change) => {
    if (!(await confirmed(words("history.undo_heading"), undoWords(change), words("action.undo"), { kind: "primary" }))) return;
    try {
      await undo(change.event_id);
    } catch (error) {
      return notify(refusalWords(error), { kind: "bad" });
    }
    notify(words("history.undone", { name: change.name }), { kind: "good" });
    await read();
  };
  const list = element("ol", { class: "changes", "aria-busy": () => changes.value === null && !fault.value });
  keepRows(list, () => changes.value ?? [], ({ event_id }) => event_id, (item) => changeView(item, undone));
  const empty = element("div", { class: "empty", hidden: () => !changes.value || changes.value.length > 0 }, [icon("history"), element("p", {}, words("history.empty"))]);
  const trouble = element("p", { class: "notice", role: "alert", hidden: () => !fault.value }, () => fault.value);
  const more = button(words("history.more"), () => read(next.peek()), { hidden: () => next.value === null });
  return [pageHead({ key: "changes" }, []), filters(wanted), trouble, empty, list, more];
}

/** @param {Signal<{ kind: string, name: string, changed_by: string, correlation_id: string }>} wanted */
function filters(wanted) {
  const put = (/** @type {object} */ change) => (wanted.value = { ...wanted.peek(), ...change });
  const kind = select([["", words("history.all_kinds")], .../** @type {[string, string][]} */ (KINDS.map(({ key }) => [key, manyWords(key)]))], wanted.peek().kind, { "aria-label": words("history.kind"), onchange: () => put({ kind: kind.value }) });
  const name = typed(words("history.name"), wanted.peek().name, (text) => put({ name: text }));
  const who = typed(words("history.who"), whoIn(wanted.peek().changed_by), (text) => put({ changed_by: text && !text.includes(":") && text !== "system" ? `agent:${text}` : text }));
  const together = button(words("history.one_import"), () => put({ correlation_id: "" }), { icon: "close", kind: "quiet", hidden: () => !wanted.value.correlation_id });
  return element("div", { class: "list-tools history-tools" }, [kind, name, who, together]);
}

/** @param {string} label @param {string} value @param {(text: string) => void} put */
function typed(label, value, put) {
  let timer = 0;
  const control = input({ type: "search", value, "aria-label": label, placeholder: label, autocapitalize: "off" });
  control.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => put(control.value.trim().toLowerCase()), PAUSE_MILLISECONDS);
  });
  return control;
}

/** @param {string} actor */
function whoIn(actor) {
  return actor.replace(/^agent:/, "");
}

/**
 * @param {Signal<Api.ConfigurationChange>} item
 * @param {(change: Api.ConfigurationChange) => Promise<void>} undone
 */
function changeView(item, undone) {
  const change = item.peek();
  const { kind, name, before, after, at, actor, together, correlation_id } = change;
  const did = before === null ? "added" : after === null ? "removed" : "changed";
  const title = words(`history.${did}`, { who: actorWords(actor), one: oneWords(kind), name });
  const link = after === null ? element("span", {}, title) : element("a", { href: hashOf(kind, name) }, title);
  const ago = (Date.parse(at) - Date.now()) / 1000;
  const others = together > 1 ? element("a", { class: "badge", href: hashOf("changes", undefined, { correlation_id }) }, words("history.together", { count: together })) : null;
  return element("li", { class: "card change" }, [
    element("div", { class: "change-head" }, [
      icon(did === "added" ? "add" : did === "removed" ? "close" : "edit"),
      element("h2", {}, [link]),
      others,
      element("time", { class: "quiet", datetime: at, title: fullTime(at) }, ago > -86_400 ? relative(ago) : fullTime(at)),
      button(words("action.undo"), () => undone(item.peek()), { icon: "undo", kind: "quiet", hidden: () => !item.value.undoable }),
    ]),
    differenceTable(kind, before, after),
  ]);
}

/**
 * @param {string} kind
 * @param {import("./types").Item?} before
 * @param {import("./types").Item?} after
 */
function differenceTable(kind, before, after) {
  const found = differences(before, after);
  if (!found.length) return element("p", { class: "quiet" }, words("history.same"));
  const both = before !== null && after !== null;
  const rows = found.map(({ path, before: old, after: now }) =>
    element("div", { class: "difference" }, [
      element("dt", {}, pathWords(kind, path)),
      element("dd", {}, [
        both ? element("del", { dir: "auto" }, described(path, old)) : null,
        both ? element("span", { class: "becomes" }, [element("span", { class: "visually-hidden" }, words("history.becomes")), "→"]) : null,
        element(after === null ? "del" : "ins", { dir: "auto" }, described(path, after === null ? old : now)),
      ]),
    ]),
  );
  return element("dl", { class: "differences" }, rows);
}

/** @param {Api.ConfigurationChange} change */
function undoWords({ kind, name, before, after }) {
  const values = { one: oneWords(kind), name };
  return words(before === null ? "history.undo_added" : after === null ? "history.undo_removed" : "history.undo_changed", values);
}

