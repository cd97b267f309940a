// What the pages keep in this browser. Where it refuses to keep anything, it is kept until the page is left.

const PREFIX = "hybridchat.";
/** What the browser has refused to keep. @type {Map<string, string>} */
const memory = new Map();

/**
 * What is kept under the name, or null.
 *
 * @template Value
 * @param {string} name
 * @returns {Value?}
 */
export function kept(name) {
  const text = memory.get(name) ?? attempt(() => localStorage.getItem(PREFIX + name));
  return attempt(() => JSON.parse(text ?? "null"));
}

/**
 * Keeps a value under the name. Null is kept by forgetting what was there.
 *
 * @param {string} name
 * @param {unknown} value
 */
export function keep(name, value) {
  memory.delete(name);
  if (value === null) {
    attempt(() => localStorage.removeItem(PREFIX + name));
    return;
  }
  const text = JSON.stringify(value);
  const isWritten = attempt(() => (localStorage.setItem(PREFIX + name, text), true));
  if (!isWritten) memory.set(name, text);
}

/** The names under which something is kept that begin so. @param {string} beginning */
export function keptNames(beginning) {
  const stored = attempt(() => Object.keys(localStorage)) ?? [];
  const names = stored.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
  return [...new Set([...names, ...memory.keys()])].filter((name) => name.startsWith(beginning));
}

/**
 * Runs the work when another tab keeps something else under the name. Returns what ends that.
 *
 * @param {string} name
 * @param {() => void} work
 */
export function onKeptElsewhere(name, work) {
  const listener = (/** @type {StorageEvent} */ { key }) => key === PREFIX + name && work();
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}

/**
 * Runs the work with the name when another tab keeps or forgets something under a name that begins so. Returns what ends
 * that.
 *
 * @param {string} beginning
 * @param {(name: string) => void} work
 */
export function onAnyKeptElsewhere(beginning, work) {
  const listener = (/** @type {StorageEvent} */ { key }) => key?.startsWith(PREFIX + beginning) && work(key.slice(PREFIX.length));
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}

/**
 * @template Result
 * @param {() => Result} work
 * @returns {Result?}
 */
function attempt(work) {
  try {
    return work();
  } catch {
    return null; // a browser may refuse to read and to write
  }
}
