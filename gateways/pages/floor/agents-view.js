// The agents: their states, since when, and their conversations.

/** @import { Address } from "./address.js" */
/** @import { Floor } from "./floor-store.js" */
/** @import { AgentRow } from "./selecting.js" */
import { secondsSince } from "../base/clock.js";
import { menuButton } from "../base/controls/menu.js";
import { element, unseen } from "../base/elements.js";
import { number } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { keepRows } from "../base/rows.js";
import { agentActions } from "./agent-actions.js";
import { badge, customerName, lasting, leadTo, lookOfState, stateWords } from "./parts.js";
import { reasonWords } from "./reasons.js";
import { waitsSince } from "./selecting.js";
import { floorTable } from "./table.js";
import { figure, levelOf, thresholds } from "./thresholds.js";
import { t } from "./words.js";

/**
 * @param {Floor} floor
 * @param {Address} address
 */
export function agentsView(floor, address) {
  return floorTable({
    name: "agents",
    caption: t("agents.caption"),
    address,
    items: () => floor.shownAgents.value,
    keyOf: ({ agent_id }) => agent_id,
    columns: [
      { key: "name", words: t("agents.name"), value: ({ name }) => name, cell: nameCell },
      { key: "since", words: t("agents.state"), value: ({ since }) => (since ? -Date.parse(since) : null), cell: stateCell },
      { key: "mrds", words: t("agents.mrds"), value: ({ mrds }) => mrds.reduce((sum, { tasks }) => sum + tasks, 0), cell: mrdsCell },
      { key: "conversations", words: t("agents.conversations"), value: ({ conversations }) => conversations.length, cell: (item) => chipsCell(item, address) },
      { key: "actions", words: t("table.actions"), value: () => null, cell: actionsCell },
    ],
  });
}

/** @param {Signal<AgentRow>} item */
function nameCell(item) {
  const link = leadTo({ view: "conversations", agent: item.peek().agent_id }, () => item.value.name, { class: "row-name", dir: "auto" });
  return element("span", { class: "named" }, [link, element("span", { class: "quiet" }, () => item.value.team ?? "")]);
}

/** @param {Signal<AgentRow>} item */
function stateCell(item) {
  const level = () => (item.value.state === "not_ready" && item.value.since ? levelOf(secondsSince(item.value.since), thresholds.value.notReady) : "");
  const state = badge(() => {
    const [kind, drawing] = lookOfState(item.value.state);
    return [kind, drawing, stateWords(item.value.state)];
  });
  return element("span", { class: "stated" }, [state, figure(() => lasting(item.value.since), level), element("span", { class: "quiet reason", dir: "auto" }, () => reasonWords(item.value.reason))]);
}

/** @param {Signal<AgentRow>} item */
function mrdsCell(item) {
  const list = element("ul", { class: "mrds" });
  return keepRows(list, () => item.value.mrds, ({ mrd }) => mrd, (mrd) => {
    const state = badge(() => {
      const [kind, drawing] = lookOfState(mrd.value.state);
      return [kind, drawing, stateWords(mrd.value.state)];
    });
    const places = () => t("agents.places", { tasks: number(mrd.value.tasks), most: number(mrd.value.max_tasks) });
    return element("li", {}, [element("span", { class: "mrd" }, () => mrd.value.mrd), state, element("span", { class: "number", title: t("agents.places_title") }, places), element("span", { class: "clock quiet" }, () => lasting(mrd.value.since ?? item.value.since))]);
  });
}

/**
 * @param {Signal<AgentRow>} item
 * @param {Address} address
 */
function chipsCell(item, address) {
  const list = element("ul", { class: "chips" });
  return keepRows(list, () => item.value.conversations, ({ conversation_id }) => conversation_id, (row) => element("li", {}, [chip(row, item.peek().agent_id, address)]));
}

/**
 * @param {Signal<Api.LiveConversation>} row
 * @param {string} agentId
 * @param {Address} address
 */
function chip(row, agentId, address) {
  const since = () => waitsSince(row.value);
  const level = () => levelOf(since() ? secondsSince(/** @type {string} */ (since())) : null, thresholds.value.unanswered);
  const hand = () => (row.value.hands ?? []).some(({ agent_id }) => agent_id === agentId);
  const marks = [icon("hand"), unseen(() => (hand() ? t("hands.one") : ""))];
  return element("button", { type: "button", class: () => `chip ${hand() ? "raised" : ""}`, onclick: () => address.openConversation(row.peek().conversation_id) }, [
    ...marks,
    element("span", { class: "chip-name", dir: "auto" }, () => customerName(row.value)),
    element("span", { class: "quiet" }, () => row.value.queue),
    figure(() => lasting(since()), level),
  ]);
}

/** @param {Signal<AgentRow>} item */
function actionsCell(item) {
  const label = () => t("agents.menu", { name: item.value.name });
  return menuButton(label, () => agentActions(item.peek()), { icon: "more", iconOnly: true, kind: "quiet" }).node;
}
