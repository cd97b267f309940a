// The configuration as this page knows it: the tables that it has read, and changes that depend on what was read.

/** @import { Item, KindKey, Table, Versioned } from "./types" */
import { addressOf, call, send } from "../base/session/calls.js";
import { signal } from "../base/signals.js";

const PAGE = 1000;
/** @type {Map<KindKey, Signal<Table?>>} */
const tables = new Map();

/** The items of the kind as they were read last; null before. @param {KindKey} kind */
export function table(kind) {
  let found = tables.get(kind);
  if (!found) tables.set(kind, (found = signal(/** @type {Table?} */ (null))));
  return found;
}

/** The names of the items of a kind, which are read if they have not been. @param {KindKey} kind */
export function namesOf(kind) {
  const found = table(kind);
  if (!found.peek()) load(kind).catch(() => {}); // a list that stays empty is read again with the next form
  return () => Object.keys(found.value?.items ?? {});
}

/**
 * Reads all items of a kind. Raises Problem.
 *
 * @param {KindKey} kind
 */
export async function load(kind) {
  /** @type {Table} */
  const read = { items: {}, versions: {} };
  for (let after = /** @type {string | null} */ (""); after !== null; ) {
    const page = /** @type {any} */ (await call(`GET ${pathOf(kind)}`, { query: { after, limit: PAGE } }));
    Object.assign(read.items, page.items);
    Object.assign(read.versions, page.versions);
    after = page.next;
  }
  table(kind).value = read;
}

/** Forgets what was read: it belongs to another user. */
export function forgetTables() {
  for (const each of tables.values()) each.value = null;
}

/**
 * Reads an item with its version. Raises Problem.
 *
 * @param {KindKey} kind
 * @param {string} name
 * @returns {Promise<Versioned>}
 */
export async function read(kind, name) {
  const response = await send(addressOf(pathOf(kind, name)), { method: "GET", headers: { Accept: "application/json" } });
  return { item: await response.json(), version: versionOf(response) };
}

/**
 * Configures an item, on the condition that it is still at this version; null is for one that is not there yet. Raises
 * Problem, which says who has changed it otherwise.
 *
 * @param {KindKey} kind
 * @param {string} name
 * @param {Item} item
 * @param {number?} version
 * @returns {Promise<Versioned>}
 */
export async function configure(kind, name, item, version) {
  const headers = { "Content-Type": "application/json", ...conditionOf(version) };
  const response = await send(addressOf(pathOf(kind, name)), { method: "PUT", headers, body: JSON.stringify(item) });
  const changed = { item: await response.json(), version: versionOf(response) };
  put(kind, name, changed);
  return changed;
}

/**
 * Removes an item that is still at this version. Raises Problem.
 *
 * @param {KindKey} kind
 * @param {string} name
 * @param {number?} version
 */
export async function remove(kind, name, version) {
  await send(addressOf(pathOf(kind, name)), { method: "DELETE", headers: version === null ? {} : conditionOf(version) });
  put(kind, name, null);
}

/** Undoes the last change of an item. Raises Problem. @param {KindKey} kind @param {string} name */
export async function undoLast(kind, name) {
  const { changes } = await call("GET admin/v1/history", { query: { kind, name, limit: 1 } });
  if (changes.length) await undo(changes[0].event_id);
}

/** Undoes a change. Raises Problem. @param {string} event */
export async function undo(event) {
  const undone = /** @type {Api.Undone} */ (await call(`POST admin/v1/history/${event}/undo`));
  put(undone.kind, undone.name, undone.item === null ? null : { item: undone.item, version: undone.version });
  return undone;
}

/**
 * @param {KindKey} kind
 * @param {string} [name]
 */
export function pathOf(kind, name) {
  const path = `admin/v1/${kind.replaceAll("_", "-")}`;
  return name === undefined ? path : `${path}/${encodeURIComponent(name)}`;
}

/**
 * @param {number?} version
 * @returns {Record<string, string>}
 */
function conditionOf(version) {
  return version === null ? { "If-None-Match": "*" } : { "If-Match": `"${version}"` };
}

/** @param {Response} response */
function versionOf(response) {
  const digits = response.headers.get("ETag")?.match(/\d+/);
  return digits ? Number(digits[0]) : null;
}

/**
 * @param {KindKey} kind
 * @param {string} name
 * @param {Versioned?} changed
 */
function put(kind, name, changed) {
  const known = table(kind).peek();
  if (!known) return;
  const next = { items: { ...known.items }, versions: { ...known.versions } };
  delete next.items[name];
  delete next.versions[name];
  if (changed) next.items[name] = changed.item;
  if (changed?.version) next.versions[name] = changed.version;
  table(kind).value = { ...next, items: Object.fromEntries(Object.entries(next.items).sort(([a], [b]) => (a < b ? -1 : 1))) };
}
