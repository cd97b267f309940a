// What the agent does now, as the events of the agent's own stream change it. Nothing here knows of a page.

/** @import { FeedEvent, Shift } from "./types" */

/**
 * The shift of an answer of GET /agent/v1/me.
 *
 * @param {Api.Me} me
 * @returns {Shift}
 */
export function shiftOf({ agent, state, reason, mrds, tasks }) {
  return { agent, state, reason: reason ?? null, mrds, tasks, idleUntil: null };
}

/**
 * The shift after an event; the same one where the event changes nothing of it.
 *
 * @param {Shift} shift
 * @param {FeedEvent} event
 * @returns {Shift}
 */
export function reduceShift(shift, event) {
  if (event.conversation_id || !(event.type in REDUCERS)) return shift;
  return REDUCERS[event.type](shift, event.data);
}

/** @type {{ [type: string]: (shift: Shift, data: any) => Shift }} */
const REDUCERS = {
  AgentLoggedIn: (shift, { name, mrds }) => ({
    ...shift,
    agent: { ...shift.agent, name },
    state: "not_ready",
    reason: null,
    idleUntil: null,
    tasks: [],
    mrds: configured([], mrds),
  }),
  AgentConfigured: (shift, { name, mrds }) => counted({ ...shift, agent: { ...shift.agent, name }, mrds: configured(shift.mrds, mrds) }),
  AgentLoggedOut: (shift, { reason }) => ({ ...shift, state: "logged_out", reason, idleUntil: null }),
  AgentStateChanged: (shift, { state, reason }) => ({ ...shift, state, reason: reason ?? null, idleUntil: null }),
  AgentMrdStateRequested: (shift, { mrd, state, reason }) => inMrd(shift, mrd, { reason: state === "ready" ? undefined : (reason ?? undefined) }),
  AgentMrdStateChanged: (shift, { mrd, state }) => inMrd(shift, mrd, { state }),
  AgentIdleWarned: (shift, { expires_at: idleUntil }) => ({ ...shift, idleUntil }),
  TaskReserved: (shift, { task_id, conversation_id, mrd, queue, expires_at, direction }) =>
    withTask(shift, task_id, { task_id, conversation_id, mrd, queue, expires_at, direction, state: "reserved" }),
  TaskAccepted: (shift, { task_id, conversation_id, mrd, queue }) =>
    withTask(shift, task_id, { task_id, conversation_id, ...present({ mrd, queue }), state: "active", expires_at: null }),
  TaskAssignedDirectly: (shift, data) => withTask(shift, data.task_id, { ...data, state: "active", expires_at: null }),
  TaskDeclined: withoutTask,
  OfferExpired: withoutTask,
  OfferWithdrawn: withoutTask,
  WrapUpStarted: (shift, { task_id, conversation_id, expires_at }) => withTask(shift, task_id, { task_id, conversation_id, expires_at, state: "wrap_up" }),
  TaskClosed: withoutTask,
};

/**
 * @param {Shift} shift
 * @param {string} taskId
 * @param {Partial<Api.Task>} changes
 */
function withTask(shift, taskId, changes) {
  const before = shift.tasks.find((task) => task.task_id === taskId);
  const after = /** @type {Api.Task} */ ({ direction: "inbound", ...before, ...changes });
  const tasks = before ? shift.tasks.map((task) => (task === before ? after : task)) : [...shift.tasks, after];
  return counted({ ...shift, tasks, idleUntil: null });
}

/**
 * @param {Shift} shift
 * @param {{ task_id: string }} data
 */
function withoutTask(shift, { task_id }) {
  return counted({ ...shift, tasks: shift.tasks.filter((task) => task.task_id !== task_id) });
}

/**
 * @param {Shift} shift
 * @param {string} name
 * @param {Partial<Api.MrdState>} changes
 */
function inMrd(shift, name, changes) {
  return { ...shift, mrds: shift.mrds.map((mrd) => (mrd.mrd === name ? { ...mrd, ...changes } : mrd)) };
}

/**
 * The MRDs with how many tasks are held in each; supervising takes none of an agent's capacity.
 *
 * @param {Shift} shift
 */
function counted(shift) {
  const held = shift.tasks.filter(({ direction }) => direction !== "monitor" && direction !== "barge_in");
  return { ...shift, mrds: shift.mrds.map((mrd) => ({ ...mrd, tasks: held.filter((task) => task.mrd === mrd.mrd).length })) };
}

/**
 * @param {Api.MrdState[]} before
 * @param {{ [mrd: string]: { max_tasks: number } }} settings
 */
function configured(before, settings) {
  return Object.entries(settings).map(([mrd, { max_tasks }]) => {
    const known = before.find((each) => each.mrd === mrd) ?? { mrd, state: "not_ready", tasks: 0 };
    return { ...known, max_tasks };
  });
}

/** @param {Record<string, unknown>} values */
function present(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}
