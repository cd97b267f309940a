// Messages on their way to the server. Each has its id and is kept before the first try, so that it is sent once,
// however often the page is left or the network fails. Nothing here knows of a page.

/** The outbox with one more message, of any content that a customer may post. */
export function added(outbox, id, content) {
  return [...outbox, { id, content }];
}

/** The outbox as it is kept now, of one that may have been kept when messages were texts alone. */
export function ofToday(outbox) {
  return outbox.map(({ text, ...entry }) => (text === undefined ? entry : { ...entry, content: { type: "text", text } }));
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
