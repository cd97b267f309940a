// Messages on their way to the server. Each has its id and is kept before the first try, so that it is sent once,
// however often the page is left or the network fails. Nothing here knows of a page.

/** @import { Entry, KnownOfEntry, Postable } from "./types" */



/**
 * A message after those of the outbox, of any content that a customer may post, and what else is known of it. It comes
 * after them although the clock may have been set back.
 *
 * @param {Entry[]} outbox
 * @param {string} id
 * @param {Postable} content
 * @param {KnownOfEntry} known
 * @returns {Entry}
 */
export function entryAfter(outbox, id, content, known = {}, now = Date.now()) {
  return { id, at: Math.max(now, ...outbox.map((entry) => entry.at + 1)), content, ...known };
}

/**
 * @template {{ id: string }} Item
 * @param {Item[]} outbox
 * @param {string} id
 */
export function without(outbox, id) {
  return outbox.filter((entry) => entry.id !== id);
}

/**
 * The message that is sent next: the oldest that was not refused. While its file is being uploaded, there is none.
 *
 * @param {Entry[]} outbox
 */
export function nextOf(outbox) {
  const oldest = outbox.find((entry) => !entry.refused);
  return oldest && !oldest.uploading ? oldest : null;
}

/**
 * Whether a conversation is needed: there is a message that was not refused.
 *
 * @param {Entry[]} outbox
 */
export function isWaiting(outbox) {
  return outbox.some((entry) => !entry.refused);
}

/**
 * The messages that the log does not have yet.
 *
 * @param {Entry[]} outbox
 * @param {{ id: string }[]} messages
 */
export function unseen(outbox, messages) {
  const seen = new Set(messages.map((message) => message.id));
  return outbox.filter((entry) => !seen.has(entry.id));
}
