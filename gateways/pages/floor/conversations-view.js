// The conversations that wait and those in progress.

/** @import { Address } from "./address.js" */
/** @import { Floor } from "./floor-store.js" */
import { secondsSince } from "../base/clock.js";
import { element, unseen } from "../base/elements.js";
import { list, number } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { badge, customerName, lasting, leadTo, lookOfStatus } from "./parts.js";
import { agentsOf, waitsSince } from "./selecting.js";
import { floorTable } from "./table.js";
import { figure, levelOf, thresholds } from "./thresholds.js";
import { t } from "./words.js";

/**
 * @param {Floor} floor
 * @param {Address} address
 */
export function conversationsView(floor, address) {
  return floorTable({
    name: "conversations",
    caption: t("conversations.caption"),
    address,
    items: () => floor.shownConversations.value,
    keyOf: ({ conversation_id }) => conversation_id,
    initial: { column: "waits", descending: true },
    columns: [
      { key: "customer", words: t("conversations.customer"), value: customerName, cell: (item) => customerCell(item, address) },
      { key: "status", words: t("conversations.status"), value: ({ status }) => status, cell: (item) => badge(() => lookOfStatus(item.value)) },
      { key: "waits", words: t("conversations.waits"), value: (row) => (waitsSince(row) ? -Date.parse(/** @type {string} */ (waitsSince(row))) : null), number: true, cell: waitsCell },
      { key: "queue", words: t("conversations.queue"), value: ({ queue }) => queue, cell: (item) => leadTo(() => ({ view: "conversations", queue: item.value.queue }), () => item.value.queue) },
      { key: "agents", words: t("conversations.agents"), value: (row) => agentWords(row, floor), cell: (item) => element("span", { dir: "auto" }, () => agentWords(item.value, floor)) },
      { key: "started", words: t("conversations.lasting"), value: ({ started_at }) => -Date.parse(started_at), number: true, cell: (item) => element("span", { class: "clock" }, () => lasting(item.value.started_at)) },
      { key: "messages", words: t("conversations.last"), value: ({ messages }) => messages, cell: lastCell },
    ],
  });
}

/**
 * @param {Signal<Api.LiveConversation>} item
 * @param {Address} address
 */
function customerCell(item, address) {
  const raised = () => (item.value.hands ?? []).length > 0;
  const open = () => address.openConversation(item.peek().conversation_id);
  const hand = element("span", { class: () => (raised() ? "badge inside" : "none") }, [icon("hand"), unseen(() => (raised() ? t("hands.one") : ""))]);
  return element("span", { class: "named" }, [
    element("button", { type: "button", class: "row-name as-link", dir: "auto", onclick: open }, () => customerName(item.value)),
    hand,
    element("span", { class: "quiet" }, () => item.value.channel),
  ]);
}

/** @param {Signal<Api.LiveConversation>} item */
function waitsCell(item) {
  const since = () => waitsSince(item.value);
  const threshold = () => (item.value.status === "waiting_for_agent" ? thresholds.value.oldest : thresholds.value.unanswered);
  return figure(() => lasting(since()) || "–", () => levelOf(since() ? secondsSince(/** @type {string} */ (since())) : null, threshold()));
}

/**
 * @param {Api.LiveConversation} row
 * @param {Floor} floor
 */
function agentWords(row, floor) {
  const names = agentsOf(row).map(({ id, name }) => name ?? id ?? "");
  if (row.offered_to) names.push(t("conversations.offered", { name: floor.nameOf(row.offered_to) }));
  return list(names);
}

/** @param {Signal<Api.LiveConversation>} item */
function lastCell(item) {
  return element("span", { class: "last", dir: "auto", title: () => t("conversations.messages", { count: item.value.messages }) }, () => item.value.last_message ?? (item.value.messages ? number(item.value.messages) : "–"));
}
