// What waits in queues from which agents pick: oldest first, taken by a press.

import { now } from "../base/clock.js";
import { button } from "../base/controls/button.js";
import { select } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { clock } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { problemWords } from "../base/problem-words.js";
import { keepRows } from "../base/rows.js";
import { call } from "../base/session/calls.js";
import { computed, effect, onStop, signal } from "../base/signals.js";
import { customerName } from "./conversation-list.js";
import { accept } from "./offers.js";
import { t } from "./words.js";

const REFRESH_MILLISECONDS = 3000;

/**
 * @param {() => boolean} isOpen
 * @param {(conversationId: string) => void} accepted
 */
export function pullView(isOpen, accepted) {
  const waiting = signal(/** @type {Api.WaitingTask[]} */ ([]));
  const fault = signal("");
  const chosen = signal("");
  const queues = computed(() => [...new Set(waiting.value.map(({ queue }) => queue))].sort());
  const tasks = computed(() => waiting.value.filter(({ queue }) => !chosen.value || queue === chosen.value));
  const read = async () => {
    try {
      waiting.value = (await call("GET agent/v1/tasks", { query: { limit: 200 } })).tasks;
      fault.value = "";
    } catch (error) {
      fault.value = problemWords(error);
    }
  };
  effect(() => {
    if (!isOpen()) return;
    read();
    const timer = setInterval(read, REFRESH_MILLISECONDS);
    onStop(() => clearInterval(timer));
  });
  const filter = element("div", { class: "search-fields" });
  effect(() => {
    const options = /** @type {[string, string][]} */ ([["", t("pull.all_queues")], ...queues.value.map((queue) => [queue, queue])]);
    filter.replaceChildren(select(options, chosen.peek(), { "aria-label": t("pull.queue"), onchange: (event) => (chosen.value = event.currentTarget.value) }));
  });
  const list = element("ul", { class: "found" });
  keepRows(list, () => tasks.value, ({ task_id }) => task_id, (item) =>
    element("li", { class: "waiting-task" }, [
      element("div", {}, [
        element("span", { class: "who", dir: "auto" }, () => customerName(item.value.conversation)),
        element("span", { class: "badge clock" }, [icon("clock"), () => (item.value.queued_at ? clock((now.value - Date.parse(item.value.queued_at)) / 1000) : "")]),
        element("span", { class: "quiet last", dir: "auto" }, () => item.value.conversation.last_message ?? ""),
        element("span", { class: "quiet" }, () => t("pull.place", { queue: item.value.queue, position: item.value.position })),
      ]),
      button(t("pull.take"), () => accept(item.peek(), accepted).finally(read), { icon: "accept", kind: "primary" }),
    ]),
  );
  const empty = element("div", { class: "empty", hidden: () => tasks.value.length > 0 || fault.value !== "" }, [icon("queue"), element("p", {}, t("pull.empty"))]);
  const node = element("section", { class: "pull-view page-view", "aria-label": t("pull.heading"), hidden: () => !isOpen() }, [
    element("header", { class: "conversation-head" }, [element("a", { class: "button quiet icon-only back", href: "#", "aria-label": t("conversation.back") }, [icon("back")]), element("h2", { tabindex: "-1" }, t("pull.heading"))]),
    filter,
    element("p", { class: "fault", role: "alert", hidden: () => !fault.value }, () => fault.value),
    list,
    empty,
  ]);
  return { node };
}
