// The outbox of a conversation and the calls of a user, without a page: the browser around them is made here.

import assert from "node:assert/strict";
import test from "node:test";

class Storage {
  setItem(name, text) {
    this[name] = text;
    changed(name);
  }

  getItem(name) {
    return Object.hasOwn(this, name) ? this[name] : null;
  }

  removeItem(name) {
    delete this[name];
    changed(name);
  }
}

/** @type {Set<(event: { key: string }) => void>} */
const listeners = new Set();
const changed = (key) => listeners.forEach((listener) => queueMicrotask(() => listener({ key })));
/** @type {(event: { data: object }) => void} */
let otherTab;

globalThis.addEventListener = (type, listener) => type === "storage" && listeners.add(listener);
globalThis.removeEventListener = (type, listener) => listeners.delete(listener);
globalThis.document = { documentElement: { dataset: {} } };
globalThis.location = new URL("http://localhost/desk");
globalThis.localStorage = new Storage();
globalThis.sessionStorage = { getItem: () => JSON.stringify(sessionOf("alice")), setItem() {}, removeItem() {} };
globalThis.BroadcastChannel = class {
  addEventListener(_, listener) {
    otherTab = listener;
  }

  postMessage() {}
};

/** @type {{ path: string, token: string, body: any, answer: (status?: number) => void }[]} */
const requests = [];
/** @type {((count: number) => void)[]} */
let awaiting = [];
globalThis.fetch = (address, { headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const answer = (status = 201) => resolve(new Response(JSON.stringify({ detail: "no" }), { status }));
    signal?.addEventListener("abort", () => reject(signal.reason));
    if (signal?.aborted) reject(signal.reason);
    requests.push({ path: new URL(address).pathname, token: headers.Authorization, body: JSON.parse(body ?? "null"), answer });
    awaiting.forEach((look) => look(requests.length));
  });

function sessionOf(name, number = 1) {
  return { token: name, expiresAt: Date.now() + 9e5, refreshToken: "r", agent: { agent_id: name, name, role: "agent" }, number };
}

/** Waits until so many requests were made. */
const until = (count) =>
  new Promise((resolve) => {
    const look = (made) => made >= count && resolve(undefined);
    awaiting.push(look);
    look(requests.length);
  });

const logIn = (name, number) => otherTab({ data: { session: sessionOf(name, number), number } });
const texts = (outbox) => outbox.entries.peek().map(({ content }) => content.text);
const text = (words) => ({ type: "text", text: words });
const rest = () => new Promise((resolve) => setImmediate(resolve));

const folder = process.env.PAGES;
const { Outbox, unsentConversations } = await import(`${folder}/desk/outbox.js`);
const { call } = await import(`${folder}/base/session/calls.js`);
const { keep, kept } = await import(`${folder}/base/storage.js`);

test.beforeEach(() => {
  requests.length = 0;
  awaiting = [];
  listeners.clear();
  Object.keys(localStorage).forEach((name) => delete localStorage[name]);
  logIn("alice", Date.now());
});

test("what is written goes out in order, and is in sight until its event comes", async () => {
  const outbox = new Outbox("alice", "c1");
  outbox.post("message", text("one"));
  outbox.post("message", text("two"));
  await until(1);
  await rest();
  assert.equal(requests.length, 1);
  requests[0].answer();
  await until(2);
  assert.deepEqual(texts(outbox), ["one", "two"]);
  assert.deepEqual(requests.map(({ body }) => body.content.text), ["one", "two"]);
  outbox.seen({ data: { message_id: requests[0].body.id } });
  assert.deepEqual(texts(outbox), ["two"]);
  requests[1].answer();
  await rest();
  await rest();
  assert.deepEqual(unsentConversations("alice"), []);
  outbox.stop();
});

test("what one agent has written is never sent by the next one, and waits for its author", async () => {
  const outbox = new Outbox("alice", "c1");
  outbox.post("message", text("from Alice"));
  await until(1);
  requests[0].answer(401); // now a new token would be asked for
  logIn("bob", Date.now());
  outbox.stop();
  await rest();
  await rest();
  assert.deepEqual(requests.filter(({ token }) => token !== "Bearer alice"), []);
  assert.deepEqual([unsentConversations("alice"), unsentConversations("bob")], [["c1"], []]);
});

test("a call that waits for a token is given up when somebody else has logged in", async () => {
  const asked = call("POST agent/v1/conversations/c1/leave");
  logIn("bob", Date.now());
  await assert.rejects(asked, { name: "AbortError" });
  assert.deepEqual(requests, []);
});

test("the refusal of an old token does not log out the one who has come since", async () => {
  const asked = call("POST agent/v1/conversations/c1/leave");
  await until(1);
  logIn("bob", Date.now());
  requests[0].answer(401);
  await assert.rejects(asked);
  const next = call("POST agent/v1/conversations/c1/leave");
  await until(2);
  assert.equal(requests[1].token, "Bearer bob");
  requests[1].answer(201);
  await next;
});

test("two tabs keep what both have written, and each sees what the other has taken out", async () => {
  const [one, other] = [new Outbox("alice", "c1"), new Outbox("alice", "c1")];
  one.post("message", text("one"));
  await rest();
  other.post("message", text("other"));
  await rest();
  assert.deepEqual(texts(one), ["one", "other"]);
  assert.deepEqual(texts(other), ["one", "other"]);
  one.stop();
  other.stop();
  const third = new Outbox("alice", "c1");
  assert.deepEqual(texts(third), ["one", "other"]);
  third.remove(third.entries.peek()[0].id);
  third.stop();
  const fourth = new Outbox("alice", "c1");
  assert.deepEqual(texts(fourth), ["other"]);
  fourth.stop();
});

test("what was refused stays with the reason, in every tab, until it is tried again", async () => {
  let noticed = 0;
  const [one, other] = [new Outbox("alice", "c1", () => (noticed += 1)), new Outbox("alice", "c1")];
  one.post("note", text("late"));
  await until(1);
  assert.match(requests[0].path, /conversations\/c1\/notes$/);
  requests[0].answer(409);
  for (let turn = 0; turn < 10; turn += 1) await rest();
  assert.equal(noticed, 1);
  assert.match(other.entries.peek()[0].refused, /./);
  const { id } = one.entries.peek()[0];
  one.retry(id);
  await until(2);
  assert.equal(requests[1].body.id, id);
  other.remove(id); // it was in vain
  requests[1].answer(409);
  for (let turn = 0; turn < 10; turn += 1) await rest();
  assert.deepEqual([texts(one), noticed], [[], 1]);
  one.stop();
  other.stop();
});

test("agents whose ids begin alike have each their own outboxes", () => {
  keep("outbox.al.c1.1", { id: "1" });
  keep("outbox.al.ice.c2.2", { id: "2" });
  assert.deepEqual([unsentConversations("al"), unsentConversations("al.ice")], [["c1"], ["c2"]]);
});

test("what the browser refuses to keep is kept by the page, and never what was there before", () => {
  keep("draft", "old");
  localStorage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  keep("draft", "new");
  assert.equal(kept("draft"), "new");
  delete localStorage.setItem;
  keep("draft", null);
  assert.equal(kept("draft"), null);
});
