// The parts of the floor: figures, agents, waiting tasks, conversations.

import { element } from "../base/elements.js";
import { lasting } from "./instants.js";
import { href } from "./routes.js";
import { none, table } from "./tables.js";
import { MASK, badge, shortId, maskedText, stateBadge } from "./values.js";

const SPEAKERS = ["customer", "bot", "agent", "supervisor", "application"];

/** @param {Api.Floor} floor */
export function figures({ agents, queues, conversations }) {
  const waiting = queues.flatMap((queue) => queue.waiting).filter(({ offered_to }) => !offered_to);
  /** @type {[string, string | number][]} */
  const pairs = [
    ["Agents", agents.length],
    ["Ready", agents.filter(({ state }) => state === "ready").length],
    ["Waiting", waiting.length],
    ["Longest wait", waiting.length ? lasting(longestOf(waiting) * 1000) : "–"],
    ["Conversations", conversations.length],
  ];
  return element("dl", { class: "figures" }, pairs.map(([name, value]) =>
    element("div", {}, [element("dt", {}, name), element("dd", {}, String(value))]),
  ));
}

/**
 * @param {Api.FloorAgent[]} agents
 * @param {string} at
 */
export function agentTable(agents, at) {
  if (!agents.length) return none("Nobody is logged in.");
  return table(["Agent", "State", "Since", "MRDs", "Tasks"], agents.map((agent) => [
    link("state", `agent-${agent.agent_id}`, at, nameOf(agent.name, agent.agent_id)),
    [stateBadge(agent.state), agent.reason ? element("span", { class: "quiet" }, ` ${agent.reason}`) : ""],
    since(agent.since, at),
    listed(agent.mrds, mrdWords),
    listed(agent.tasks, (task) => taskWords(task, at)),
  ]));
}

/**
 * The configured queues; at an instant in the past those in which somebody waited, with what is known of them.
 *
 * @param {Api.FloorQueue[]} queues
 */
export function queueTable(queues) {
  if (!queues.length) return none("No queue had a task waiting.");
  const known = queues.some(({ open }) => open !== undefined);
  const staff = known ? ["Logged in", "Ready", "Free places"] : [];
  return table(["Queue", "MRD", ...(known ? ["Open"] : []), "Waiting", "Longest wait", ...staff], queues.map((queue) => [
    queue.queue,
    queue.mrd,
    ...(known ? [openWords(queue.open)] : []),
    ...waits(queue.waiting),
    ...(known ? [queue.agents_logged_in, queue.agents_ready, queue.free_slots].map(figure) : []),
  ]));
}

/**
 * @param {Api.FloorQueue[]} queues
 * @param {string} at
 */
export function waitingTable(queues, at) {
  const rows = queues.flatMap(({ queue, mrd, waiting }) => waiting.map((task) => [
    [queue, " ", element("span", { class: "quiet" }, mrd)],
    conversationLink(task.conversation_id, at),
    lasting((task.waited_seconds ?? 0) * 1000),
    task.offered_to ? link("state", `agent-${task.offered_to}`, at, task.offered_to) : element("span", { class: "quiet" }, "nobody yet"),
  ]));
  if (!rows.length) return none("No task is waiting.");
  return table(["Queue", "Conversation", "Waited", "Offered to"], rows);
}

/**
 * @param {Api.FloorConversation[]} conversations
 * @param {string} at
 */
export function conversationTable(conversations, at) {
  if (!conversations.length) return none("No conversation is open.");
  return table(["Conversation", "Status", "Participants", "Since", "Graph"], conversations.map((conversation) => [
    [conversationLink(conversation.conversation_id, at), element("span", { class: "quiet" }, ` ${conversation.channel}`)],
    stateBadge(conversation.status),
    listed(conversation.participants, participant),
    since(conversation.since, at),
    element("a", { href: href("graph", conversation.conversation_id), "aria-label": `Graph of ${conversation.conversation_id}` }, "Graph"),
  ]));
}

/**
 * An MRD of an agent with the places of which tasks take some, as far as these are known.
 *
 * @param {Api.FloorMrd} place
 */
function mrdWords({ mrd, state, tasks, max_tasks, free_slots }) {
  const places = max_tasks === undefined ? "" : ` ${tasks} of ${max_tasks} tasks, ${free_slots} free`;
  return [mrd, " ", stateBadge(state), element("span", { class: "quiet" }, places)];
}

/**
 * How many wait for an agent to be found, beside those whom an agent is asked to serve, and the longest of their waits.
 *
 * @param {Api.FloorWaiting[]} tasks
 */
function waits(tasks) {
  const waiting = tasks.filter(({ offered_to }) => !offered_to);
  const offered = tasks.length - waiting.length;
  const count = [String(waiting.length), offered ? element("span", { class: "quiet" }, ` and ${offered} offered`) : ""];
  return [count, waiting.length ? lasting(longestOf(waiting) * 1000) : "–"];
}

/** @param {Api.FloorWaiting[]} waiting */
function longestOf(waiting) {
  return Math.max(0, ...waiting.map(({ waited_seconds }) => waited_seconds ?? 0));
}

/** @param {Api.FloorQueue["open"]} open */
function openWords(open) {
  return open === undefined ? figure(open) : stateBadge(open ? "open" : "closed");
}

/** @param {unknown} number */
function figure(number) {
  return number === undefined ? element("span", { class: "quiet" }, "unknown") : String(number);
}

/**
 * @param {Api.FloorTask} task
 * @param {string} at
 */
function taskWords({ conversation_id, queue, state, since: from }, at) {
  return [conversationLink(conversation_id, at), " ", stateBadge(state), element("span", { class: "quiet" }, ` ${queue}, ${duration(from, at)}`)];
}

/** @param {Api.FloorParticipant} participant */
function participant({ type, id, name, role }) {
  const kind = SPEAKERS.includes(type) ? type : "other";
  return [badge(role && role !== type ? `${type}, ${role}` : type, kind), " ", ...nameOf(name, id)];
}

/**
 * The name, or the id of a participant whose name is masked or missing.
 *
 * @param {string?} name
 * @param {string?} id
 */
function nameOf(name, id) {
  const known = name && name !== MASK ? name : (id ?? name);
  return known ? maskedText(known) : ["nameless"];
}

/**
 * @param {string} id
 * @param {string} at
 */
function conversationLink(id, at) {
  return link("state", `conversation-${id}`, at, [element("span", { class: "id", title: id }, shortId(id))]);
}

/**
 * @param {string} view
 * @param {string} stream
 * @param {string} at
 * @param {Children} words
 */
function link(view, stream, at, words) {
  return element("a", { href: href(view, stream, { at }) }, words);
}

/**
 * @param {string} from
 * @param {string} at
 */
function since(from, at) {
  return from ? element("time", { datetime: from }, duration(from, at)) : "";
}

/**
 * @param {string} from
 * @param {string} at
 */
function duration(from, at) {
  return from ? lasting(Date.parse(at) - Date.parse(from)) : "";
}

/**
 * @template Item
 * @param {Item[]} items
 * @param {(item: Item) => Children} words
 */
function listed(items, words) {
  if (!items.length) return element("span", { class: "quiet" }, "none");
  return element("ul", { class: "cell-list" }, items.map((item) => element("li", {}, words(item))));
}
