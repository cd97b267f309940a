// Values, and what depends on them. When a value changes, the effects that have read it run again, each of them once.

/**
 * What is running now and so depends on each value that it reads.
 *
 * @type {Dependent?}
 */
let reader = null;
/**
 * What owns the effects and values that are made now.
 *
 * @type {Owner?}
 */
let owner = null;
let batches = 0;
/** @type {Set<Effect>} */
const due = new Set();
const MAX_ROUNDS = 100;

/**
 * A value that can be set. Reading it in an effect or a computed value makes that depend on it.
 *
 * @type {<T>(initial: T) => Signal<T>}
 */
export function signal(initial) {
  return new Signal(initial);
}

/**
 * A value made of others. It is worked out when it is read, and again only when one of those has changed.
 *
 * @type {<T>(work: () => T) => Computed<T>}
 */
export function computed(work) {
  return new Computed(work);
}

/**
 * Runs the work now, and again whenever a value that it has read changes. An error in it is reported and ends neither
 * it nor others. What the work makes or leaves to `onStop` is stopped before it runs again. Returns the function that
 * stops the effect; its owner stops it too.
 *
 * @param {() => void} work
 */
export function effect(work) {
  const made = new Effect(work);
  made.run();
  return () => made.stop();
}

/**
 * Runs the work, and only then the effects of all that it has changed.
 *
 * @type {<T>(work: () => T) => T}
 */
export function batch(work) {
  batches += 1;
  try {
    return work();
  } finally {
    batches -= 1;
    if (!batches) flush();
  }
}

/**
 * Runs the work without making anything depend on what it reads.
 *
 * @type {<T>(work: () => T) => T}
 */
export function untracked(work) {
  return running(null, owner, work);
}

/**
 * Runs the work and owns what it makes: `stop` ends all of that, the newest first.
 *
 * @template T
 * @param {() => T} work
 */
export function owned(work) {
  const made = new Owner();
  return { made: running(null, made, work), stop: () => made.stop() };
}

/**
 * Runs the work when the present owner is stopped.
 *
 * @param {() => void} work
 */
export function onStop(work) {
  owner?.own(work);
}

class Owner {
  /** @type {(() => void)[]} */
  #stops = [];

  /** @param {() => void} stop */
  own(stop) {
    this.#stops.push(stop);
  }

  stop() {
    for (const stop of this.#stops.splice(0).reverse()) guarded(stop);
  }
}

class Source {
  /** @type {Set<Dependent>} */
  readers = new Set();
  version = 0;

  read() {
    if (!reader) return;
    reader.sources.set(this, this.version);
    this.readers.add(reader);
  }

  announce() {
    for (const each of [...this.readers]) each.outdate();
  }

  refresh() {}
}

/** @template T */
class Signal extends Source {
  #value;

  /** @param {T} initial */
  constructor(initial) {
    super();
    this.#value = initial;
  }

  get value() {
    this.read();
    return this.#value;
  }

  set value(next) {
    if (Object.is(next, this.#value)) return;
    this.#value = next;
    this.version += 1;
    batch(() => this.announce());
  }

  /** The value, without depending on it. */
  peek() {
    return this.#value;
  }
}

/** @template T */
class Computed extends Source {
  /** @type {Map<Source, number>} */
  sources = new Map();
  #work;
  /** @type {T | undefined} */
  #value;
  #known = false;
  #outdated = true;

  /** @param {() => T} work */
  constructor(work) {
    super();
    this.#work = work;
    owner?.own(() => this.#stop());
  }

  get value() {
    try {
      this.refresh();
    } finally {
      this.read();
    }
    return /** @type {T} */ (this.#value);
  }

  peek() {
    this.refresh();
    return /** @type {T} */ (this.#value);
  }

  outdate() {
    if (this.#outdated) return;
    this.#outdated = true;
    this.announce();
  }

  refresh() {
    if (this.#known && !this.#outdated) return;
    this.#outdated = false;
    if (!this.#known || hasChanged(this)) this.#workOut();
  }

  /** One that is read later all the same is worked out anew. */
  #stop() {
    forget(this);
    this.#known = false;
    this.#outdated = true;
  }

  #workOut() {
    forget(this);
    const known = this.#known;
    this.#known = false;
    const next = running(this, null, this.#work);
    if (!known || !Object.is(next, this.#value)) this.version += 1;
    this.#value = next;
    this.#known = true;
  }
}

class Effect {
  /** @type {Map<Source, number>} */
  sources = new Map();
  #work;
  #owner = new Owner();
  #stopped = false;

  /** @param {() => void} work */
  constructor(work) {
    this.#work = work;
    owner?.own(() => this.stop());
  }

  outdate() {
    due.add(this);
  }

  runIfChanged() {
    if (!this.#stopped && hasChanged(this)) this.run();
  }

  run() {
    this.#owner.stop();
    forget(this);
    guarded(() => running(this, this.#owner, this.#work));
  }

  stop() {
    this.#stopped = true;
    this.#owner.stop();
    forget(this);
    due.delete(this);
  }
}

/** @type {<T>(newReader: Dependent?, newOwner: Owner?, work: () => T) => T} */
function running(newReader, newOwner, work) {
  const [oldReader, oldOwner] = [reader, owner];
  [reader, owner] = [newReader, newOwner];
  try {
    return work();
  } finally {
    [reader, owner] = [oldReader, oldOwner];
  }
}

/**
 * Whether a source of the dependent has another value than the dependent has read.
 *
 * @param {Dependent} dependent
 */
function hasChanged(dependent) {
  for (const [source, version] of dependent.sources) {
    try {
      source.refresh();
    } catch {
      return true; // running the dependent meets the error, and reports it
    }
    if (source.version !== version) return true;
  }
  return false;
}

/** @param {Dependent} dependent */
function forget(dependent) {
  for (const source of dependent.sources.keys()) source.readers.delete(dependent);
  dependent.sources.clear();
}

function flush() {
  for (let round = 0; due.size; round += 1) {
    if (round === MAX_ROUNDS) {
      due.clear();
      throw new Error("effects keep changing what they depend on");
    }
    const now = [...due];
    due.clear();
    batches += 1;
    for (const each of now) guarded(() => each.runIfChanged());
    batches -= 1;
  }
}

/** @param {() => void} work */
function guarded(work) {
  try {
    work();
  } catch (error) {
    if ("reportError" in globalThis) reportError(error);
    else console.error(error);
  }
}
