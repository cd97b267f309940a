// Notices: what has just happened or failed, in words, for a while. Screen readers read them out.

import { element } from "../elements.js";
import { icon } from "../icons.js";
import { problemWords } from "../problem-words.js";
import { signal } from "../signals.js";
import { keepRows } from "../rows.js";
import { shared } from "../words/shared.js";

const MILLISECONDS = 8000;
const MAX_NOTICES = 4;

/** @typedef {{ number: number, words: string, kind: "good" | "bad" | "plain", action: { words: string, act: () => unknown } | null }} Notice */

const notices = signal(/** @type {Notice[]} */ ([]));
let count = 0;

/**
 * Puts up a notice. One that is bad stays until it is closed; the others go by themselves. An action such as "Undo" is
 * offered with it.
 *
 * @param {string} words
 * @param {{ kind?: Notice["kind"], action?: Notice["action"] }} [options]
 */
export function notify(words, { kind = "plain", action = null } = {}) {
  const number = (count += 1);
  const others = notices.peek().filter((notice) => notice.words !== words);
  notices.value = [...others, { number, words, kind, action }].slice(-MAX_NOTICES);
  if (kind !== "bad") setTimeout(() => dismiss(number), MILLISECONDS);
}

/** Says what has failed. What was given up on purpose is no failure. @param {unknown} error */
export function notifyOfProblem(error) {
  if (/** @type {Error} */ (error).name !== "AbortError") notify(problemWords(error), { kind: "bad" });
}

/** Takes all notices away: they are of the one who was logged in. */
export function dismissAll() {
  notices.value = [];
}

/** The place of the notices. A page has one. */
export function noticeArea() {
  const area = element("div", { class: "notices", role: "status", "aria-live": "polite" });
  return keepRows(area, () => notices.value, ({ number }) => number, (item) => noticeOf(item.peek()));
}

/** @param {Notice} notice */
function noticeOf({ number, words, kind, action }) {
  const drawing = icon(kind === "bad" ? "alert" : kind === "good" ? "check" : "info");
  const close = element("button", { type: "button", class: "button quiet icon-only", "aria-label": shared("action.close"), onclick: () => dismiss(number) }, [icon("close")]);
  const act = () => {
    dismiss(number);
    Promise.resolve(action?.act()).catch(notifyOfProblem);
  };
  const offered = action && element("button", { type: "button", class: "button quiet", onclick: act }, action.words);
  return element("div", { class: `notice-box ${kind}` }, [drawing, element("p", {}, words), offered, close]);
}

/** @param {number} number */
function dismiss(number) {
  notices.value = notices.peek().filter((notice) => notice.number !== number);
}
