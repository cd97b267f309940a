// What the floor is made of, apart from its page: the state, the address, the filters, the log. Run with Node.

import assert from "node:assert/strict";
import { test } from "node:test";

const folder = `${process.env.PAGES}/floor`;
const { NOTHING, reduced } = await import(`${folder}/reduce.js`);
const { addressOfFilters, filtersOf } = await import(`${folder}/address.js`);
const { agentRows, figuresOf, shownAgents, shownConversations, statusOf, waitsSince } = await import(`${folder}/selecting.js`);
const { entriesOf, merged } = await import(`${folder}/log.js`);

const KEYS = { agents: "agent_id", queues: "queue", conversations: "conversation_id" };
const ALL = { view: "agents", text: "", team: "", queue: "", state: "", agent: "", sort: "", descending: false, open: "" };

/** Numbers from 0 to below 1 that look like chance and are the same in each run. */
function chance(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 2 ** 32;
}

let made = 0;

/** Some rows by chance: new ones, changed ones, the same ones again. */
function nextFloor(before, random) {
  const floor = { type: "floor", at: String(Number(before?.at ?? 0) + 1) };
  for (const [part, key] of Object.entries(KEYS)) {
    const kept = (before?.[part] ?? []).filter(() => random() > 0.2).map((row) => (random() > 0.6 ? { ...row, changed: random() } : row));
    const fresh = Array.from({ length: Math.floor(random() * 3) }, () => ({ [key]: `${part}-${(made += 1)}` }));
    floor[part] = [...kept, ...fresh];
  }
  return floor;
}

function patchBetween(before, now) {
  const patch = { type: "patch", at: now.at };
  for (const [part, key] of Object.entries(KEYS)) {
    patch[part] = now[part].filter((row) => !before[part].includes(row));
    patch[`gone_${part}`] = before[part].map((row) => row[key]).filter((name) => !now[part].some((row) => row[key] === name));
  }
  return patch;
}

function rowsOf(state) {
  const sorted = (rows) => [...rows].sort(([one], [other]) => (one < other ? -1 : 1));
  return { agents: sorted(state.agents), queues: sorted(state.queues), conversations: sorted(state.conversations) };
}

test("patches lead to the floor that a reader would see anew", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = chance(seed);
    let floor = nextFloor(null, random);
    let state = reduced(NOTHING, floor);
    for (let step = 0; step < 50; step += 1) {
      const next = nextFloor(floor, random);
      state = reduced(state, patchBetween(floor, next));
      assert.deepEqual(rowsOf(state), rowsOf(reduced(NOTHING, next)));
      floor = next;
    }
  }
});

test("what has not changed stays the same object, and an empty patch changes the time alone", () => {
  const state = reduced(NOTHING, { type: "floor", at: "1", agents: [{ agent_id: "a" }, { agent_id: "b" }], queues: [], conversations: [] });
  const same = reduced(state, { type: "patch", at: "2" });
  assert.equal(same.at, "2");
  assert.equal(same.agents, state.agents);
  const changed = reduced(same, { type: "patch", at: "3", agents: [{ agent_id: "b", name: "Bob" }] });
  assert.equal(changed.agents.get("a"), state.agents.get("a"));
  assert.equal(changed.agents.get("b").name, "Bob");
});

test("the address holds what is shown, and an unknown one shows the agents", () => {
  const wanted = { ...ALL, view: "conversations", text: "a&b #1", queue: "support", state: "waiting", sort: "waits", descending: true, open: "1" };
  assert.deepEqual(filtersOf(addressOfFilters(wanted)), wanted);
  assert.equal(addressOfFilters({ view: "queues" }), "#queues");
  assert.equal(filtersOf("#nothing?x=%ZZ").view, "agents");
});

const AT = "2026-11-22T10:00:00Z";
const TALK = { conversation_id: "1", channel: "web", queue: "support", status: "with_agent", unanswered_since: AT, participants: [{ type: "customer", name: "Ada Lovelace" }, { type: "agent", id: "alice", role: "primary" }], messages: 2, hands: [{ agent_id: "alice" }] };
const WAIT = { conversation_id: "2", channel: "web", queue: "sales", status: "waiting_for_agent", waiting_since: AT, offered_to: "bob", participants: [{ type: "customer", name: "Bea" }], messages: 1 };
const LATER = { ...WAIT, conversation_id: "3", offered_to: undefined, waiting_since: undefined, scheduled_for: AT };
const AGENTS = [
  { agent_id: "alice", name: "Alice", state: "ready", team: "blue", mrds: [{ mrd: "chat", state: "busy", tasks: 1 }], tasks: [{ task_id: "t", conversation_id: "1", queue: "support" }] },
  { agent_id: "bob", name: "Bob", state: "not_ready", team: "red", mrds: [], tasks: [] },
  { agent_id: "carol", name: "Carol", state: "logged_out", mrds: [], tasks: [] },
];
const QUEUES = [{ queue: "sales", waiting: 0, offered: 1, oldest: AT }, { queue: "support", waiting: 3, offered: 0 }];
const STATE = reduced(NOTHING, { type: "floor", at: AT, agents: AGENTS, queues: QUEUES, conversations: [TALK, WAIT, LATER] });

test("agents are found by team, state, queue and by what their customers are called", () => {
  const found = (filters) => shownAgents(agentRows(STATE), { ...ALL, ...filters }).map(({ agent_id }) => agent_id);
  assert.deepEqual(found({}), ["alice", "bob"]);
  assert.deepEqual(found({ state: "logged_out" }), ["carol"]);
  assert.deepEqual(found({ state: "busy" }), ["alice"]);
  assert.deepEqual(found({ team: "red" }), ["bob"]);
  assert.deepEqual(found({ queue: "support" }), ["alice"]);
  assert.deepEqual(found({ text: "LOVELACE" }), ["alice"]);
  assert.deepEqual(found({ agent: "carol" }), ["carol"]);
});

test("conversations are found by status, queue, agent and team, and know since when their customer waits", () => {
  const found = (filters) => shownConversations(STATE, { ...ALL, ...filters }).map(({ conversation_id }) => conversation_id);
  assert.deepEqual(found({ state: "waiting" }), ["2"]);
  assert.deepEqual(found({ state: "scheduled" }), ["3"]);
  assert.deepEqual(found({ state: "hand" }), ["1"]);
  assert.deepEqual(found({ agent: "bob" }), ["2"]);
  assert.deepEqual(found({ team: "blue" }), ["1"]);
  assert.deepEqual(found({ queue: "sales", text: "bea" }), ["2", "3"]);
  assert.deepEqual([TALK, WAIT, LATER].map(statusOf), ["with_agent", "offered", "scheduled"]);
  assert.deepEqual([TALK, WAIT, LATER].map(waitsSince), [AT, AT, null]);
});

test("the figures count the whole floor", () => {
  const { hands, ...figures } = figuresOf(STATE);
  assert.deepEqual(figures, { agents: 2, ready: 1, notReady: 1, waiting: 4, oldest: AT, conversations: 3, withAgent: 1, queues: 2 });
  assert.deepEqual(hands, [STATE.conversations.get("1")]);
});

test("the log has each event once, in order, and keeps apart what only colleagues see", () => {
  const events = [
    { version: 2, type: "MessagePosted", at: AT, data: { sender: { type: "customer", name: "Ada" }, content: { text: "Hello" } } },
    { version: 3, type: "NoteAdded", at: AT, data: { agent_name: "Alice", text: "careful" } },
    { version: 5, type: "WhisperPosted", at: AT, data: { agent_name: "Sue", text: "the voucher" } },
    { version: 6, type: "AttributesChanged", at: AT, data: {} },
  ];
  const known = merged(events.slice(1), [events[0], events[1]]);
  assert.deepEqual(known.map(({ version }) => version), [2, 3, 5, 6]);
  assert.equal(merged(known, events), known);
  const words = { inWords: ({ text }) => text, factWords: () => "" };
  assert.deepEqual(entriesOf(known, words).map(({ kind, name, text }) => [kind, name, text]), [["message", "Ada", "Hello"], ["note", "Alice", "careful"], ["whisper", "Sue", "the voucher"]]);
});
