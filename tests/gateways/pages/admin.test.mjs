// What the administration works out without a page: fields by the API's description, drafts, differences of items, and
// the shifts of a week.

import assert from "node:assert/strict";
import { test } from "node:test";

const { Draft } = await import(`${process.env.PAGES}/admin/draft.js`);
const { effect } = await import(`${process.env.PAGES}/base/signals.js`);
const { shapesIn } = await import(`${process.env.PAGES}/admin/schema.js`);
const { differences, same } = await import(`${process.env.PAGES}/admin/values.js`);
const { calendarOf, minuteIn, moved, nextShift, overlapping, shiftOf, shiftsIn, spanOf } = await import(`${process.env.PAGES}/admin/shifts.js`);

test("values are the same in whatever order their names stand", () => {
  assert.ok(same({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }));
  assert.ok(!same({ a: 1 }, { a: 1, b: undefined }));
  assert.ok(!same([1, 2], [2, 1]));
  assert.ok(!same([], {}));
  assert.ok(!same(1, true));
});

test("differences go down to the parts that have names", () => {
  const before = { name: "Alice", team: "service", attributes: { english: 9, sales: true }, mrds: ["chat", "sms"] };
  const after = { name: "Alice", attributes: { english: 10, german: 6 }, mrds: ["chat", "callback"] };
  assert.deepEqual(differences(before, after), [
    { path: "team", before: "service", after: null },
    { path: "attributes.english", before: 9, after: 10 },
    { path: "attributes.sales", before: true, after: null },
    { path: "attributes.german", before: null, after: 6 },
    { path: "mrds", before: ["sms"], after: ["callback"] },
  ]);
  assert.deepEqual(differences(before, before), []);
});

test("steps that differ stand by their places, and names in another order whole", () => {
  const step = (criterion) => ({ criterion, seconds: 30 });
  const found = differences({ steps: [step("a"), step("b")] }, { steps: [step("a"), step("c"), step("d")] });
  assert.deepEqual(found.map(({ path }) => path), ["steps.1", "steps.2"]);
  assert.deepEqual(differences({ mrds: ["a", "b"] }, { mrds: ["b", "a"] }), [{ path: "mrds", before: ["a", "b"], after: ["b", "a"] }]);
});

test("an item that is added or removed differs in all that it has", () => {
  assert.deepEqual(differences(null, { label: "Sale" }), [{ path: "label", before: null, after: "Sale" }]);
  assert.deepEqual(differences({ label: "Sale" }, null), [{ path: "label", before: "Sale", after: null }]);
});

test("shifts are read and written again", () => {
  const calendar = { monday: ["09:00-12:00", "13:00-24:00"], sunday: ["00:00-06:15"] };
  assert.deepEqual(calendarOf(shiftsIn(calendar)), calendar);
  assert.equal(spanOf(shiftOf("monday", 0, 1440)), "00:00-24:00");
});

test("a shift is moved within the week, and never shorter than a quarter of an hour", () => {
  const shift = shiftOf("monday", 540, 1020);
  const at = ({ day, start, end }) => [day, start, end];
  assert.deepEqual(at(moved(shift, 15)), ["monday", 555, 1035]);
  assert.deepEqual(at(moved(shift, 9999)), ["monday", 960, 1440]);
  assert.deepEqual(at(moved(shift, -9999)), ["monday", 0, 480]);
  assert.deepEqual(at(moved(shift, 0, -1)), ["monday", 540, 1020]);
  assert.deepEqual(at(moved(shift, 0, 9)), ["sunday", 540, 1020]);
  assert.deepEqual(at(moved(shift, 9999, 0, "start")), ["monday", 1005, 1020]);
  assert.deepEqual(at(moved(shift, -9999, 0, "end")), ["monday", 540, 555]);
});

test("shifts overlap only on the same day, and not where they meet", () => {
  const [one, other, later] = [shiftOf("monday", 540, 720), shiftOf("monday", 705, 800), shiftOf("tuesday", 540, 720)];
  assert.deepEqual(overlapping([one, other, later]), [one, other]);
  assert.deepEqual(overlapping([one, shiftOf("monday", 720, 800)]), []);
});

test("another shift goes behind those of its day while there is room", () => {
  const spans = (shifts, day) => nextShift(shifts, day) && spanOf(nextShift(shifts, day));
  assert.equal(spans([], "monday"), "09:00-17:00");
  assert.equal(spans([shiftOf("monday", 540, 720)], "monday"), "13:00-17:00");
  assert.equal(spans([shiftOf("monday", 540, 1380)], "monday"), "23:00-24:00");
  assert.equal(spans([shiftOf("monday", 540, 1440)], "monday"), null);
});

test("times are read as people write them", () => {
  assert.deepEqual(["9", "09:30", "24:00", "7.15"].map(minuteIn), [540, 570, 1440, 435]);
  assert.ok(["", "25", "24:01", "9:60", "noon", "-1"].every((text) => Number.isNaN(minuteIn(text))));
});

const SCHEMAS = {
  Channel: {
    properties: {
      kind: { enum: ["web", "connector"], default: "web" },
      connector: { anyOf: [{ anyOf: [{ $ref: "#/components/schemas/Telegram" }], discriminator: { propertyName: "type", mapping: { telegram: "#/components/schemas/Telegram" } } }, { type: "null" }], default: null },
    },
  },
  Telegram: {
    properties: {
      type: { enum: ["telegram"] },
      token: { type: "string", description: "The name of a secret in the section [secrets] of the settings." },
      updates: { enum: ["polling", "webhook"], default: "webhook" },
      tries: { anyOf: [{ type: "integer", minimum: 1 }, { type: "null" }], default: null },
    },
    required: ["type", "token"],
  },
};
const CHANNELS = { key: "channels", sections: [{ key: null, fields: [{ path: "kind" }] }, { key: "connector", fields: [{ path: "connector" }], only: { kind: "connector" } }] };

test("the fields of a union are known by its types", () => {
  const { telegram } = shapesIn(SCHEMAS, "Channel").connector.variants;
  assert.deepEqual(Object.keys(telegram), ["token", "updates", "tries"]);
  assert.deepEqual(Object.values(telegram).map(({ isSecret, required, initial }) => [isSecret, required, initial]), [[true, true, ""], [false, false, "webhook"], [false, false, null]]);
  assert.equal(telegram.tries.minimum, 1);
});

test("a draft is known to be saved, whatever its fields are", () => {
  const draft = new Draft({ key: "channels", sections: [] }, { kind: { initial: "web" } }, "sms", { item: { kind: "web" }, version: 3 });
  const seen = [];
  effect(() => seen.push(draft.isChanged));
  draft.values.kind.value = "task";
  draft.saved({ kind: "task" }, { kind: "task" }, 4);
  draft.rebase({ kind: "callback" }, 5);
  assert.deepEqual([seen, draft.item], [[false, true, false, false], { kind: "callback" }]);
});

test("what is typed into a section that does not count is kept, and left out", () => {
  const connector = { type: "telegram", token: "bot" };
  const draft = new Draft(CHANNELS, shapesIn(SCHEMAS, "Channel"), "sms", { item: { kind: "connector", connector }, version: 3 });
  assert.ok(!draft.isChanged);
  draft.values.kind.value = "web";
  const sent = draft.item;
  assert.deepEqual([sent, draft.changed], [{ kind: "web", connector: null }, ["kind", "connector"]]);
  draft.saved(sent, { kind: "web" }, 4);
  assert.ok(!draft.isChanged);
  draft.values.kind.value = "connector";
  assert.deepEqual(draft.item, { kind: "connector", connector });
});
