// Signals, computed values, effects and their owners. Run with Node: `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";

const { batch, computed, effect, onStop, owned, signal, untracked } = await import(`${process.env.PAGES}/base/signals.js`);

/** The values that an effect has seen. */
function seen(read) {
  const values = [];
  const stop = effect(() => values.push(read()));
  return { values, stop };
}

/** What is reported while the work runs. */
function reported(work) {
  const errors = [];
  globalThis.reportError = (error) => errors.push(error.message);
  try {
    work();
  } finally {
    delete globalThis.reportError;
  }
  return errors;
}

test("an effect runs again when what it has read changes, and not when it is set to the same", () => {
  const name = signal("Ada");
  const { values } = seen(() => name.value);
  name.value = "Ada";
  name.value = "Grace";
  assert.deepEqual(values, ["Ada", "Grace"]);
});

test("an effect depends only on what it has read the last time", () => {
  const which = signal(true);
  const [first, second] = [signal(1), signal(2)];
  const { values } = seen(() => (which.value ? first.value : second.value));
  which.value = false;
  first.value = 10;
  second.value = 20;
  assert.deepEqual(values, [1, 2, 20]);
});

test("what depends on a value in two ways runs once, and never sees half a change", () => {
  const count = signal(1);
  const double = computed(() => count.value * 2);
  const { values } = seen(() => [count.value, double.value]);
  count.value = 2;
  assert.deepEqual(values, [[1, 2], [2, 4]]);
});

test("a computed value that comes out the same disturbs nobody", () => {
  const count = signal(1);
  const odd = computed(() => count.value % 2 === 1);
  const { values } = seen(() => odd.value);
  count.value = 3;
  count.value = 4;
  assert.deepEqual(values, [true, false]);
});

test("a computed value is worked out when it is read, and once", () => {
  let times = 0;
  const count = signal(1);
  const double = computed(() => {
    times += 1;
    return count.value * 2;
  });
  assert.equal(times, 0);
  assert.deepEqual([double.value, double.value, times], [2, 2, 1]);
  count.value = 2;
  assert.equal(times, 1);
  assert.equal(double.value, 4);
  assert.equal(times, 2);
});

test("a batch runs each effect once, after all of it", () => {
  const [first, second] = [signal(1), signal(1)];
  const { values } = seen(() => first.value + second.value);
  batch(() => {
    first.value = 2;
    second.value = 2;
    batch(() => (first.value = 3));
    assert.equal(values.length, 1);
  });
  assert.deepEqual(values, [2, 5]);
});

test("an effect may set values, and those who depend on them follow", () => {
  const [celsius, fahrenheit] = [signal(0), signal(0)];
  effect(() => (fahrenheit.value = celsius.value * 1.8 + 32));
  const { values } = seen(() => fahrenheit.value);
  celsius.value = 100;
  assert.deepEqual(values, [32, 212]);
});

test("effects that never come to an end are an error, and the rest goes on", () => {
  const count = signal(0);
  const { values } = seen(() => count.value > 5);
  const stop = effect(() => (count.value > 0 ? (count.value += 1) : null));
  assert.throws(() => (count.value = 1), /keep changing/);
  stop();
  count.value = 0;
  assert.equal(values.at(-1), false);
});

test("an error in an effect is reported, and neither it nor others end", () => {
  const count = signal(0);
  effect(() => {
    if (count.value === 1) throw new Error("one");
  });
  const { values } = seen(() => count.value);
  assert.deepEqual(reported(() => (count.value = 1)), ["one"]);
  assert.deepEqual(reported(() => (count.value = 2)), []);
  assert.deepEqual(values, [0, 1, 2]);
});

test("an error in a computed value reaches those who read it, until it can be worked out", () => {
  const count = signal(0);
  const inverse = computed(() => {
    if (count.value === 0) throw new Error("no inverse");
    return 1 / count.value;
  });
  assert.throws(() => inverse.value, /no inverse/);
  count.value = 2;
  assert.equal(inverse.value, 0.5);
  const errors = reported(() => {
    const { values } = seen(() => inverse.value);
    count.value = 0;
    count.value = 4;
    assert.deepEqual(values, [0.5, 0.25]);
  });
  assert.deepEqual(errors, ["no inverse"]);
});

test("reading without depending", () => {
  const [first, second] = [signal(1), signal(1)];
  const { values } = seen(() => untracked(() => first.value) + second.peek());
  first.value = second.value = 2;
  assert.deepEqual(values, [2]);
});

test("a stopped effect runs no more, also when it was due already", () => {
  const count = signal(0);
  const { values, stop } = seen(() => count.value);
  batch(() => {
    count.value = 1;
    stop();
  });
  count.value = 2;
  assert.deepEqual(values, [0]);
});

test("an owner stops what was made in it, the newest first, also inside effects", () => {
  const stopped = [];
  const count = signal(0);
  const { made, stop } = owned(() => {
    onStop(() => stopped.push("outer"));
    effect(() => {
      const now = count.value;
      onStop(() => stopped.push(now));
    });
    return "made";
  });
  assert.equal(made, "made");
  count.value = 1;
  assert.deepEqual(stopped, [0]);
  stop();
  count.value = 2;
  assert.deepEqual(stopped, [0, 1, "outer"]);
});

test("what an effect has made stops before it runs again", () => {
  const [outer, inner] = [signal("a"), signal(0)];
  const values = [];
  effect(() => {
    const now = outer.value;
    effect(() => values.push(now + inner.value));
  });
  outer.value = "b";
  inner.value = 1;
  assert.deepEqual(values, ["a0", "b0", "b1"]);
});

test("a value holds on to no effect and no computed value that has ended", () => {
  const count = signal(0);
  const { stop } = owned(() => {
    const double = computed(() => count.value * 2);
    effect(() => double.value);
    effect(() => count.value);
  });
  assert.equal(count.readers.size, 2);
  stop();
  assert.equal(count.readers.size, 0);
});

test("random graphs: every effect ends with what working it all out anew gives", () => {
  let seed = 7;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 200; round += 1) {
    const inputs = Array.from({ length: 4 }, () => signal(random(5)));
    const sources = [...inputs];
    const plain = [...inputs.map((input) => () => input.peek())];
    for (let made = 0; made < 8; made += 1) {
      const [left, right, chooser] = [random(sources.length), random(sources.length), random(sources.length)];
      const work = (read) => (read(chooser) % 2 ? read(left) : read(left) + read(right)) % 7;
      sources.push(computed(() => work((at) => sources[at].value)));
      plain.push(() => work((at) => plain[at]()));
    }
    const last = sources.map(() => null);
    const { stop } = owned(() => sources.forEach((source, at) => effect(() => (last[at] = source.value))));
    for (let step = 0; step < 20; step += 1) {
      batch(() => {
        for (let change = random(3); change >= 0; change -= 1) inputs[random(4)].value = random(5);
      });
      assert.deepEqual(last, plain.map((read) => read()));
    }
    stop();
  }
});
