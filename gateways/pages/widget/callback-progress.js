// How a callback goes on, folded from the events of its conversation. Nothing here knows of a page.

/** @import { CallbackProgress, CallbackStatus, EventForCustomer, Handler } from "./types" */



/**
 * Before any event. `version` is the feed's cursor.
 *
 * @type {Readonly<CallbackProgress>}
 */
export const BEGINNING = Object.freeze({ version: 0, status: "waiting", agent: null, place: null, estimatedWaitSeconds: null });

/** @type {{ [reason: string]: CallbackStatus }} */
const OVER = { cancelled: "cancelled", customer_left: "cancelled", no_agent_available: "missed" };

/** @type {{ [Type in Api.CustomerFeedEvent["type"]]?: (state: CallbackProgress, event: EventForCustomer<Type>) => CallbackProgress }} */
const HANDLERS = {
  AgentRequested: (state) => ({ ...state, status: "waiting", agent: null }),
  AgentJoined: (state, { data }) => ({ ...state, status: "agent", agent: data.agent_name, place: null, estimatedWaitSeconds: null }),
  WaitChanged: (state, { data }) => ({
    ...state,
    place: data.position ?? null,
    estimatedWaitSeconds: data.estimated_wait_seconds ?? null,
  }),
  ConversationEnded: (state, { data }) => ({ ...state, status: OVER[data.reason] ?? "done", place: null, estimatedWaitSeconds: null }),
};

/**
 * The state after an event. Events of other types, and those that it has seen already, change nothing else.
 *
 * @param {CallbackProgress} state
 * @param {Api.CustomerFeedEvent} event
 * @returns {CallbackProgress}
 */
export function reduce(state, event) {
  if (event.version !== undefined && /** @type {number} */ (event.version) <= state.version) return state;
  const next = /** @type {Handler<CallbackProgress>} */ (HANDLERS[event.type])?.(state, event) ?? state;
  return event.version === undefined ? next : { ...next, version: /** @type {number} */ (event.version) };
}

/** @param {{ status: CallbackStatus }} progress */
export function isOver({ status }) {
  return ["cancelled", "missed", "done", "lost"].includes(status);
}
