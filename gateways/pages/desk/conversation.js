// One conversation as the agent reads it and writes in it.

/** @import { Desk } from "./desk-state.js" */
/** @import { Problem } from "../base/session/types" */
/** @import { FeedEvent, LogEntry } from "./state/types" */
import { call } from "../base/session/calls.js";
import { batch, signal } from "../base/signals.js";
import { Outbox } from "./outbox.js";
import { logOf, reduceLog, renewedLog } from "./state/log.js";

const TYPING_MILLISECONDS = 3000;
const STILL_MILLISECONDS = 6000;
const REFRESH_MILLISECONDS = 5000;
const RETRY_MILLISECONDS = 500;
const MAX_RETRY_FACTOR = 30;

export class Conversation {
  #desk;
  /** Events that came while the history was read; null when it is read. @type {FeedEvent[]?} */
  #early = [];
  #version = 0;
  #typedAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #still;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #refresh;
  #readTo = "";
  #stopped = false;
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;

  /**
   * @param {Desk} desk
   * @param {string} id
   */
  constructor(desk, id) {
    this.#desk = desk;
    this.id = id;
    this.log = signal(/** @type {LogEntry[]} */ ([]));
    this.detail = signal(/** @type {Api.ConversationDetail?} */ (null));
    this.problem = signal(/** @type {unknown} */ (null));
    this.outbox = new Outbox(desk.agentId, id, () => desk.noticeRefusal(id));
  }

  /** Reads the whole conversation. What fails stays as the problem; what may pass is tried again. */
  async load() {
    clearTimeout(this.#again);
    this.#early ??= []; // what comes meanwhile may lie behind a gap that only the answer fills
    try {
      const detail = await call(`GET agent/v1/conversations/${this.id}`);
      if (this.#stopped) return;
      this.#failures = 0;
      batch(() => {
        this.problem.value = null;
        this.#begin(detail);
      });
    } catch (error) {
      if (this.#stopped) return;
      this.problem.value = error;
      if (/** @type {Problem} */ (error).passes) this.#again = setTimeout(() => this.load(), RETRY_MILLISECONDS * Math.min(MAX_RETRY_FACTOR, 2 ** (this.#failures += 1)));
    }
  }

  stop() {
    this.#stopped = true;
    for (const timer of [this.#refresh, this.#still, this.#again]) clearTimeout(timer);
    this.outbox.stop();
  }

  /** @param {FeedEvent} event */
  take(event) {
    if (this.#early) {
      this.#early.push(event);
      return;
    }
    if (event.version !== undefined && event.version <= this.#version) return;
    if (isComingIn(event, this.#desk.agentId)) {
      this.#early = [event];
      this.load();
      return;
    }
    this.#version = event.version ?? this.#version;
    this.log.value = reduceLog(this.log.peek(), event);
    if (event.type === "AttributesChanged") this.#changeAttributes(event.data.attributes);
    this.outbox.seen(event);
  }

  /** Marks all that was written as read, where the agent takes part. */
  async read() {
    const unread = this.#desk.summaries.peek().get(this.id)?.unread ?? 0;
    const last = this.log.peek().findLast((entry) => entry.kind !== "fact" && entry.kind !== "suggestion" && !this.#isOwn(entry));
    if (!unread || !last || last.key === this.#readTo) return;
    this.#readTo = last.key;
    await call(`POST agent/v1/conversations/${this.id}/receipts`, { body: { message_id: last.key, status: "read" } }).catch(() => {
      this.#readTo = ""; // it is tried again with the next message
    });
  }

  /** Signals at most every few seconds that the agent types, and that this has stopped. @param {boolean} active */
  typing(active) {
    clearTimeout(this.#still);
    const now = Date.now();
    if (active) this.#still = setTimeout(() => this.typing(false), STILL_MILLISECONDS);
    if (active ? now - this.#typedAt < TYPING_MILLISECONDS : this.#typedAt === 0) return;
    this.#typedAt = active ? now : 0;
    call(`POST agent/v1/conversations/${this.id}/typing`, { body: { active } }).catch(() => {}); // a signal may be lost
  }

  /** Reads again what no feed brings: a conversation in which the agent takes no part. */
  keepFresh() {
    clearTimeout(this.#refresh);
    this.#refresh = setTimeout(async () => {
      await this.load();
      if (this.#desk.selected.peek() === this.id && !this.#stopped) this.keepFresh();
    }, REFRESH_MILLISECONDS);
  }

  /** @param {Api.ConversationDetail} detail */
  #begin(detail) {
    const events = /** @type {FeedEvent[]} */ (detail.events);
    this.detail.value = detail;
    const version = events.at(-1)?.version ?? 0; // what is beyond it comes by the feed, or has come already
    if (version >= this.#version) {
      this.#version = version;
      this.log.value = renewedLog(this.log.peek(), logOf(events));
      for (const event of events) this.outbox.seen(event);
    }
    this.#desk.keepSummary(detail.conversation);
    this.#goOn();
  }

  /** Takes what has come while the conversation was read. */
  #goOn() {
    const early = this.#early ?? [];
    this.#early = null;
    for (const event of early) this.take(event);
  }

  /** @param {Record<string, unknown>} changed */
  #changeAttributes(changed) {
    const detail = this.detail.peek();
    if (!detail) return;
    const attributes = Object.fromEntries(Object.entries({ ...detail.attributes, ...changed }).filter(([, value]) => value !== null));
    this.detail.value = { ...detail, attributes };
  }

  /** @param {LogEntry} entry */
  #isOwn(entry) {
    if (entry.kind === "message") return entry.sender.type === "agent" && entry.sender.id === this.#desk.agentId;
    return (entry.kind === "note" || entry.kind === "whisper") && entry.agentId === this.#desk.agentId;
  }
}

/**
 * Whether the agent comes into the conversation, or back into it: what has happened in it before, no feed has brought.
 *
 * @param {FeedEvent} event
 * @param {string} agentId
 */
export function isComingIn({ type, data }, agentId) {
  return type === "AgentJoined" && data.agent_id === agentId;
}
