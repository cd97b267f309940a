// What calls the agent: a tone and a notification of the system, at one of the agent's places only.

/** @import { Desk } from "./desk-state.js" */
import { preference } from "../base/preferences.js";
import { effect, onStop, signal } from "../base/signals.js";
import { customerName } from "./conversation-list.js";
import { t } from "./words.js";

export const volume = preference("desk.volume", 0.6);
/** Whether the browser holds the sound back until the agent has pressed something. */
export const isHeldBack = signal(false);

const RING_SECONDS = 3;
const QUIET_MILLISECONDS = 1000; // messages that come together ring once
const OFFER = [784, 988, 1175];
const MESSAGE = [660, 880];

/** @type {AudioContext?} */
let context = null;

function audio() {
  if (!context) {
    context = new AudioContext();
    context.addEventListener("statechange", () => (isHeldBack.value = context?.state === "suspended"));
  }
  isHeldBack.value = context.state === "suspended";
  return context;
}

/** Lets the browser play sounds from now on; it wants a press of the agent's for that. */
export async function turnOn() {
  await audio().resume();
  isHeldBack.value = false;
  play(MESSAGE);
}

/** @param {number[]} pitches in Hz */
export function play(pitches = OFFER) {
  const playing = audio();
  if (playing.state !== "running" || !volume.peek()) return;
  pitches.forEach((frequency, at) => {
    const start = playing.currentTime + at * 0.13;
    const gain = new GainNode(playing, { gain: volume.peek() * 0.25 });
    const oscillator = new OscillatorNode(playing, { frequency });
    oscillator.connect(gain).connect(playing.destination);
    gain.gain.setValueAtTime(volume.peek() * 0.25, start);
    gain.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
    oscillator.start(start);
    oscillator.stop(start + 0.32);
  });
}

/** Asks whether the browser may notify, once, when the agent goes ready. */
export function askToNotify() {
  if ("Notification" in window && Notification.permission === "default") Notification.requestPermission().catch(() => {});
}

/**
 * Rings for offers until they are answered, and once for a message that is not in sight.
 *
 * @param {Desk} desk
 * @param {(conversationId: string) => void} select
 */
export function ring(desk, select) {
  audio();
  /** @type {Map<string, Notification>} */
  const notifications = new Map();
  effect(() => {
    const offered = desk.offered.value;
    for (const [id, open] of notifications) {
      if (offered.some(({ task_id }) => task_id === id)) continue;
      open.close();
      notifications.delete(id);
    }
    if (!offered.length || !desk.isPrimary.value) return;
    play(OFFER);
    const timer = setInterval(() => play(OFFER), RING_SECONDS * 1000);
    onStop(() => clearInterval(timer));
    for (const { task_id, queue } of offered) {
      if (notifications.has(task_id)) continue;
      const made = notification(t("ring.offer"), queue, task_id, () => focus());
      if (made) notifications.set(task_id, made);
    }
  });
  let rangAt = -QUIET_MILLISECONDS;
  const stop = desk.watch(({ type, data, conversation_id: id }) => {
    if (type !== "MessagePosted" || data.sender.type !== "customer" || id === undefined || !desk.isPrimary.peek()) return;
    if (document.hasFocus() && desk.selected.peek() === id) return;
    if (performance.now() - rangAt >= QUIET_MILLISECONDS) {
      rangAt = performance.now();
      play(MESSAGE);
    }
    const summary = desk.summaries.peek().get(id);
    if (!document.hasFocus() && summary) notification(customerName(summary), summary.last_message ?? "", id, () => select(id));
  });
  onStop(() => {
    stop();
    for (const each of notifications.values()) each.close();
  });
}

/**
 * @param {string} title
 * @param {string} body
 * @param {string} tag
 * @param {() => void} act
 */
function notification(title, body, tag, act) {
  if (!("Notification" in window) || Notification.permission !== "granted" || document.hasFocus()) return null;
  const made = new Notification(title, { body, tag, silent: true });
  made.addEventListener("click", () => {
    focus();
    act();
    made.close();
  });
  return made;
}
