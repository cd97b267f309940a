// The desk in a frame of another program: what it announces, and what it may be asked. Version 1 of the messages.

/** @import { Desk } from "./desk-state.js" */
import { effect } from "../base/signals.js";
import { customerName } from "./conversation-list.js";
import { setState } from "./shift-controls.js";

const VERSION = 1;
const MAX_TEXT = 4096;

/** The kind of program around the desk, as the address names it; empty where there is none. */
export const host = window.parent === window ? "" : (new URLSearchParams(location.search).get("embed") ?? "");

/**
 * Speaks with the page around, once that has greeted from an origin that is allowed to hold the desk. `acts` insert a
 * text for the customer or a note, and open a conversation.
 *
 * @param {Desk} desk
 * @param {{ insert: (text: string, into: "message" | "note") => void, select: (id: string) => void }} acts
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

  addEventListener("message", (event) => {
    const { data } = event;
    if (event.source !== window.parent || typeof data !== "object" || data?.hc !== VERSION || typeof data.type !== "string") return;
    if (data.type === "host.hello" && typeof data.nonce === "string") {
      origin = event.origin;
      announce("desk.hello", { nonce: data.nonce, agent: desk.agentId });
      announceAll();
    } else if (event.origin === origin) obey(data);
  }, { signal });

  /** @param {any} asked */
  function obey({ type, text, conversation_id: id, state, reason, theme }) {
    const words = typeof text === "string" ? text.slice(0, MAX_TEXT) : "";
    if (type === "reply.insert" && words) acts.insert(words, "message");
    else if (type === "note.insert" && words) acts.insert(words, "note");
    else if (type === "conversation.select" && typeof id === "string") acts.select(id);
    else if (type === "state.set" && (state === "ready" || state === "not_ready")) {
      setState(state, typeof reason === "string" ? reason : undefined).catch((error) => announce("state.refused", { words: error.message }));
    } else if (type === "theme.set" && (theme === "light" || theme === "dark")) document.documentElement.dataset.theme = theme;
  }

  function announceAll() {
    announceState();
    for (const task of desk.offered.peek()) announce("task.offered", offerOf(task));
  }

  function announceState() {
    const { state, reason } = desk.shift.peek();
    announce("agent.state", { state, reason });
  }

  effect(() => {
    const { state, reason } = desk.shift.value;
    announce("agent.state", { state, reason });
  });
  effect(() => announce("unread", { count: desk.held.value.reduce((sum, { conversation_id }) => sum + (desk.summaries.value.get(conversation_id)?.unread ?? 0), 0) }));
  effect(() => {
    const id = desk.selected.value;
    const summary = id === null ? undefined : desk.summaries.peek().get(id);
    announce("conversation.selected", { conversation_id: id, customer: summary ? customerOf(summary) : null });
  });
  desk.watch(({ type, data }) => {
    if (type === "TaskReserved") announce("task.offered", offerOf(data));
    if (type === "TaskAccepted") announce("task.accepted", { task_id: data.task_id, conversation_id: data.conversation_id });
    if (type === "TaskClosed") announce("task.closed", { task_id: data.task_id, conversation_id: data.conversation_id, reason: data.reason });
    if (type === "OfferWithdrawn" || type === "OfferExpired" || type === "TaskDeclined") announce("task.withdrawn", { task_id: data.task_id });
  });
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
