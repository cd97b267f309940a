// The desk's reducers and keys, without a page.

import assert from "node:assert/strict";
import test from "node:test";

globalThis.localStorage = undefined;
globalThis.document = { documentElement: { dataset: {} } };
globalThis.addEventListener = () => {};

const folder = `${process.env.PAGES}/desk`;
const { reduceShift, shiftOf } = await import(`${folder}/state/shift.js`);
const { reduceSummary } = await import(`${folder}/state/summary.js`);
const { logOf, reduceLog } = await import(`${folder}/state/log.js`);
const { conflictOf, isUsable, keysPressed } = await import(`${folder}/shortcuts.js`);

const ME = {
  agent: { agent_id: "alice", name: "Alice", role: "agent" },
  state: "not_ready",
  reason: null,
  mrds: [{ mrd: "chat", state: "not_ready", tasks: 0, max_tasks: 3 }],
  tasks: [],
};
const TASK = { task_id: "t1", conversation_id: "c1", mrd: "chat", queue: "support", direction: "inbound" };

const shiftAfter = (...events) => events.reduce((shift, [type, data]) => reduceShift(shift, { type, data }), shiftOf(ME));

test("a task is offered, accepted, wrapped up and closed", () => {
  const offered = shiftAfter(["TaskReserved", { ...TASK, expires_at: "2026-01-01T00:00:20Z" }]);
  assert.deepEqual(offered.tasks, [{ ...TASK, state: "reserved", expires_at: "2026-01-01T00:00:20Z" }]);
  assert.equal(offered.mrds[0].tasks, 1);
  const accepted = reduceShift(offered, { type: "TaskAccepted", data: { task_id: "t1", conversation_id: "c1" } });
  assert.deepEqual(accepted.tasks, [{ ...TASK, state: "active", expires_at: null }]);
  const wrapping = reduceShift(accepted, { type: "WrapUpStarted", data: { task_id: "t1", conversation_id: "c1", expires_at: "2026-01-01T00:01:00Z" } });
  assert.equal(wrapping.tasks[0].state, "wrap_up");
  const closed = reduceShift(wrapping, { type: "TaskClosed", data: { task_id: "t1", conversation_id: "c1", reason: "done" } });
  assert.deepEqual([closed.tasks, closed.mrds[0].tasks], [[], 0]);
});

for (const type of ["TaskDeclined", "OfferExpired", "OfferWithdrawn"]) {
  test(`${type} takes the offer away`, () => assert.deepEqual(shiftAfter(["TaskReserved", TASK], [type, { task_id: "t1", conversation_id: "c1" }]).tasks, []));
}

test("supervising takes none of the capacity", () => {
  assert.equal(shiftAfter(["TaskAssignedDirectly", { ...TASK, direction: "monitor" }]).mrds[0].tasks, 0);
});

test("what is of no interest and what is not known changes nothing", () => {
  const shift = shiftOf(ME);
  assert.equal(reduceShift(shift, { type: "SomethingNew", data: {} }), shift);
  assert.equal(reduceShift(shift, { type: "AgentLoggedOut", data: { reason: "idle" }, conversation_id: "c1" }), shift);
});

const SUMMARY = { conversation_id: "c1", version: 5, messages: 2, unread: 1, status: "with_agent", participants: [{ type: "customer", role: "customer" }] };

test("an event that is in the summary already is not counted again", () => {
  const event = { type: "MessagePosted", at: "2026-01-01T00:00:00Z", version: 5, data: { message_id: "m", sender: { type: "customer" }, content: { type: "text", text: "x" } } };
  assert.equal(reduceSummary(SUMMARY, event, "alice"), SUMMARY);
  assert.equal(reduceSummary(SUMMARY, { ...event, version: 6 }, "alice").unread, 2);
});

test("reading up to a message leaves what came behind it", () => {
  const posted = (id, version) => ({ type: "MessagePosted", at: "2026-01-01T00:00:00Z", version, data: { message_id: id, sender: { type: "customer" }, content: { type: "text", text: id } } });
  const read = (id, version) => ({ type: "ReceiptRecorded", at: "2026-01-01T00:00:00Z", version, data: { message_id: id, status: "read", by: { type: "agent", id: "alice" } } });
  const after = [posted("a", 6), posted("b", 7), read("a", 8)].reduce((summary, event) => reduceSummary(summary, event, "alice"), { ...SUMMARY, unread: 0 });
  assert.deepEqual([after.unread, after.unreadIds], [1, ["b"]]);
});

const EVENTS = [
  { type: "ConversationStarted", at: "1", version: 1, data: { channel: "web" } },
  { type: "MessagePosted", at: "2", version: 2, data: { message_id: "m1", sender: { type: "customer" }, content: { type: "text", text: "Hi" } } },
  { type: "NoteAdded", at: "3", version: 3, data: { note_id: "n1", agent_id: "alice", agent_name: "Alice", text: "a note" } },
  { type: "MessagePosted", at: "4", version: 4, data: { message_id: "m2", sender: { type: "agent", id: "alice" }, content: { type: "text", text: "Hello" } } },
  { type: "ReceiptRecorded", at: "5", version: 5, data: { message_id: "m2", status: "delivered", by: { type: "customer" } } },
  { type: "ReceiptRecorded", at: "6", version: 6, data: { message_id: "m2", status: "read", by: { type: "customer" } } },
  { type: "ReceiptRecorded", at: "7", version: 7, data: { message_id: "m2", status: "delivered", by: { type: "customer" } } },
  { type: "CustomerActivityNoticed", at: "8", version: 8, data: {} },
];

test("the log is the same whether its events come at once or one by one, and however often", () => {
  const atOnce = logOf(EVENTS);
  assert.deepEqual(EVENTS.reduce(reduceLog, []), atOnce);
  assert.deepEqual([...EVENTS, ...EVENTS].reduce(reduceLog, []), atOnce);
  assert.deepEqual(atOnce.map(({ kind }) => kind), ["fact", "message", "note", "message"]);
  assert.equal(atOnce[3].receipt, "read");
});

const press = (key, { code = "", altKey = false, ctrlKey = false, metaKey = false, shiftKey = false } = {}) => keysPressed({ key, code, altKey, ctrlKey, metaKey, shiftKey });

test("keys are named by what is pressed, whatever the system writes with them", () => {
  assert.equal(press("å", { code: "KeyA", altKey: true }), "Alt+A");
  assert.equal(press("k", { code: "KeyK", metaKey: true }), "Ctrl+K");
  assert.equal(press("ArrowDown", { code: "ArrowDown", altKey: true }), "Alt+ArrowDown");
  assert.equal(press("Alt", { altKey: true }), "");
  assert.equal(isUsable("Alt+A") && isUsable("F1") && !isUsable("A") && !isUsable("Shift+A"), true);
});

test("two actions never share keys", () => {
  const actions = [{ id: "accept", words: "Accept", keys: "Alt+A" }, { id: "end", words: "End", keys: "Alt+E" }];
  assert.equal(conflictOf(actions, "end", "Alt+A").id, "accept");
  assert.equal(conflictOf(actions, "end", "Alt+E"), undefined);
  assert.equal(conflictOf(actions, "end", ""), undefined);
});

const { areNumbered, closingTime, isLinked } = await import(`${folder}/state/channel-limits.js`);

test("choices and files go out as the channel takes them", () => {
  const channel = { text_limit: 100, buttons: 3, button_title_limit: 20, media: { image: 10 } };
  assert.deepEqual([3, 4].map((count) => areNumbered(count, channel)), [false, true]);
  assert.ok(areNumbered(1, { text_limit: 100 }));
  const files = [["image/png", 10], ["image/png", 11], ["text/plain", 1]].map(([type, size]) => isLinked({ type, size }, channel));
  assert.deepEqual(files, [false, true, true]);
});

test("the time for answers ends some time after the customer's last message", () => {
  const at = (seconds) => new Date(seconds * 1000).toISOString();
  const log = [{ kind: "message", at: at(200), sender: { type: "customer" } }, { kind: "message", at: at(900), sender: { type: "agent" } }];
  const windowed = { text_limit: 100, window_seconds: 60 };
  assert.equal(closingTime({ capabilities: windowed, window_closes_at: at(160) }, []), 160_000);
  assert.equal(closingTime({ capabilities: windowed, window_closes_at: at(160) }, log), 260_000);
  assert.equal(closingTime({ capabilities: windowed }, []), null);
  assert.equal(closingTime({ capabilities: { text_limit: 100 }, window_closes_at: at(160) }, log), null);
  assert.equal(closingTime({}, log), null);
});
