// The keys of the desk: each action has one, which the agent may change. Two actions never share a key.

import { preference } from "../base/preferences.js";

/** @typedef {{ id: string, words: string, keys: string, act: () => unknown, isPossible?: () => boolean }} Action */

/** The keys that the agent has chosen, by the ids of the actions; empty means none. */
export const ownKeys = preference("desk.keys", /** @type {Record<string, string>} */ ({}));

/** The keys of an action: the agent's own, or those that it comes with. @param {Action} action */
export function keysOf(action) {
  return ownKeys.value[action.id] ?? action.keys;
}

/**
 * The keys that an event stands for, such as "Alt+ArrowDown" or "Ctrl+K". Command counts as Ctrl. With Alt, the key is the
 * one on the keyboard, because the system may write another sign with it.
 *
 * @param {Pick<KeyboardEvent, "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">} event
 */
export function keysPressed({ key, code, altKey, ctrlKey, metaKey, shiftKey }) {
  if (["Alt", "Control", "Meta", "Shift", "AltGraph", "Dead"].includes(key)) return "";
  const plain = altKey && /^(Key[A-Z]|Digit\d)$/.test(code) ? code.slice(-1) : key.length === 1 ? key.toUpperCase() : key;
  const isSign = plain.length === 1 && !/[\p{L}\p{N}]/u.test(plain);
  const parts = [ctrlKey || metaKey ? "Ctrl" : "", altKey ? "Alt" : "", shiftKey && !isSign ? "Shift" : "", plain === " " ? "Space" : plain];
  return parts.filter(Boolean).join("+");
}

/** Whether the keys are free of the way in which people type. @param {string} keys */
export function isUsable(keys) {
  return /^(Ctrl|Alt)\+/.test(keys) || /^F\d+$/.test(keys);
}

/**
 * The other action that has these keys, if there is one.
 *
 * @param {Action[]} actions
 * @param {string} id
 * @param {string} keys
 */
export function conflictOf(actions, id, keys) {
  return actions.find((action) => action.id !== id && keys !== "" && keysOf(action) === keys);
}

/**
 * Runs the action of the keys that are pressed, unless a dialog is open.
 *
 * @param {() => Action[]} actions
 * @param {(error: unknown) => void} failed
 */
export function listen(actions, failed) {
  const listener = (/** @type {KeyboardEvent} */ event) => {
    if (event.defaultPrevented || event.repeat || document.querySelector("dialog[open]")) return;
    const keys = keysPressed(event);
    const action = keys && actions().find((each) => keysOf(each) === keys);
    if (!action || action.isPossible?.() === false) return;
    event.preventDefault();
    Promise.resolve(action.act()).catch(failed);
  };
  document.addEventListener("keydown", listener);
  return () => document.removeEventListener("keydown", listener);
}
