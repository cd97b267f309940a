// Messages on their way to the server. Each has its id and is kept before the first try, so that it is sent once,
// however often the page is left or the network fails. Nothing here knows of a page.

/** The outbox with one more message, of any content that a customer may post, and what else is known of it. */
export function added(outbox, id, content, known = {}) {
  return [...outbox, { id, content, ...known }];
}

/** The outbox with one message changed. */
export function changed(outbox, id, changes) {
  return outbox.map((entry) => (entry.id === id ? { ...entry, ...changes } : entry));
}

/** The outbox as it is kept now, of one that may have been kept when messages were texts alone. */
export function ofToday(outbox) {
  return outbox.map(({ text, ...entry }) => (text === undefined ? entry : { ...entry, content: { type: "text", text } }));
}

export function without(outbox, id) {
  return outbox.filter((entry) => entry.id !== id);
}

/** The message that is sent next: the oldest that was not refused. While its file is being uploaded, there is none. */
export function nextOf(outbox) {
  const oldest = outbox.find((entry) => !entry.refused);
  return oldest && !oldest.uploading ? oldest : null;
}

/** The messages that the log does not have yet. */
export function unseen(outbox, messages) {
  const seen = new Set(messages.map((message) => message.id));
  return outbox.filter((entry) => !seen.has(entry.id));
}
