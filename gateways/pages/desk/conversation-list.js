// The conversations that the agent is in: who, the last words, what is unread, and how long the customer has waited.

/** @import { Desk } from "./desk-state.js" */
/** @import { Summary } from "./state/types" */
import { now } from "../base/clock.js";
import { element, unseen } from "../base/elements.js";
import { clock } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { preference } from "../base/preferences.js";
import { keepRows } from "../base/rows.js";
import { computed } from "../base/signals.js";
import { t } from "./words.js";

const WARNING_SECONDS = 60;
const CHANNELS = /** @type {const} */ ({ callback: "phone" });

/** The conversations that stay on top. */
export const pinned = preference("desk.pinned", /** @type {string[]} */ ([]));

/**
 * The conversations in the order of the list: pinned ones first, and otherwise as they came.
 *
 * @param {Desk} desk
 */
export function orderedConversations(desk) {
  return computed(() => {
    const ids = [...new Set(desk.held.value.map(({ conversation_id }) => conversation_id))];
    const found = ids.map((id) => desk.summaries.value.get(id)).filter((each) => each !== undefined);
    const first = pinned.value;
    return [...found.filter(({ conversation_id: id }) => first.includes(id)), ...found.filter(({ conversation_id: id }) => !first.includes(id))];
  });
}

/**
 * @param {Desk} desk
 * @param {Readable<Summary[]>} conversations
 */
export function conversationList(desk, conversations) {
  const list = element("ul", { class: "conversations", "aria-label": t("list.label") });
  keepRows(list, () => conversations.value, ({ conversation_id }) => conversation_id, (item, id) => rowOf(desk, item, id));
  const empty = element("div", { class: "empty", hidden: () => conversations.value.length > 0 }, [
    icon("chat"),
    element("p", {}, () => (desk.shift.value.state === "ready" ? t("list.empty_ready") : t("list.empty"))),
  ]);
  return element("nav", { "aria-label": t("list.label") }, [list, empty]);
}

/** The name of the customer. @param {Summary} summary */
export function customerName({ participants }) {
  return participants.find(({ type }) => type === "customer")?.name ?? t("sender.customer");
}

/**
 * @param {Desk} desk
 * @param {Signal<Summary>} item
 * @param {string} id
 */
function rowOf(desk, item, id) {
  const isPinned = () => pinned.value.includes(id);
  const state = computed(() => standing(desk, item.value));
  const pin = () => (pinned.value = isPinned() ? pinned.peek().filter((each) => each !== id) : [...pinned.peek(), id]);
  const typing = () => desk.typing.value.has(id);
  return element("li", { class: () => `conversation ${item.value.unread ? "unread" : ""}` }, [
    element("a", { href: `#c/${id}`, "aria-current": () => (desk.selected.value === id ? "true" : null) }, [
      element("span", { class: "conversation-top" }, [
        icon(item.peek().channel in CHANNELS ? CHANNELS[/** @type {"callback"} */ (item.peek().channel)] : "chat"),
        element("span", { class: "who", dir: "auto" }, () => customerName(item.value)),
        element("span", { class: "count", hidden: () => !item.value.unread }, [() => item.value.unread ?? 0, unseen(t("list.unread"))]),
      ]),
      element("span", { class: "last quiet", dir: "auto" }, () => (typing() ? t("list.typing") : (item.value.last_message ?? ""))),
      element("span", { class: () => `badge clock ${state.value.kind}`, hidden: () => !state.value.words }, [icon("clock"), () => state.value.words]),
    ]),
    element("button", { type: "button", class: "button quiet icon-only pin", "aria-pressed": () => String(isPinned()), title: t("list.pin"), onclick: pin }, [icon("pin"), unseen(t("list.pin"))]),
  ]);
}

/**
 * How the conversation stands in time: the limit for the answer, or how long the customer has waited.
 *
 * @param {Desk} desk
 * @param {Summary} summary
 */
export function standing(desk, summary) {
  const task = desk.held.value.find(({ conversation_id }) => conversation_id === summary.conversation_id);
  if (task?.state === "wrap_up") {
    const left = task.expires_at ? (Date.parse(task.expires_at) - now.value) / 1000 : 0;
    return { words: t("list.wrap_up", { time: clock(left) }), kind: "accent" };
  }
  const expected = summary.expected?.of === "agent" ? summary.expected : null;
  if (expected) {
    const left = (Date.parse(expected.until) - now.value) / 1000;
    return { words: t("list.answer_within", { time: clock(left) }), kind: left < WARNING_SECONDS ? "bad" : "warn" };
  }
  if (!summary.unanswered_since) return { words: "", kind: "" };
  const waited = (now.value - Date.parse(summary.unanswered_since)) / 1000;
  return { words: t("list.waits", { time: clock(waited) }), kind: waited > WARNING_SECONDS ? "warn" : "" };
}
