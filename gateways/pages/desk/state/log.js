// The log of a conversation, made of its events. Nothing here knows of a page.

/** @import { FeedEvent, LogEntry } from "./types" */

const MESSAGES = { NoteAdded: "note", WhisperPosted: "whisper" };
const UNSEEN = new Set(["CustomerActivityNoticed", "BotReplyDropped", "BotSaidNothing", "AttributesChanged", "CustomerReturned"]);
const RANKS = { unknown: 1, failed: 2, delivered: 3, read: 4 };

/**
 * The log after an event. What was said is in it once, by its id; a receipt is put at its message.
 *
 * @param {LogEntry[]} log
 * @param {FeedEvent} event
 * @returns {LogEntry[]}
 */
export function reduceLog(log, event) {
  const { type, data } = event;
  if (type === "ReceiptRecorded") return data.by.type === "customer" || data.by.type === "system" || data.by.type === "application" ? withReceipt(log, data) : log;
  if (UNSEEN.has(type)) return log;
  const entry = entryOf(event);
  return log.some(({ key }) => key === entry.key) ? log : [...log, entry];
}

/** @param {FeedEvent[]} events */
export function logOf(events) {
  /** @type {LogEntry[]} */
  const log = [];
  const receipts = [];
  for (const event of events) {
    if (event.type === "ReceiptRecorded") receipts.push(event);
    else if (!UNSEEN.has(event.type)) log.push(entryOf(event));
  }
  return receipts.reduce(reduceLog, log);
}

/**
 * The log that was read anew. Entries that have not changed stay the same ones, so that nothing of them is drawn again.
 *
 * @param {LogEntry[]} before
 * @param {LogEntry[]} after
 */
export function renewedLog(before, after) {
  const known = new Map(before.map((entry) => [entry.key, entry]));
  return after.map((entry) => {
    const old = known.get(entry.key);
    return old && receiptOf(old) === receiptOf(entry) ? old : entry;
  });
}

/** @param {LogEntry} entry */
function receiptOf(entry) {
  return entry.kind === "message" ? entry.receipt : null;
}

/**
 * @param {FeedEvent} event
 * @returns {LogEntry}
 */
function entryOf({ type, at, data, version, position }) {
  if (type === "MessagePosted") {
    const { message_id: id, sender, content } = data;
    return { key: id, at, kind: "message", id, version, sender, content, receipt: null, undelivered: null };
  }
  if (type === "NoteAdded" || type === "WhisperPosted") {
    const id = data.note_id ?? data.message_id;
    return { key: id, at, kind: /** @type {"note" | "whisper"} */ (MESSAGES[type]), id, agentId: data.agent_id, name: data.agent_name, text: data.text };
  }
  if (type === "SuggestionPosted") return { key: data.message_id, at, kind: "suggestion", id: data.message_id, bot: data.bot, content: data.content };
  return { key: `${type}-${version ?? position}`, at, kind: "fact", type, data };
}

/**
 * @param {LogEntry[]} log
 * @param {{ message_id: string, status: "unknown" | "failed" | "delivered" | "read", detail?: string }} receipt
 */
function withReceipt(log, { message_id, status, detail = "" }) {
  return log.map((entry) => {
    if (entry.kind !== "message" || entry.id !== message_id) return entry;
    return RANKS[status] > (entry.receipt ? RANKS[entry.receipt] : 0) ? { ...entry, receipt: status, undelivered: detail || null } : entry;
  });
}
