// The log of a conversation, made of its events. Nothing here knows the page.

/** @import { LogEntry } from "./types" */

/** @typedef {{ type: string, at: string, data: any, version: number }} LoggedEvent */

const FACTS = new Set(["AgentJoined", "AgentLeft", "AgentRequested", "AgentRoleChanged", "BotAssigned", "ConversationEnded", "HandRaised", "HandLowered", "QueueChanged"]);

/**
 * The events that are known, in their order, each once.
 *
 * @param {LoggedEvent[]} known
 * @param {LoggedEvent[]} more
 */
export function merged(known, more) {
  const fresh = more.filter(({ version }) => !known.some((event) => event.version === version));
  if (!fresh.length) return known;
  return [...known, ...fresh].sort((one, other) => one.version - other.version);
}

/**
 * The entries of the log. `inWords` makes words of what a message holds, `factWords` of what has happened.
 *
 * @param {LoggedEvent[]} events
 * @param {{ inWords: (content: any) => string, factWords: (event: LoggedEvent) => string }} words
 */
export function entriesOf(events, words) {
  return events.map((event) => entryOf(event, words)).filter((entry) => entry !== null);
}

/**
 * @param {LoggedEvent} event
 * @param {{ inWords: (content: any) => string, factWords: (event: LoggedEvent) => string }} words
 * @returns {LogEntry?}
 */
function entryOf(event, { inWords, factWords }) {
  const { type, at, data, version } = event;
  const base = { key: String(version), at, name: data.agent_name ?? "" };
  switch (type) {
    case "MessagePosted": {
      const { type: from, name, id } = data.sender;
      const side = from === "customer" || from === "bot" || from === "agent" ? from : "system";
      return { ...base, kind: "message", side, name: name ?? id ?? "", text: inWords(data.content) };
    }
    case "NoteAdded":
      return { ...base, kind: "note", side: "agent", text: data.text };
    case "WhisperPosted":
      return { ...base, kind: "whisper", side: "agent", text: data.text };
    case "SuggestionPosted":
      return { ...base, kind: "suggestion", side: "bot", name: data.bot, text: inWords(data.content) };
    default:
      return FACTS.has(type) ? { ...base, kind: "fact", side: "system", text: factWords(event) } : null;
  }
}
