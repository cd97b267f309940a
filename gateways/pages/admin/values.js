// Plain values of items: whether two are the same, and where they differ.

/** @import { Difference, Item } from "./types" */

/**
 * Whether two values are the same, in whatever order the names in them stand.
 *
 * @param {unknown} one
 * @param {unknown} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const [names, others] = [Object.keys(one), Object.keys(other)];
  return names.length === others.length && names.every((name) => name in other && same(one[name], other[name]));
}

/**
 * Where two items differ, down to the parts that have names. What one of them has not is null.
 *
 * @param {Item?} before
 * @param {Item?} after
 * @returns {Difference[]}
 */
export function differences(before, after) {
  return namedDifferences("", before ?? {}, after ?? {});
}

/**
 * @param {string} place
 * @param {Item} before
 * @param {Item} after
 * @returns {Difference[]}
 */
function namedDifferences(place, before, after) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [old, now] = [before[name] ?? null, after[name] ?? null];
    const path = place + name;
    if (same(old, now)) return [];
    if (isNamed(old) || isNamed(now)) {
      if ((old === null || isNamed(old)) && (now === null || isNamed(now))) return namedDifferences(`${path}.`, old ?? {}, now ?? {});
    }
    return Array.isArray(old) && Array.isArray(now) ? listDifferences(path, old, now) : [{ path, before: old, after: now }];
  });
}

/**
 * Of lists of entries with parts, the entries that differ; of lists of names, those that are gone and those that came.
 *
 * @param {string} path
 * @param {unknown[]} before
 * @param {unknown[]} after
 * @returns {Difference[]}
 */
function listDifferences(path, before, after) {
  if (![...before, ...after].some(isObject)) {
    const [gone, come] = [before.filter((each) => !after.includes(each)), after.filter((each) => !before.includes(each))];
    return [gone.length || come.length ? { path, before: gone, after: come } : { path, before, after }];
  }
  const places = Array.from({ length: Math.max(before.length, after.length) }, (_, place) => place);
  return places
    .filter((place) => !same(before[place], after[place]))
    .map((place) => ({ path: `${path}.${place}`, before: before[place] ?? null, after: after[place] ?? null }));
}

/**
 * @param {unknown} value
 * @returns {value is { [name: string]: unknown }}
 */
function isObject(value) {
  return typeof value === "object" && value !== null;
}

/**
 * @param {unknown} value
 * @returns {value is Item}
 */
function isNamed(value) {
  return isObject(value) && !Array.isArray(value);
}
