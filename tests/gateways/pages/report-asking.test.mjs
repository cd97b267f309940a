// What an address asks of a report and of the dashboard. Run with Node: `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";

const { askedOf, groupsOf, periodOf, rangeAsked } = await import(`${process.env.PAGES}/reports/asked.js`);
const { DEFAULTS, levelOf, thresholdsOf } = await import(`${process.env.PAGES}/reports/thresholds.js`);

const SUMMARY = { kind: "summary", filters: ["queue", "agent"], dimensions: ["agent", "queue", "mrd"], default_by: ["queue", "mrd"], intervals: ["15", "60", "day", "total"], default_interval: "60" };
const LIST = { kind: "list", filters: ["channel"], dimensions: [], default_by: [], intervals: [], default_interval: null };
const READER = { zone: "Europe/Vienna", now: "2026-12-01T09:30", firstDay: 1 };
const TODAY = { from: "2026-12-01", to: "2026-12-02", zone: "Europe/Vienna" };

test("a report without parameters is that of today, as it is by itself, beside the period before", () => {
  assert.deepEqual(askedOf(SUMMARY, {}, READER), { ...TODAY, interval: "60", by: "queue,mrd", compare: "previous" });
  assert.deepEqual(askedOf(LIST, {}, READER), TODAY);
});

test("a report is asked for with its own filters and nothing else", () => {
  const asked = askedOf(SUMMARY, { queue: "sales,support", channel: "web", show: "offered", compare: "no" }, READER);
  assert.deepEqual(asked, { ...TODAY, queue: "sales,support", interval: "60", by: "queue,mrd" });
  assert.deepEqual(askedOf(LIST, { queue: "sales", channel: "web", by: "agent", interval: "15" }, READER), { ...TODAY, channel: "web" });
});

test("an interval that the report does not have is left to the report", () => {
  assert.equal(askedOf(SUMMARY, { interval: "7" }, READER).interval, "60");
  assert.equal(askedOf(SUMMARY, { interval: "day" }, READER).interval, "day");
});

test("what has a row each stands in the order of the report, and total stands for everything as one", () => {
  assert.deepEqual(groupsOf(SUMMARY, { by: "mrd,agent,nothing" }), ["agent", "mrd"]);
  assert.equal(askedOf(SUMMARY, { by: "total" }, READER).by, "total");
  assert.deepEqual(groupsOf(SUMMARY, { by: "" }), ["queue", "mrd"]);
});

test("a period of its own is passed on as it stands, and an unknown one is none", () => {
  const own = { from: "2026-11-01T08:00", to: "2026-11-03" };
  assert.equal(periodOf(own), null);
  assert.deepEqual(rangeAsked(own, READER.now, 1), own);
  assert.equal(periodOf({ period: "the_other_day" }), "today");
  assert.equal(periodOf({ period: "yesterday", ...own }), "yesterday");
});

test("thresholds of an address replace the usual ones only if they are numbers", () => {
  assert.deepEqual(thresholdsOf({ waiting: "2,5" }, "waiting"), [2, 5]);
  for (const text of ["", "2", "2,x", ",5", "Infinity,5"]) assert.deepEqual(thresholdsOf({ waiting: text }, "waiting"), DEFAULTS.waiting, text);
});

test("a figure that grows is bad from its threshold on, and a service level below it", () => {
  assert.deepEqual([1, 2, 4, 5].map((value) => levelOf(value, [2, 5])), ["good", "warn", "warn", "bad"]);
  assert.deepEqual([80, 79.9, 60, 59.9].map((value) => levelOf(value, [80, 60])), ["good", "warn", "warn", "bad"]);
  assert.equal(levelOf(null, [2, 5]), null);
});
