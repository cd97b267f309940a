// Lists whose rows are kept: a row is made once for its key, and changed or moved afterwards.

import { batch, effect, onStop, owned, signal, untracked } from "./signals.js";

/**
 * Keeps the children of the parent as rows of a list. `items` returns the list and is followed; `keyOf` returns the key
 * of an item; `make(item, key)` makes an item's row, once, from a signal of the item, which changes with the list.
 *
 * The row that has the focus is never moved, so that focus, caret and selection stay: the rows around it move instead.
 * A row that leaves stops what it has made. Raises an error when two items have the same key.
 *
 * @template Item, Key
 * @template {Element} Parent
 * @param {Parent} parent
 * @param {() => Iterable<Item>} items
 * @param {(item: Item) => Key} keyOf
 * @param {RowFactory<Item, Key>} make
 */
export function keepRows(parent, items, keyOf, make) {
  /** @type {Map<Key, Row<Item>>} */
  let rows = new Map();

  effect(() => {
    const list = items();
    untracked(() => batch(() => (rows = changed(parent, rows, list, keyOf, make))));
  });
  onStop(() => {
    for (const row of rows.values()) row.stop();
  });
  return parent;
}

/**
 * @template Item, Key
 * @param {Element} parent
 * @param {Map<Key, Row<Item>>} before
 * @param {Iterable<Item>} list
 * @param {(item: Item) => Key} keyOf
 * @param {RowFactory<Item, Key>} make
 */
function changed(parent, before, list, keyOf, make) {
  /** @type {typeof before} */
  const after = new Map();
  for (const item of list) {
    const key = keyOf(item);
    if (after.has(key)) throw new Error(`two items of a list have the key ${key}`);
    const row = before.get(key) ?? rowOf(item, key, make);
    after.set(key, row);
    row.item.value = item;
  }
  for (const [key, row] of before) {
    if (after.has(key)) continue;
    row.stop();
    row.node.remove();
  }
  order(parent, [...after.values()].map((row) => row.node));
  return after;
}

/**
 * @template Item, Key
 * @param {Item} initial
 * @param {Key} key
 * @param {RowFactory<Item, Key>} make
 * @returns {Row<Item>}
 */
function rowOf(initial, key, make) {
  const item = signal(initial);
  const { made: node, stop } = owned(() => make(item, key));
  return { item, node, stop };
}

/**
 * Puts the nodes into this order around the one that has the focus.
 *
 * @param {Element} parent
 * @param {ChildNode[]} nodes
 */
function order(parent, nodes) {
  const focused = parent.contains(document.activeElement) ? nodes.findIndex((node) => node.contains(document.activeElement)) : -1;
  if (focused < 0) {
    place(parent, nodes, parent.firstChild, null);
    return;
  }
  place(parent, nodes.slice(0, focused), parent.firstChild, nodes[focused]);
  place(parent, nodes.slice(focused + 1), nodes[focused].nextSibling, null);
}

/**
 * Puts the nodes one after the other, beginning at the child `next`, and at the latest before `end`.
 *
 * @param {Element} parent
 * @param {ChildNode[]} nodes
 * @param {ChildNode?} next
 * @param {ChildNode?} end
 */
function place(parent, nodes, next, end) {
  for (const node of nodes) {
    if (next !== null && next !== end && next.nextSibling === node) {
      const late = next; // one row that goes further back, instead of all the others that go forward
      next = node;
      move(parent, late, end);
    }
    if (node === next) next = node.nextSibling;
    else move(parent, node, next);
  }
}

/**
 * Moves a node. Where the browser can, what is loaded or played in it goes on.
 *
 * @param {Element} parent
 * @param {ChildNode} node
 * @param {ChildNode?} before
 */
function move(parent, node, before) {
  if (parent.moveBefore && node.isConnected && parent.isConnected) parent.moveBefore(node, before);
  else parent.insertBefore(node, before);
}
