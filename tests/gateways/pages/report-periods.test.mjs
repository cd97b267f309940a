// The usual periods of reports. Run with Node: `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";

const { later, localNow, PERIODS, rangeOf } = await import(`${process.env.PAGES}/reports/periods.js`);
const TODAY = "2026-12-01"; // a Tuesday

test("each period has its days", () => {
  const found = Object.fromEntries(PERIODS.map((period) => [period, Object.values(rangeOf(period, TODAY))]));
  assert.deepEqual(found, {
    today: ["2026-12-01", "2026-12-02"],
    yesterday: ["2026-11-30", "2026-12-01"],
    this_week: ["2026-11-30", "2026-12-02"],
    last_week: ["2026-11-23", "2026-11-30"],
    last_7_days: ["2026-11-25", "2026-12-02"],
    last_30_days: ["2026-11-02", "2026-12-02"],
    this_month: ["2026-12-01", "2026-12-02"],
    last_month: ["2026-11-01", "2026-12-01"],
  });
});

test("a week begins where it begins for the reader", () => {
  assert.equal(rangeOf("this_week", TODAY, 7).from, "2026-11-29");
  assert.equal(rangeOf("this_week", "2026-11-29", 1).from, "2026-11-23");
  assert.equal(rangeOf("this_week", "2026-11-29", 7).from, "2026-11-29");
});

test("now is by the clock of the zone, and by UTC where the zone is not known", () => {
  const instant = Date.parse("2026-12-01T23:30:00Z");
  assert.equal(localNow("Europe/Vienna", instant), "2026-12-02T00:30");
  assert.equal(localNow("Mars/Olympus", instant), "2026-12-01T23:30");
});

test("days are added over months and years", () => {
  assert.equal(later("2026-12-31", 1), "2027-01-01");
  assert.equal(later("2028-03-01", -1), "2028-02-29");
});
