// The changes of a JSON Patch: each with the values before and after, and its path in the final state.

/** @import { Change, ChangeKind, PatchOperation } from "./types" */

/**
 * `kind` is added, removed, changed or moved; `path` is the value's path in the state after all changes.
 *
 * @param {unknown} before
 * @param {PatchOperation[]} patch
 */
export function changesOf(before, patch) {
  const document = { whole: structuredClone(before) };
  /** @type {Change[]} */
  const changes = [];
  for (const operation of patch) apply(document, operation, changes);
  return changes;
}

/**
 * The changes of a stream's first event: every field of the state is added.
 *
 * @param {object} state
 * @returns {Change[]}
 */
export function allAdded(state) {
  return Object.entries(state).map(([name, after]) => ({ kind: "added", path: [name], before: undefined, after }));
}

/**
 * @param {object} document
 * @param {PatchOperation} operation
 * @param {Change[]} changes
 */
function apply(document, { op, path, from, value }, changes) {
  const place = ["whole", ...parsed(path)];
  if (op === "add") change(changes, "added", place, undefined, put(document, place, value, changes));
  else if (op === "remove") change(changes, "removed", place, take(document, place, changes), undefined);
  else if (op === "replace") change(changes, "changed", place, replace(document, place, value), value);
  else if (op === "move") {
    const moved = take(document, ["whole", ...parsed(from)], changes);
    change(changes, "moved", place, parsed(from), put(document, place, moved, changes));
  } else if (op === "copy") {
    const copy = structuredClone(at(document, ["whole", ...parsed(from)]));
    change(changes, "added", place, undefined, put(document, place, copy, changes));
  }
}

/**
 * @param {Change[]} changes
 * @param {ChangeKind} kind
 * @param {string[]} place
 * @param {unknown} before
 * @param {unknown} after
 */
function change(changes, kind, place, before, after) {
  changes.push({ kind, path: place.slice(1), before: structuredClone(before), after: structuredClone(after) });
}

/** @param {string} pointer */
function parsed(pointer) {
  return pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/**
 * @param {object} document
 * @param {string[]} place
 * @returns {any}
 */
function at(document, place) {
  return place.reduce((value, part) => value?.[part], /** @type {any} */ (document));
}

/**
 * What holds the value at a place, and the value's name in it.
 *
 * @param {object} document
 * @param {string[]} place
 * @returns {[any, string]}
 */
function parentOf(document, place) {
  return [at(document, place.slice(0, -1)), place[place.length - 1]];
}

/**
 * @param {object} document
 * @param {string[]} place
 * @param {unknown} value
 * @param {Change[]} changes
 */
function put(document, place, value, changes) {
  const [parent, last] = parentOf(document, place);
  if (Array.isArray(parent)) {
    const index = last === "-" ? parent.length : Number(last);
    place[place.length - 1] = String(index);
    shift(changes, place, 1);
    parent.splice(index, 0, value);
  } else parent[last] = value;
  return value;
}

/**
 * @param {object} document
 * @param {string[]} place
 * @param {Change[]} changes
 */
function take(document, place, changes) {
  const [parent, last] = parentOf(document, place);
  const value = parent[last];
  if (Array.isArray(parent)) {
    parent.splice(Number(last), 1);
    shift(changes, place, -1);
  } else delete parent[last];
  return value;
}

/**
 * @param {object} document
 * @param {string[]} place
 * @param {unknown} value
 */
function replace(document, place, value) {
  const [parent, last] = parentOf(document, place);
  const before = parent[last];
  parent[last] = structuredClone(value);
  return before;
}

/**
 * An item that is inserted into a list or taken out of it moves the items behind it: their paths are corrected.
 *
 * @param {Change[]} changes
 * @param {string[]} place
 * @param {number} by
 */
function shift(changes, place, by) {
  const depth = place.length - 2;
  const parent = place.slice(1, -1);
  const index = Number(place.at(-1));
  for (const { kind, path } of changes) {
    const inside = kind !== "removed" && path.length > depth && parent.every((part, level) => part === path[level]);
    if (inside && Number(path[depth]) >= index) path[depth] = String(Number(path[depth]) + by);
  }
}
