// Why the router offers a task to this agent: in a sentence, and with every decision before it.

import { openDialog } from "../base/controls/dialog.js";
import { element } from "../base/elements.js";
import { clock, fullTime } from "../base/formats.js";
import { keepRows } from "../base/rows.js";
import { problemWords } from "../base/problem-words.js";
import { call } from "../base/session/calls.js";
import { signal } from "../base/signals.js";
import { t } from "./words.js";

const RULES = { longest_available: 1, preferred_agent: 1 };

/** The sentence of the page for the rules that it knows, and else the server's. @param {Api.RoutingDecision} decision */
export function whyWords({ sentence, data, at }) {
  const { rule, candidates = [], candidate_count: count = 1 } = /** @type {any} */ (data);
  if (!(rule in RULES)) return sentence;
  const since = candidates[0]?.available_since;
  const time = since ? clock((Date.parse(at) - Date.parse(since)) / 1000) : "";
  return t(/** @type {"why.longest_available"} */ (`why.${rule}`), { time, count });
}

/** Shows how the task came to the agent, decision by decision. @param {string} taskId */
export function openWhy(taskId) {
  openDialog(t("why.heading"), () => {
    const decisions = signal(/** @type {Api.RoutingDecision[]} */ ([]));
    const fault = element("p", { class: "fault", role: "alert" });
    call(`GET agent/v1/tasks/${taskId}/explain`)
      .then((explained) => (decisions.value = explained.decisions))
      .catch((error) => (fault.textContent = problemWords(error)));
    const list = element("ol", { class: "decisions" });
    keepRows(list, () => decisions.value, ({ position }) => position, (item) => {
      const { at, sentence } = item.peek();
      return element("li", {}, [element("time", { datetime: at, class: "quiet" }, fullTime(at)), element("span", {}, sentence)]);
    });
    return [list, fault];
  });
}
