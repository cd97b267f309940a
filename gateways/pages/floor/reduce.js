// The floor as its messages make it. Nothing here knows the page or the time.

/** @import { FloorMessage, FloorPatch, FloorState } from "./types" */

/** @type {FloorState} */
export const NOTHING = { at: "", agents: new Map(), queues: new Map(), conversations: new Map(), leftOut: 0 };

/**
 * The floor after a message: a whole floor takes the place of what was there, a patch changes it. What has not changed
 * is the same object as before.
 *
 * @param {FloorState} state
 * @param {FloorMessage} message
 * @returns {FloorState}
 */
export function reduced(state, message) {
  const whole = message.type === "floor";
  const before = whole ? NOTHING : state;
  const gone = whole ? /** @type {Partial<FloorPatch>} */ ({}) : message;
  return {
    at: message.at,
    agents: changed(before.agents, message.agents, gone.gone_agents, ({ agent_id }) => agent_id),
    queues: changed(before.queues, message.queues, gone.gone_queues, ({ queue }) => queue),
    conversations: changed(before.conversations, message.conversations, gone.gone_conversations, ({ conversation_id }) => conversation_id),
    leftOut: message.conversations_left_out ?? 0,
  };
}

/**
 * @template Row
 * @param {Map<string, Row>} before
 * @param {Row[] | undefined} rows
 * @param {string[] | undefined} gone
 * @param {(row: Row) => string} keyOf
 */
function changed(before, rows = [], gone = [], keyOf) {
  if (!rows.length && !gone.length) return before;
  const after = new Map(before);
  for (const key of gone) after.delete(key);
  for (const row of rows) after.set(keyOf(row), row);
  return after;
}
