// Which rows of the floor are shown under which filters, and what they add up to.

/** @import { Filters, FloorState } from "./types" */

/**
 * An agent with the conversations in which the agent takes part or which are offered.
 *
 * @typedef {Api.LiveAgent & { conversations: Api.LiveConversation[] }} AgentRow
 */

/** @type {WeakMap<Api.LiveAgent, AgentRow>} */
const agentRowsMade = new WeakMap();

/**
 * All agents with their conversations. A row of which nothing has changed is the same object as before.
 *
 * @param {FloorState} state
 * @returns {AgentRow[]}
 */
export function agentRows({ agents, conversations }) {
  return [...agents.values()].map((agent) => {
    const ids = new Set(agent.tasks.map(({ conversation_id }) => conversation_id));
    const held = /** @type {Api.LiveConversation[]} */ ([...ids].map((id) => conversations.get(id)).filter(Boolean));
    const before = agentRowsMade.get(agent);
    if (before?.conversations.length === held.length && held.every((each, place) => each === before.conversations[place])) return before;
    const row = { ...agent, conversations: held };
    agentRowsMade.set(agent, row);
    return row;
  });
}

/**
 * @param {AgentRow[]} rows
 * @param {Filters} filters
 */
export function shownAgents(rows, { text, team, queue, state, agent }) {
  return rows.filter(
    (row) =>
      (!team || row.team === team) &&
      (!agent || row.agent_id === agent) &&
      (!queue || row.tasks.some((task) => task.queue === queue)) &&
      (state ? hasState(row, state) : agent || row.state !== "logged_out") &&
      (!text || has(textOf(row), text)),
  );
}

/**
 * @param {FloorState} state
 * @param {Filters} filters
 */
export function shownQueues({ queues }, { text, queue, state }) {
  return [...queues.values()].filter(
    (row) => (!queue || row.queue === queue) && (!state || (state === "waiting" ? row.waiting > 0 : state === "open" ? row.open : !row.open)) && has(`${row.queue} ${row.mrd}`, text),
  );
}

/**
 * @param {FloorState} state
 * @param {Filters} filters
 */
export function shownConversations({ conversations, agents }, { text, team, queue, state, agent }) {
  return [...conversations.values()].filter(
    (row) =>
      (!queue || row.queue === queue) &&
      (!state || matchesStatus(row, state)) &&
      (!agent || row.offered_to === agent || agentsOf(row).some(({ id }) => id === agent)) &&
      (!team || agentsOf(row).some(({ id }) => agents.get(id ?? "")?.team === team)) &&
      (!text || has(searchedText(row), text)),
  );
}

/**
 * The figures of the whole floor.
 *
 * @param {FloorState} state
 */
export function figuresOf({ agents, queues, conversations }) {
  const onShift = [...agents.values()].filter(({ state }) => state !== "logged_out");
  const open = [...conversations.values()];
  return {
    agents: onShift.length,
    ready: onShift.filter(({ state }) => state === "ready").length,
    notReady: onShift.filter(({ state }) => state === "not_ready").length,
    waiting: [...queues.values()].reduce((sum, queue) => sum + queue.waiting + queue.offered, 0),
    oldest: [...queues.values()].map(({ oldest }) => oldest ?? "").filter(Boolean).sort()[0] ?? null,
    conversations: open.length,
    withAgent: open.filter(({ status }) => status === "with_agent").length,
    hands: open.filter(({ hands = [] }) => hands.length > 0),
    queues: queues.size,
  };
}

/** @param {Api.LiveConversation} conversation */
export function customerOf({ participants }) {
  return participants.find(({ type }) => type === "customer");
}

/** The agents who take part, in whatever role. @param {Api.LiveConversation} conversation */
export function agentsOf({ participants }) {
  return participants.filter(({ type }) => type === "agent");
}

/** What of all is open now: waiting or offered, scheduled, or the status. @param {Api.LiveConversation} conversation */
export function statusOf({ status, scheduled_for, offered_to }) {
  if (status !== "waiting_for_agent") return status;
  return scheduled_for ? "scheduled" : offered_to ? "offered" : "waiting";
}

/** Since when the customer waits: for an agent, or for an answer. @param {Api.LiveConversation} conversation */
export function waitsSince({ status, waiting_since, unanswered_since }) {
  return (status === "waiting_for_agent" ? waiting_since : status === "with_agent" ? unanswered_since : null) ?? null;
}

/**
 * @param {Api.LiveConversation} row
 * @param {string} state
 */
function matchesStatus(row, state) {
  if (state === "hand") return (row.hands ?? []).length > 0;
  const status = statusOf(row);
  return status === state || (state === "waiting" && status === "offered");
}

/**
 * @param {AgentRow} row
 * @param {string} state
 */
function hasState(row, state) {
  return row.state === state || (row.state !== "logged_out" && row.mrds.some((mrd) => mrd.state === state));
}

/** @param {AgentRow} row */
function textOf({ agent_id, name, team, conversations }) {
  return [agent_id, name, team, ...conversations.map(searchedText)].join(" ");
}

/** @param {Api.LiveConversation} row */
function searchedText(row) {
  const people = row.participants.map(({ id, name }) => `${name ?? ""} ${id ?? ""}`);
  return [row.conversation_id, row.channel, row.queue, ...(row.labels ?? []), row.last_message ?? "", ...people].join(" ");
}

/**
 * @param {string} whole
 * @param {string} text
 */
function has(whole, text) {
  if (!text) return true;
  const searched = whole.toLocaleLowerCase();
  return text.toLocaleLowerCase().split(/\s+/).every((word) => searched.includes(word));
}
