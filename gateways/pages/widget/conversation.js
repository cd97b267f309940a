// A conversation as its customer sees it, folded from the events of the feed. Nothing here knows of a page.

/** @import { Conversation, EventForCustomer, Handler, LogNotice } from "./types" */



/**
 * Before any event. `version` is the feed's cursor.
 *
 * @type {Readonly<Conversation>}
 */
export const BEGINNING = Object.freeze({
  version: 0,
  status: "none",
  messages: [],
  agents: {},
  typing: [],
  place: null,
  estimatedWaitSeconds: null,
  remindedUntil: null,
  rating: null,
  /** What is known of the customer's last message: "delivered" or "read". */
  receipt: null,
});

/** Later ones say more. */
const RECEIPTS = ["delivered", "read"];

/** @type {{ [Type in Api.CustomerFeedEvent["type"]]?: (state: Conversation, event: EventForCustomer<Type> & { version: number }) => Conversation }} */
const HANDLERS = {
  ConversationStarted: (state, { data }) => ({ ...state, status: data.bot ? "bot" : "waiting" }),
  CustomerReturned: (state) => state,
  MessagePosted: (state, { at, data, version }) => ({
    ...state,
    remindedUntil: data.sender.type === "customer" ? null : state.remindedUntil,
    receipt: data.sender.type === "customer" ? null : state.receipt,
    typing: state.typing.filter((name) => name !== nameOf(data.sender)),
    messages: [...state.messages, { id: data.message_id, version, at, sender: data.sender, content: data.content }],
  }),
  BotAssigned: (state) => ({ ...state, status: "bot" }),
  AgentRequested: (state) => ({ ...state, status: "waiting" }),
  AgentJoined: (state, { at, data, version }) =>
    noticed(
      { ...state, status: "agent", place: null, agents: { ...state.agents, [data.agent_id]: data.agent_name } },
      { id: `joined-${version}`, version, at, notice: "joined", name: data.agent_name },
    ),
  AgentLeft: (state, { at, data, version }) => {
    const { [data.agent_id]: name, ...agents } = state.agents;
    if (name === undefined || state.status === "ended") return { ...state, agents };
    return noticed({ ...state, agents }, { id: `left-${version}`, version, at, notice: "left", name });
  },
  ReceiptRecorded: (state, { data }) => {
    const last = state.messages.findLast((each) => each.sender?.type === "customer");
    const isNews = data.message_id === last?.id && RECEIPTS.indexOf(data.status) > RECEIPTS.indexOf(/** @type {string} */ (state.receipt));
    return isNews ? { ...state, receipt: /** @type {Conversation["receipt"]} */ (data.status) } : state;
  },
  CustomerReminded: (state, { data }) => ({ ...state, remindedUntil: data.ends_at }),
  ConversationEnded: (state, { at, version }) =>
    noticed({ ...state, status: "ended", place: null, typing: [], remindedUntil: null }, { id: `ended-${version}`, version, at, notice: "ended" }),
  ConversationRated: (state, { data }) => ({ ...state, rating: data.score }),
  TypingChanged: (state, { data }) => {
    const others = state.typing.filter((name) => name !== nameOf(data.sender));
    return { ...state, typing: data.active ? [...others, nameOf(data.sender)] : others };
  },
  WaitChanged: (state, { data }) => ({
    ...state,
    place: data.position ?? null,
    estimatedWaitSeconds: data.estimated_wait_seconds ?? null,
  }),
};

/**
 * The state after an event. Events of unknown types, and those that it has seen already, change nothing else.
 *
 * @param {Conversation} state
 * @param {Api.CustomerFeedEvent} event
 * @returns {Conversation}
 */
export function reduce(state, event) {
  if (event.version !== undefined && /** @type {number} */ (event.version) <= state.version) return state;
  const next = /** @type {Handler<Conversation>} */ (HANDLERS[event.type])?.(state, event) ?? state;
  return event.version === undefined ? next : { ...next, version: /** @type {number} */ (event.version) };
}

/**
 * @param {Conversation} state
 * @param {LogNotice} notice
 */
function noticed(state, notice) {
  return { ...state, messages: [...state.messages, notice] };
}

/** @param {Api.Sender} sender */
function nameOf(sender) {
  return sender.name ?? sender.type;
}
