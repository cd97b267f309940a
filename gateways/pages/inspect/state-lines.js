// A state as lines with the changed ones marked, and the changes themselves as a list.

/** @import { Change, ChangeKind, StateLine } from "./types" */
import { disclosure, element, unseen } from "../base/elements.js";
import { MASK, masked, maskedText } from "./values.js";

const SIGNS = { added: "+", changed: "~", moved: "~", removed: "−" };
const MAX_UNFOLDED_LINES = 40;
const MAX_LINES = 2000;
const MAX_VALUE_LENGTH = 300;

/**
 * The state, with a part for each of its fields. Long parts that did not change are folded.
 *
 * @param {unknown} state
 * @param {Change[]} changes
 */
export function stateLines(state, changes) {
  const kept = changes.filter(({ kind }) => kind !== "removed");
  const marks = new Map(kept.map(({ kind, path }) => [path.join("\0"), kind]));
  const fields = Object.entries(/** @type {object} */ (state ?? {}));
  if (!fields.length) return element("p", { class: "quiet" }, "This state is empty.");
  return element("div", { class: "state" }, fields.map(([name, value]) => part(name, value, marks)));
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {Map<string, ChangeKind>} marks
 */
function part(name, value, marks) {
  const whole = marks.get("") ?? marks.get(name);
  if (value === null || typeof value !== "object" || !Object.keys(value).length) {
    return element("pre", { class: "part" }, line(0, name, scalar(value), whole));
  }
  const lines = [...linesOf(value, [name], 1, marks, whole)];
  const marked = lines.some(({ mark }) => mark);
  const size = Object.keys(value).length;
  const summary = [
    element("span", { class: `line ${whole ?? ""}` }, [sign(whole), element("span", { class: "key" }, name)]),
    element("span", { class: "code-quiet" }, ` ${size} ${Array.isArray(value) ? "item" : "field"}${size === 1 ? "" : "s"}`),
    marked ? element("span", { class: "has-changes" }, " changed") : "",
  ];
  return disclosure({ class: "part", open: marked || lines.length <= MAX_UNFOLDED_LINES }, summary, () => drawn(lines));
}

/** @param {StateLine[]} lines */
function drawn(lines) {
  const kept = lines.slice(0, MAX_LINES).map(({ depth, name, content, mark }) => line(depth, name, content, mark));
  const left = lines.length - kept.length;
  if (left > 0) kept.push(element("span", { class: "line" }, `  … ${left} more lines; the API shows them all`));
  return element("pre", {}, kept);
}

/**
 * @param {object} value
 * @param {string[]} path
 * @param {number} depth
 * @param {Map<string, ChangeKind>} marks
 * @param {ChangeKind | undefined} above
 * @returns {Generator<StateLine>}
 */
function* linesOf(value, path, depth, marks, above) {
  for (const [name, item] of Object.entries(value)) {
    const place = [...path, name];
    const mark = above === "added" ? above : (marks.get(place.join("\0")) ?? (above === "changed" ? above : undefined));
    const nested = item !== null && typeof item === "object" && Object.keys(item).length > 0;
    const label = Array.isArray(value) ? `[${name}]` : name;
    yield { depth, name: label, content: nested ? [] : scalar(item), mark };
    if (nested) yield* linesOf(item, place, depth + 1, marks, mark);
  }
}

/**
 * @param {number} depth
 * @param {string} name
 * @param {(Node | string)[]} content
 * @param {ChangeKind | undefined} mark
 */
function line(depth, name, content, mark) {
  return element("span", { class: `line ${mark ?? ""}` }, [
    sign(mark),
    "  ".repeat(depth),
    element("span", { class: "key" }, name),
    content.length ? ": " : "",
    ...content,
    "\n",
  ]);
}

/** @param {ChangeKind | undefined} mark */
function sign(mark) {
  return element("span", { class: "sign" }, mark ? `${SIGNS[mark]} ` : "  ");
}

/** @param {unknown} value */
function scalar(value) {
  if (value === MASK) return [masked()];
  const kind = typeof value === "string" ? "string" : "literal";
  return [element("span", { class: kind }, JSON.stringify(value))];
}

/**
 * The changes as a list, each with its kind in words.
 *
 * @param {Change[]} changes
 */
export function changeList(changes) {
  if (!changes.length) return element("p", { class: "quiet" }, "This event changed nothing in the state.");
  return element("ul", { class: "changes" }, changes.map(changeRow));
}

/** @param {Change} change */
function changeRow({ kind, path, before, after }) {
  return element("li", { class: kind }, [
    element("span", { class: "kind" }, [element("span", { "aria-hidden": "true" }, `${SIGNS[kind]} `), kind]),
    " ",
    element("code", { class: "path" }, path.join(" › ") || "everything"),
    " ",
    element("span", { class: "value" }, changedValue(kind, before, after)),
  ]);
}

/**
 * @param {ChangeKind} kind
 * @param {unknown} before
 * @param {unknown} after
 */
function changedValue(kind, before, after) {
  if (kind === "added") return inLine(after);
  if (kind === "removed") return element("del", {}, inLine(before));
  if (kind === "moved") return ["from ", element("code", {}, /** @type {string[]} */ (before).join(" › "))];
  const arrow = [unseen(" became "), element("span", { "aria-hidden": "true" }, " → ")];
  return [element("del", {}, inLine(before)), ...arrow, inLine(after)];
}

/** @param {unknown} value */
function inLine(value) {
  const text = JSON.stringify(value) ?? "";
  return element("code", {}, maskedText(text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text));
}
