// Messages on their way to the server. Each has its id and is kept before the first try, so that it is sent once,
// however often the page is left or the network fails. Nothing here knows of a page.

/** The outbox with one more message. */
export function added(outbox, id, text) {
  return [...outbox, { id, text }];
}

export function without(outbox, id) {
  return outbox.filter((entry) => entry.id !== id);
}

/** The outbox after the server has refused a message for good: it stays, with the reason. */
export function refused(outbox, id, reason) {
  return outbox.map((entry) => (entry.id === id ? { ...entry, refused: reason } : entry));
}

/** The message that is sent next: the oldest that was not refused. */
export function nextOf(outbox) {
  return outbox.find((entry) => !entry.refused) ?? null;
}

/** The messages that the log does not have yet. */
export function unseen(outbox, messages) {
  const seen = new Set(messages.map((message) => message.id));
  return outbox.filter((entry) => !seen.has(entry.id));
}
