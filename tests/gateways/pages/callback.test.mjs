// The parts of the callback that know of no page. Run with Node: `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";

const folder = `${process.env.PAGES}/widget`;
const { countriesOf, countryOf, faultOf, numberOf, probableCountry } = await import(`${folder}/callback-phone.js`);
const { BEGINNING, isOver, reduce } = await import(`${folder}/callback-progress.js`);
const { callbackTexts } = await import(`${folder}/callback-texts.js`);
const { daysOf, timeInWords, zoneInWords } = await import(`${folder}/callback-times.js`);

const CODES = { AT: "43", CA: "1", DE: "49", EG: "20", GB: "44", GG: "44", US: "1" };
const NOW = Date.parse("2026-11-23T09:00:00Z"); // a Monday

function opening(start, end) {
  return { start, end };
}

test("times are quarters of an hour from soon after now up to the end of each opening", () => {
  const openings = [opening("2026-11-23T08:00:00Z", "2026-11-23T09:45:00Z"), opening("2026-11-24T08:07:00Z", "2026-11-24T08:31:00Z")];
  const days = daysOf(openings, NOW, "Europe/Vienna", "en-GB");
  assert.deepEqual(days.map(({ times }) => times.map(({ label }) => label)), [["10:15", "10:30"], ["09:15", "09:30"]]);
  assert.equal(days[0].times[0].at, "2026-11-23T09:15:00.000Z");
  assert.deepEqual(daysOf(openings, Date.parse("2026-11-25T00:00:00Z"), "UTC", "en"), []);
});

test("days are those of the visitor's zone, and the first two are named", () => {
  const openings = [opening("2026-11-23T14:00:00Z", "2026-11-23T16:00:00Z"), opening("2026-11-25T08:00:00Z", "2026-11-25T08:30:00Z")];
  const labels = (zone, locale) => daysOf(openings, NOW, zone, locale).map(({ label }) => label);
  assert.deepEqual(labels("Europe/Vienna", "de"), ["Heute – Montag, 23. November", "Mittwoch, 25. November"]);
  assert.deepEqual(labels("Asia/Tokyo", "en-GB"), ["Today – Monday 23 November", "Tomorrow – Tuesday 24 November", "Wednesday 25 November"]);
});

test("days and times are right where clocks change, and the hour that comes twice can be told apart", () => {
  const [day] = daysOf([opening("2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z")], Date.parse("2026-10-24T08:00:00Z"), "Europe/Vienna", "en-GB");
  assert.equal(day.label, "Tomorrow – Sunday 25 October");
  assert.deepEqual(day.times.map(({ label }) => label), [
    "02:00 CEST", "02:15 CEST", "02:30 CEST", "02:45 CEST", "02:00 CET", "02:15 CET", "02:30 CET", "02:45 CET",
  ]);
  const [half] = daysOf([opening("2026-11-24T04:10:00Z", "2026-11-24T05:00:00Z")], NOW, "Asia/Kathmandu", "en-GB");
  assert.deepEqual(half.times.map(({ label }) => label), ["10:00", "10:15", "10:30"]);
});

test("two weeks around the clock have every quarter of an hour once", () => {
  const days = daysOf([opening("2026-11-23T09:00:00Z", "2026-12-07T09:00:00Z")], NOW, "America/New_York", "en-US");
  const all = days.flatMap(({ times }) => times.map(({ at }) => at));
  assert.equal(all.length, 14 * 96 - 1);
  assert.equal(new Set(all).size, all.length);
  assert.equal(days.length, 15);
});

test("times and zones are in the words and digits of the locale", () => {
  const at = "2026-12-07T09:30:00Z";
  assert.equal(timeInWords(at, "Europe/Vienna", "en-GB"), "Monday 7 December at 10:30");
  assert.match(timeInWords(at, "America/New_York", "en-US"), /^Monday, December 7 at 4:30\sAM$/);
  assert.equal(zoneInWords("Europe/Vienna", "en-GB"), "Central European Time");
  assert.equal(zoneInWords("Asia/Tokyo", "de"), "Japanische Normalzeit");
});

test("the probable country stands first, the others by their names", () => {
  const names = countriesOf(CODES, "de", "GB").map(({ name }) => name);
  assert.deepEqual(names, ["Vereinigtes Königreich", "Ägypten", "Deutschland", "Guernsey", "Kanada", "Österreich", "Vereinigte Staaten"]);
  assert.equal(probableCountry(CODES, ["de", "de-AT", "en-US"], "EG"), "AT");
  assert.equal(probableCountry(CODES, ["de", "en-NZ"], "EG"), "EG");
});

test("a number gets the code of the country unless it has one", () => {
  assert.equal(numberOf(" 0660 1234567 ", "43"), "+43 0660 1234567");
  assert.equal(numberOf("+44 20 7946 0958", "43"), "+44 20 7946 0958");
  assert.equal(numberOf("0044 20 7946 0958", "43"), "+44 20 7946 0958");
  assert.equal(numberOf("\u202a+٤٣ ٦٦٠\u202c", "20"), "+43 660");
  assert.equal(numberOf("＋４３ ６６０", "20"), "+43 660");
});

test("the country follows a number that is typed with its code, and stays among those of one code", () => {
  assert.equal(countryOf("+43 6", CODES, "US"), "AT");
  assert.equal(countryOf("0044", CODES, "GG"), "GG");
  assert.equal(countryOf("0660", CODES, "AT"), null);
  assert.equal(countryOf("+999", CODES, "AT"), null);
});

test("what is no number is found before it is sent", () => {
  assert.deepEqual(["", "  ", "call me", "12", "+43", "0660 1234567", "٠٦٦٠١٢"].map(faultOf), [
    "callPhoneMissing", "callPhoneMissing", "callPhoneLetters", "callPhoneShort", "callPhoneShort", null, null,
  ]);
});

test("a callback from the line to an agent, back into the line and to its end", () => {
  let version = 0;
  const event = (type, data = {}) => ({ type, version: (version += 1), data });
  const events = [
    event("ConversationStarted"),
    event("AgentRequested"),
    { type: "WaitChanged", data: { position: 2, estimated_wait_seconds: 90 } },
    event("AgentJoined", { agent_id: "alice", agent_name: "Alice" }),
    event("AgentRequested"),
    event("ConversationEnded", { reason: "agent_ended" }),
  ];
  const states = events.map((_, at) => events.slice(0, at + 1).reduce(reduce, BEGINNING));
  assert.deepEqual(states.map(({ status }) => status), ["waiting", "waiting", "waiting", "agent", "waiting", "done"]);
  assert.deepEqual([states[2].place, states[3].place, states[3].agent, states[4].agent], [2, null, "Alice", null]);
  assert.equal(reduce(states[5], events[3]), states[5]);
  assert.deepEqual(states.map(isOver), [false, false, false, false, false, true]);
  const ended = (reason) => reduce(BEGINNING, event("ConversationEnded", { reason })).status;
  assert.deepEqual(["cancelled", "customer_left", "no_agent_available", "force_closed"].map(ended), ["cancelled", "cancelled", "missed", "done"]);
});

test("every language has every text with the same places", async () => {
  const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  const english = await callbackTexts("en");
  assert.equal(await callbackTexts("xx"), english);
  for (const language of ["ar", "de", "es", "fr"]) {
    const texts = await callbackTexts(language);
    assert.deepEqual(Object.keys(texts), Object.keys(english), language);
    for (const name of Object.keys(english)) assert.deepEqual(places(texts[name]), places(english[name]), `${language} ${name}`);
  }
});
