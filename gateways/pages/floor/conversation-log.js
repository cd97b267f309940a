// What is said in one conversation, read again when the floor shows that there is more, or as it comes on the feed.

/** @import { LoggedEvent } from "./log.js" */
/** @import { Floor } from "./floor-store.js" */
/** @import { OwnShift } from "./own-shift.js" */
import { call } from "../base/session/calls.js";
import { effect, onStop, signal, untracked } from "../base/signals.js";
import { merged } from "./log.js";

const BETWEEN_READS_MILLISECONDS = 1000;

/**
 * The events of the conversation, null before they are there, and the problem of the last attempt to read them.
 *
 * @param {Floor} floor
 * @param {OwnShift} shift
 * @param {string} id
 */
export function conversationLog(floor, shift, id) {
  const events = signal(/** @type {LoggedEvent[] | null} */ (null));
  const customer = signal(/** @type {Api.Customer | null} */ (null));
  const problem = signal(/** @type {unknown} */ (null));
  const ended = new AbortController();
  let isReading = false;
  let isWanted = false;
  onStop(() => ended.abort());

  async function read() {
    isWanted = true;
    if (isReading) return;
    isReading = true;
    while (isWanted && !ended.signal.aborted) {
      isWanted = false;
      await readOnce();
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_READS_MILLISECONDS));
    }
    isReading = false;
  }

  async function readOnce() {
    try {
      const detail = await call(`GET agent/v1/conversations/${id}`, { signal: ended.signal });
      events.value = merged(events.peek() ?? [], /** @type {LoggedEvent[]} */ (detail.events));
      customer.value = detail.customer;
      problem.value = null;
    } catch (error) {
      if (!ended.signal.aborted) problem.value = error;
    }
  }

  shift.listen((event) => {
    if (event.conversation_id === id && event.version && events.peek()) events.value = merged(events.peek() ?? [], [event]);
  });
  let known = -1;
  effect(() => {
    const version = floor.live.state.value.conversations.get(id)?.version ?? 0;
    if (version === known) return;
    known = version;
    if (!events.peek()?.some((event) => event.version === version)) untracked(() => void read());
  });
  return { events, customer, problem, read };
}
