// A conversation as it stands in lists, as its events change it. Nothing here knows of a page.

/** @import { FeedEvent, Summary } from "./types" */

const MAX_LAST_MESSAGE = 120; // of the API's last_message

/**
 * The conversation after an event of it, as the agent `reader` sees it. The words of the last message are those of a
 * text; what else was posted has the words that `inWords` finds for it.
 *
 * @param {Summary} before
 * @param {FeedEvent} event
 * @param {string} reader
 * @param {(content: any) => string} [inWords]
 * @returns {Summary}
 */
export function reduceSummary(before, event, reader, inWords = ({ text }) => text ?? "") {
  if (event.version !== undefined && event.version <= before.version) return before;
  const after = { ...before, version: event.version ?? before.version };
  REDUCERS[event.type]?.(after, event, inWords);
  if (after.status !== "with_bot") after.participants = after.participants.filter(({ type }) => type !== "bot");
  after.expected = expected(before.expected, event);
  return counted(after, event, reader);
}

/** @type {{ [type: string]: (after: Summary, event: FeedEvent, inWords: (content: any) => string) => void }} */
const REDUCERS = {
  MessagePosted(after, { at, data }, inWords) {
    after.messages += 1;
    after.last_message = inWords(data.content).slice(0, MAX_LAST_MESSAGE);
    after.last_message_at = at;
    after.last_message_by = data.sender.type;
    if (data.sender.type === "customer") after.unanswered_since ??= at;
    else if (data.sender.type === "agent" || data.sender.type === "bot") after.unanswered_since = undefined;
  },
  AgentRequested(after, { data: { queue } }) {
    Object.assign(after, { status: "waiting_for_agent", queue: queue.name, mrd: queue.mrd });
  },
  QueueChanged(after, { data: { queue } }) {
    Object.assign(after, { queue: queue.name, mrd: queue.mrd });
  },
  BotAssigned(after, { data: { bot } }) {
    after.status = "with_bot";
    const others = after.participants.filter(({ type }) => type !== "bot");
    after.participants = [...others, { type: "bot", role: "bot", id: bot, name: bot }];
  },
  LabelsChanged(after, { data: { labels } }) {
    after.labels = labels;
  },
  HandRaised(after, { data: { agent_id, reason } }) {
    after.hands = [...without(after.hands, "agent_id", agent_id), { agent_id, reason }];
  },
  HandLowered(after, { data: { agent_id } }) {
    after.hands = without(after.hands, "agent_id", agent_id);
  },
  AgentJoined(after, { data: { role, agent_id: id, agent_name: name } }) {
    after.participants = withAgent(after.participants, { type: "agent", role, id, name });
    if (role === "primary") after.status = "with_agent";
  },
  AgentRoleChanged(after, { data: { role, agent_id: id } }) {
    const before = after.participants.find((each) => each.type === "agent" && each.id === id);
    after.participants = withAgent(after.participants, { type: "agent", name: id, ...before, role, id });
    if (role === "primary") after.status = "with_agent";
  },
  AgentLeft(after, { data: { agent_id } }) {
    after.participants = after.participants.filter(({ type, id }) => type !== "agent" || id !== agent_id);
    after.hands = without(after.hands, "agent_id", agent_id);
  },
  ConversationEnded(after, { at, data: { wrap_up, reason } }) {
    Object.assign(after, { status: wrap_up ? "wrap_up" : "ended", end_reason: reason, ended_at: at, unanswered_since: undefined });
  },
  WrapUpCompleted(after) {
    after.status = "ended";
  },
};

/**
 * The answer that is expected after an event, by the rule of the conversation itself.
 *
 * @param {Summary["expected"]} before
 * @param {FeedEvent} event
 */
function expected(before, { type, data }) {
  switch (type) {
    case "CustomerActivityNoticed":
    case "BotAssigned":
      return data.expects;
    case "AgentJoined":
      return data.role === "primary" ? data.expects : before;
    case "AgentRoleChanged":
      return data.role === "primary" && (data.expects || before?.of === "agent") ? data.expects : before;
    case "MessagePosted":
      return data.expects || before?.of === data.sender.type ? data.expects : before;
    case "AgentRequested":
    case "ConversationEnded":
      return undefined;
    default:
      return before;
  }
}

/**
 * The conversation with what its reader has not read. What was there before the page knew it is only a number.
 *
 * @param {Summary} after
 * @param {FeedEvent} event
 * @param {string} reader
 * @returns {Summary}
 */
function counted(after, event, reader) {
  const { unreadIds = [], unread = 0 } = after;
  const next = unreadAfter(unreadIds, event, reader);
  if (next === unreadIds) return after;
  const isRead = next.length <= unreadIds.length;
  return { ...after, unreadIds: next, unread: isRead ? next.length : unread + 1 };
}

/**
 * @param {string[]} ids
 * @param {FeedEvent} event
 * @param {string} reader
 */
function unreadAfter(ids, { type, data }, reader) {
  switch (type) {
    case "MessagePosted":
      if (data.sender.type === "agent" && data.sender.id === reader) return [];
      return data.sender.type === "system" ? ids : [...ids, data.message_id];
    case "NoteAdded":
      return data.agent_id === reader ? [] : [...ids, data.note_id];
    case "WhisperPosted":
      return data.agent_id === reader ? [] : [...ids, data.message_id];
    case "ReceiptRecorded": {
      if (data.status !== "read" || data.by.type !== "agent" || data.by.id !== reader) return ids;
      return ids.includes(data.message_id) ? ids.slice(ids.indexOf(data.message_id) + 1) : ids;
    }
    case "AgentLeft":
      return data.agent_id === reader ? [] : ids;
    default:
      return ids;
  }
}

/**
 * Agents keep their places.
 *
 * @param {Api.Participant[]} participants
 * @param {Api.Participant} agent
 */
function withAgent(participants, agent) {
  const isKnown = participants.some(({ type, id }) => type === "agent" && id === agent.id);
  return isKnown ? participants.map((each) => (each.type === "agent" && each.id === agent.id ? agent : each)) : [...participants, agent];
}

/**
 * @template {{ [name: string]: any }} Item
 * @param {Item[] | undefined} items
 * @param {string} name
 * @param {unknown} value
 */
function without(items, name, value) {
  return (items ?? []).filter((item) => item[name] !== value);
}
