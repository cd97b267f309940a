// The parts of the widget that know of no page. Run with Node: `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";

const folder = `${process.env.PAGES}/widget`;
const { BEGINNING, reduce } = await import(`${folder}/conversation.js`);
const { partsOf } = await import(`${process.env.PAGES}/base/text/links.js`);
const { entryAfter, isWaiting, nextOf, unseen, without } = await import(`${folder}/outbox.js`);
const { Storage } = await import(`${folder}/storage.js`);
const { contrast, readableOn } = await import(`${folder}/../base/contrast.js`);
const { newId } = await import(`${process.env.PAGES}/base/ids.js`);
const { backoff } = await import(`${folder}/api.js`);
const { filled, languageOf, localeOf, textsFor } = await import(`${folder}/texts.js`);
const { Visitor, claimsOf } = await import(`${folder}/visitor.js`);
const { isOnOne, wordsOf } = await import(`${folder}/invitation.js`);
const { sorted } = await import(`${folder}/questions.js`);
const { TEXTS: english } = await import(`${folder}/texts/en.js`);
const { TEXTS: german } = await import(`${folder}/texts/de.js`);
const others = ["ar", "de", "es", "fr"];

const AT = "2026-11-30T10:00:00.000000Z";
const ADA = { type: "customer", name: "Ada" };
const ALICE = { type: "agent", id: "alice", name: "Alice" };

let version = 0;
function event(type, data = {}, at = AT) {
  version += 1;
  return { type, version, at, conversation_id: "c", data };
}

function folded(...events) {
  return events.reduce(reduce, BEGINNING);
}

test("a conversation from the bot over the line to an agent and to its end", () => {
  const events = [
    event("ConversationStarted", { bot: "greeter" }),
    event("MessagePosted", { message_id: "m1", sender: ADA, content: { type: "text", text: "Hello" } }),
    event("AgentRequested", {}),
    { type: "WaitChanged", at: AT, data: { position: 2, estimated_wait_seconds: 90 } },
    event("AgentJoined", { agent_id: "alice", agent_name: "Alice", role: "primary" }),
    event("AgentLeft", { agent_id: "alice" }),
    event("ConversationEnded", {}),
  ];
  const states = events.map((_, at) => folded(...events.slice(0, at + 1)));
  assert.deepEqual(states.map((state) => state.status), ["bot", "bot", "waiting", "waiting", "agent", "agent", "ended"]);
  assert.deepEqual([states[3].place, states[3].estimatedWaitSeconds, states[4].place], [2, 90, null]);
  assert.deepEqual(states[4].agents, { alice: "Alice" });
  assert.deepEqual(states.at(-1).messages.map((each) => each.notice ?? each.content.text), ["Hello", "joined", "left", "ended"]);
});

test("an event that comes again, or out of an older connection, changes nothing", () => {
  const first = event("MessagePosted", { message_id: "m", sender: ADA, content: { type: "text", text: "Once" } });
  const state = folded(first);
  assert.equal(reduce(state, first), state);
  assert.equal(reduce(state, { ...first, version: first.version - 1 }), state);
});

test("an event of an unknown type moves the cursor on and nothing else", () => {
  const state = folded(event("ConversationStarted", {}));
  const unknown = event("SomethingOfALaterVersion", { any: 1 });
  assert.deepEqual(reduce(state, unknown), { ...state, version: unknown.version });
});

test("typing ends with the message, and a reminder with the answer", () => {
  const started = folded(event("ConversationStarted", {}), { type: "TypingChanged", at: AT, data: { sender: ALICE, active: true } });
  assert.deepEqual(started.typing, ["Alice"]);
  const written = reduce(started, event("MessagePosted", { message_id: "m", sender: ALICE, content: { type: "text", text: "?" } }));
  const reminded = reduce(written, event("CustomerReminded", { ends_at: AT }));
  assert.deepEqual([written.typing, reminded.remindedUntil], [[], AT]);
  const answered = reduce(reminded, event("MessagePosted", { message_id: "n", sender: ADA, content: { type: "text", text: "!" } }));
  assert.equal(answered.remindedUntil, null);
});

test("the outbox keeps its order, whatever the clock does, and what was refused holds nobody up", () => {
  const [one, two] = [{ type: "text", text: "one" }, { type: "location", latitude: 1, longitude: 2 }];
  const outbox = [entryAfter([], "1", one, {}, 5000)];
  outbox.push(entryAfter(outbox, "2", two, {}, 1000));
  assert.deepEqual(outbox.map(({ id, at }) => [id, at]), [["1", 5000], ["2", 5001]]);
  assert.equal(nextOf(outbox).id, "1");
  assert.deepEqual(nextOf([{ ...outbox[0], refused: "too long" }, outbox[1]]).content, two);
  assert.deepEqual(unseen(outbox, [{ id: "2" }]).map((entry) => entry.id), ["1"]);
  assert.equal(nextOf(without(without(outbox, "1"), "2")), null);
});

test("a file that is being uploaded holds up those behind it until it is there or refused", () => {
  const first = entryAfter([], "1", { type: "image", attachment_id: "a" }, { uploading: true });
  const outbox = [first, entryAfter([first], "2", { type: "text", text: "what you see here" })];
  assert.deepEqual([nextOf(outbox), isWaiting(outbox)], [null, true]);
  assert.equal(nextOf([{ ...first, uploading: false }, outbox[1]]).id, "1");
  assert.equal(nextOf([{ ...first, uploading: false, refused: "too large" }, outbox[1]]).id, "2");
});

/** What a browser keeps for a site, with as many writings as it takes. */
function browserStorage(kept = new Map()) {
  return {
    takes: Infinity,
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, text) {
      if (this.takes === 0) throw new Error("full");
      this.takes -= 1;
      kept.set(key, text);
    },
    removeItem: (key) => kept.delete(key),
    key: (at) => [...kept.keys()][at],
    get length() {
      return kept.size;
    },
  };
}

test("two tabs that write at the same time take nothing from each other", () => {
  globalThis.localStorage = browserStorage();
  const [first, second] = [new Storage("web"), new Storage("web")];
  const known = first.outbox;
  first.put(entryAfter(known, "1", "one", {}, 10));
  second.put(entryAfter(known, "2", "two", {}, 9));
  assert.deepEqual(first.outbox.map((entry) => entry.content), ["two", "one"]);
  assert.deepEqual(new Storage("web-direct").outbox, []);
  second.drop("1");
  second.put({ id: "3", at: 11, content: "picture", uploading: true });
  assert.deepEqual([first.outbox.length, second.outbox.length], [2, 2]);
  first.keepDraft("not yet");
  first.forget();
  second.drop("3");
  assert.deepEqual([second.outbox, second.draft, second.conversation], [[], "not yet", {}]);
  delete globalThis.localStorage;
});

test("what the browser takes no more is kept while the page lasts, although it can be read", () => {
  globalThis.localStorage = browserStorage(new Map([["hybridchat.web", '["of another program"]']]));
  const storage = new Storage("web");
  assert.deepEqual([storage.conversation, storage.outbox, storage.lasting], [{}, [], true]);
  storage.put({ id: "1", at: 1, content: "one" });
  storage.keepDraft("a");
  localStorage.takes = 0;
  storage.put({ id: "2", at: 2, content: "two" });
  storage.keepDraft("ab");
  assert.deepEqual([storage.outbox.map((entry) => entry.id), storage.draft, storage.lasting], [["1", "2"], "ab", false]);
  assert.deepEqual([new Storage("web").outbox.length, new Storage("web").draft], [1, "a"]);
  localStorage.takes = Infinity;
  storage.drop("2");
  storage.keepDraft("abc");
  assert.deepEqual([storage.outbox.map((entry) => entry.id), storage.lasting], [["1"], true]);
  delete globalThis.localStorage;
});

test("where the browser refuses even to be asked, the page keeps everything", () => {
  const refuse = () => {
    throw new Error("SecurityError");
  };
  globalThis.localStorage = { getItem: refuse, setItem: refuse, removeItem: refuse, key: refuse, get length() { return refuse(); } };
  const storage = new Storage("web");
  assert.equal(storage.lasting, false);
  storage.keepConversation({ request: { id: "r" } });
  storage.put({ id: "1", at: 1, content: "one" });
  assert.deepEqual([storage.conversation.request.id, storage.outbox.length], ["r", 1]);
  storage.forget();
  assert.deepEqual([storage.conversation, storage.outbox, storage.lasting], [{}, [], false]);
  delete globalThis.localStorage;
});

test("links are found where they are, and nothing else becomes one", () => {
  const addresses = (text) => partsOf(text).filter((part) => part.address).map((part) => part.address);
  assert.deepEqual(addresses("See https://a.example/b?c=d#e, or (http://x.example)."), ["https://a.example/b?c=d#e", "http://x.example"]);
  assert.deepEqual(addresses("mailto:ada@example.org tel:+4319 HTTPS://UP.example"), ["mailto:ada@example.org", "tel:+4319", "HTTPS://UP.example"]);
  assert.deepEqual(addresses("javascript:alert(1) data:text/html,x xhttps://no.example https:// ftp://no"), []);
  assert.deepEqual(addresses("https://safe.example/\u202eexe.gpj"), ["https://safe.example/exe.gpj"]);
});

test("the pieces of a text are the text, whatever it is", () => {
  let seed = 3;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  const bits = ["https://", "a.example", " ", "mailto:", "ü", "(", ").", "\n", "\"", "tel:1", "🙂", "http:"];
  for (let round = 0; round < 2000; round += 1) {
    const text = Array.from({ length: random(12) }, () => bits[random(bits.length)]).join("");
    assert.equal(partsOf(text).map((part) => part.text).join(""), text);
  }
});

test("a long text without a blank is scanned at once", () => {
  const text = "https://".repeat(50_000);
  assert.equal(partsOf(text).map((part) => part.text).join(""), text);
});

test("the text on an accent can be read on every colour", () => {
  assert.equal(Math.round(contrast("#ffffff", "#000000")), 21);
  for (let colour = 0; colour <= 0xffffff; colour += 4097) {
    const accent = `#${colour.toString(16).padStart(6, "0")}`;
    assert.ok(contrast(accent, readableOn(accent)) >= 4.5, accent);
  }
});

test("ids are UUIDs of version 7 and sort by time", () => {
  const ids = [1, 2, 1_800_000_000_000].map((now) => newId(now));
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(parseInt(newId(1_800_000_000_000).replaceAll("-", "").slice(0, 12), 16), 1_800_000_000_000);
});

test("pauses grow, and have an end", () => {
  const longest = (failures) => Math.max(...Array.from({ length: 200 }, () => backoff(failures)));
  assert.ok(longest(0) < longest(4));
  assert.ok(longest(50) <= 30_250);
});

test("every language has every text with the same places, and a page may word some otherwise", async () => {
  const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  for (const other of others) {
    const { TEXTS } = await import(`${folder}/texts/${other}.js`);
    assert.deepEqual(Object.keys(TEXTS).sort(), Object.keys(english).sort());
    for (const name of Object.keys(english)) assert.deepEqual(places(TEXTS[name]), places(english[name]), `${other} ${name}`);
  }
  assert.deepEqual([languageOf(["xx", null, "de-AT", "en"]), languageOf([undefined, "xx"])], ["de", null]);
  const texts = await textsFor("de", { title: "Frag uns" });
  assert.deepEqual([texts.title, texts.send], ["Frag uns", german.send]);
  assert.equal(localeOf("de", ["en", "de@posix", "de-AT"]), "de-AT");
  assert.equal(localeOf("en", ["en-US@posix", "", "x"]), "en");
  assert.equal(filled("{a} and {b}", { a: "$&" }), "$& and {b}");
});

test("a channel that keeps nothing in the browser keeps it while the page lasts", () => {
  const storage = new Storage("web", false);
  storage.keepDraft("a");
  storage.put({ id: "m", at: 1, content: {} });
  assert.deepEqual([storage.draft, storage.outbox.length, storage.lasting], ["a", 1, false]);
  storage.drop("m");
  assert.deepEqual([storage.outbox.length, new Storage("web", false).draft], [0, ""]);
});

const token = (claims) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;

test("an identity is asked for anew when it has expired, and waited for where it is wanted", async () => {
  let asked = 0;
  const visitor = new Visitor(() => (asked += 1));
  assert.equal(await visitor.identity(), null);
  const wanted = visitor.identity(true);
  visitor.identify(token({ sub: "Zoë", exp: 1 }));
  assert.equal(visitor.claims.value.sub, "Zoë");
  assert.equal(await wanted, token({ sub: "Zoë", exp: 1 }));
  const renewed = visitor.identity();
  const fresh = token({ sub: "Zoë", exp: Date.now() / 1000 + 60 });
  visitor.identify(fresh);
  assert.deepEqual([await renewed, await visitor.identity(true), asked], [fresh, fresh, 2]);
  for (const wrong of ["", "x", "a.b.c", null]) assert.deepEqual(claimsOf(wrong), {});
});

test("a start says of the visitor what the page and the form have said", () => {
  const visitor = new Visitor();
  assert.deepEqual(visitor.details, {});
  visitor.attributes.value = { plan: "gold", subject: "of the page" };
  visitor.page = { url: "https://shop.example/", title: "Shop" };
  visitor.answers = { customer: { name: "Ada" }, attributes: { subject: "order" }, queue: "sales" };
  const attributes = { plan: "gold", subject: "order", page_url: "https://shop.example/", page_title: "Shop" };
  assert.deepEqual(visitor.details, { customer: { name: "Ada" }, attributes, queue: "sales" });
});

test("an invitation is on the paths of its patterns, in the language of the visitor", () => {
  const cases = [
    [["/shop"], "/shop", true],
    [["/shop"], "/shop/1", false],
    [["/shop/*"], "/shop/1/2", true],
    [["/a", "/*/b*c"], "/x/bc", true],
    [["/*a*a"], "/a", false],
    [["/*.html"], "/x.html/y", false],
    [[], "/", true],
  ];
  for (const [patterns, path, expected] of cases) assert.equal(isOnOne(patterns, path), expected, `${patterns} ${path}`);
  const text = { "de-at": "Servus", de: "Hallo", en: "Hello", fr: "Salut" };
  const said = [{ language: "de-AT" }, { language: "de-CH" }, { language: "it", fallback: "fr" }, { language: "it" }];
  assert.deepEqual(said.map((options) => wordsOf(text, options)), ["Servus", "Hallo", "Salut", "Hello"]);
  assert.equal(wordsOf({ nl: "Hoi" }, {}), "Hoi");
});

test("answers to the questions are sorted by what they are of", () => {
  const given = { name: "Ada", phone: "1", queue: "sales", terms: true };
  assert.deepEqual(sorted(given), { customer: { name: "Ada", phone: "1" }, attributes: { terms: true }, queue: "sales" });
  assert.deepEqual(sorted({}), { customer: {}, attributes: {} });
});
