// The lines of charts' axes. Run with Node: `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";

const { everyNth, ticksOf } = await import(`${process.env.PAGES}/base/chart/ticks.js`);

test("an axis ends at the first round value that no value exceeds", () => {
  assert.deepEqual(ticksOf(7, "count"), [0, 2, 4, 6, 8]);
  assert.deepEqual(ticksOf(1000, "count"), [0, 200, 400, 600, 800, 1000]);
  assert.deepEqual(ticksOf(0.3, "number"), [0, 0.1, 0.2, 0.3]);
});

test("what is counted has no half steps", () => {
  assert.deepEqual(ticksOf(2, "count"), [0, 1, 2]);
  assert.deepEqual(ticksOf(0, "count"), [0, 1]);
});

test("durations have the steps of a clock", () => {
  assert.deepEqual(ticksOf(55, "duration"), [0, 15, 30, 45, 60]);
  assert.deepEqual(ticksOf(7000, "duration"), [0, 1800, 3600, 5400, 7200]);
  assert.deepEqual(ticksOf(864_000, "duration"), [0, 172_800, 345_600, 518_400, 691_200, 864_000]);
});

test("most shares are drawn up to all of it", () => {
  assert.deepEqual(ticksOf(62.5, "share"), [0, 25, 50, 75, 100]);
  assert.deepEqual(ticksOf(3, "share"), [0, 1, 2, 3]);
});

test("an axis of any largest value ends at or beyond it, in few steps", () => {
  for (const kind of ["count", "number", "duration", "share"]) {
    for (let power = -3; power < 9; power += 0.07) {
      const largest = 10 ** power;
      const ticks = ticksOf(largest, kind);
      assert.ok(ticks.at(-1) >= largest * (1 - 1e-9), `${kind} ${largest}: ${ticks}`);
      assert.ok(ticks.length <= 7, `${kind} ${largest}: ${ticks}`);
      assert.ok(ticks.every((tick, place) => place === 0 || tick > ticks[place - 1]));
    }
  }
});

test("as many marks are written as there is room for", () => {
  assert.equal(everyNth(10, 20), 1);
  assert.equal(everyNth(96, 10), 12);
  assert.equal(everyNth(20_000, 8), 2592);
});
