// The desk in a frame of another program: what it announces, and what it may be asked. Version 1 of the messages, which
// docs/embedding.md describes.

/** @import { Desk } from "./desk-state.js" */
import { theme } from "../base/preferences.js";
import { problemWords } from "../base/problem-words.js";
import { computed, effect } from "../base/signals.js";
import { customerName } from "./conversation-list.js";
import { setState } from "./shift-controls.js";
import { t } from "./words.js";

const VERSION = 1;
const MAX_TEXT = 4096;
const MAX_NAME = 128;
const THEMES = ["light", "dark", "system"];
const STATES = ["ready", "not_ready"];

/** The kind of program around the desk, as the address names it; empty where there is none. */
export const host = window.parent === window ? "" : (new URLSearchParams(location.search).get("embed") ?? "");

/**
 * Speaks with the page around, once that has greeted. Browsers let only pages of the configured origins hold the desk,
 * by the header `frame-ancestors`; the desk answers the one that greeted alone. `acts` insert a text for the customer or a
 * note, which they answer with false where nobody can write one, and open a conversation.
 *
 * @param {Desk} desk
 * @param {{ insert: (text: string, into: "message" | "note") => boolean, select: (id: string) => void }} acts
 * @param {AbortSignal} signal
 */
export function joinHost(desk, acts, signal) {
  if (!host) return;
  /** @type {string?} */
  let origin = null;
  let number = 0;

  /**
   * @param {string} type
   * @param {Record<string, unknown>} [data]
   */
  function announce(type, data = {}) {
    if (origin !== null) window.parent.postMessage({ hc: VERSION, id: String((number += 1)), type, ...data }, origin);
  }

  addEventListener("message", ({ source, origin: from, data }) => {
    if (source !== window.parent || from === "null" || typeof data !== "object" || data?.hc !== VERSION) return;
    if (data.type === "host.hello" && isName(data.nonce)) {
      origin = from;
      announce("desk.hello", { nonce: data.nonce, agent: desk.agentId });
      announceAll();
    } else if (from === origin && Object.hasOwn(obeying, data.type)) obey(data);
  }, { signal });
  signal.addEventListener("abort", () => announce("desk.bye"));

  /** Each obeys a message, or answers false where the fields are wrong, or throws. @type {Record<string, (asked: any) => unknown>} */
  const obeying = {
    "reply.insert": ({ text }) => isText(text) && insert(text, "message"),
    "note.insert": ({ text }) => isText(text) && insert(text, "note"),
    "conversation.select": ({ conversation_id: id }) => typeof id === "string" && /^[\w-]{1,128}$/.test(id) && (acts.select(id), true),
    "state.set": ({ state, reason }) => STATES.includes(state) && (reason === undefined || isName(reason)) && setState(state, reason).then(() => true),
    "theme.set": ({ theme: wanted }) => THEMES.includes(wanted) && ((theme.value = wanted), true),
  };

  /** @param {any} asked */
  async function obey(asked) {
    const refuse = (/** @type {string} */ words) => announce("refused", { of: asked.type, re: isName(asked.id) ? asked.id : null, words });
    try {
      if (!(await obeying[asked.type](asked))) refuse(t("host.invalid"));
    } catch (error) {
      refuse(problemWords(error));
    }
  }

  /**
   * @param {string} text
   * @param {"message" | "note"} into
   */
  function insert(text, into) {
    if (!acts.insert(text, into)) throw new Error(t("host.no_conversation"));
    return true;
  }

  const state = computed(() => ({ state: desk.shift.value.state, reason: desk.shift.value.reason }));
  const unread = computed(() => ({ count: desk.held.value.reduce((sum, { conversation_id: id }) => sum + (desk.summaries.value.get(id)?.unread ?? 0), 0) }));
  const selected = computed(() => {
    const id = desk.selected.value;
    const summary = id === null ? undefined : desk.summaries.value.get(id);
    return { conversation_id: id, customer: summary ? customerOf(summary) : null };
  });
  /** What is true at any time, by the type of the message that announces it. */
  const standing = Object.entries({ "agent.state": state, unread, "conversation.selected": selected });
  for (const [type, value] of standing) {
    let last = "";
    effect(() => {
      const next = JSON.stringify(value.value);
      if (next !== last) announce(type, value.value);
      last = next;
    });
  }

  function announceAll() {
    for (const [type, value] of standing) announce(type, value.peek());
    for (const task of desk.offered.peek()) announce("task.offered", offerOf(task));
  }

  desk.watch(({ type, data }) => {
    if (type === "TaskReserved") announce("task.offered", offerOf(data));
    if (type === "TaskAccepted" || type === "TaskAssignedDirectly") announce("task.accepted", { task_id: data.task_id, conversation_id: data.conversation_id });
    if (type === "TaskClosed") announce("task.closed", { task_id: data.task_id, conversation_id: data.conversation_id, reason: data.reason });
    if (type === "OfferWithdrawn" || type === "OfferExpired" || type === "TaskDeclined") announce("task.withdrawn", { task_id: data.task_id });
  });
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === "string" && value.trim() !== "" && value.length <= MAX_TEXT;
}

/** @param {unknown} value */
function isName(value) {
  return typeof value === "string" && value !== "" && value.length <= MAX_NAME;
}

/** @param {Pick<Api.Task, "task_id" | "conversation_id" | "queue" | "expires_at">} task */
function offerOf({ task_id, conversation_id, queue, expires_at }) {
  return { task_id, conversation_id, queue, expires_at };
}

/** @param {Api.Conversation} summary */
function customerOf(summary) {
  const customer = summary.participants.find(({ type }) => type === "customer");
  return { name: customerName(summary), id: customer?.verified ? customer.id : null };
}
