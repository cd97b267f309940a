// The sections of the page, each with its entries: operations by tag, events by stream, signals, the ends of feeds.

/** @import { ClosingsEntry, Description, Entry, EventEntry, OpenApi, OperationEntry, Section } from "./types" */

const ABOUT_SIGNALS =
  "Signals are carried by event streams and WebSockets alone. They are not kept and have no cursor: a client that was " +
  "away has missed them.";
const ABOUT_ENDS =
  "A JSON page is whole in itself. The live forms go on until the client closes them or the server ends them. " +
  "An event stream just ends, for the same reasons as a WebSocket is closed.";

/**
 * @param {Description} description
 * @returns {Section[]}
 */
export function sectionsOf(description) {
  const events = description.document["x-events"];
  return [
    ...description.tags.map((tag) => operationsSection(description, tag)),
    ...events.streams.map((stream) => streamSection(description, stream)),
    section("signals", "Signals", ABOUT_SIGNALS, events.signals.map((signal) => eventEntry(description, signal))),
    section("how-a-feed-ends", "How a feed ends", ABOUT_ENDS, [closingsEntry(events.closings)]),
  ];
}

/**
 * @param {string} id
 * @param {string} name
 * @param {string | undefined} description
 * @param {Entry[]} entries
 */
function section(id, name, description, entries) {
  return { id, name, description, entries };
}

/**
 * @param {Description} description
 * @param {Description["tags"][number]} tag
 */
function operationsSection(description, { id, name, description: text }) {
  const entries = description.operationsOf(name).map(/** @returns {OperationEntry} */ (operation) => ({
    ...operation,
    id: operation.operationId,
    title: operation.summary,
    part: "api-operation",
  }));
  return section(id, name, text, entries);
}

/**
 * @param {Description} description
 * @param {OpenApi.Stream} stream
 */
function streamSection(description, { name, description: text, events }) {
  return section(`events-${name}`, `Events: ${name}`, text, events.map((event) => eventEntry(description, event)));
}

/**
 * @param {Description} description
 * @param {OpenApi.EventType} event
 * @returns {EventEntry}
 */
function eventEntry(description, event) {
  const { description: text = "", properties = {} } = description.resolve(event.data);
  const people = "feeds_of" in event ? event.feeds_of : event.seen_by;
  const searched = ["event", event.type, text, ...Object.keys(properties), ...people];
  return { ...event, id: event.type, title: event.type, part: "api-event", searched: lowered(searched) };
}

/**
 * @param {OpenApi.Closing[]} closings
 * @returns {ClosingsEntry}
 */
function closingsEntry(closings) {
  const searched = ["close codes", ...closings.flatMap(({ code, meaning, remedy }) => [code, meaning, remedy])];
  const title = "Close codes of a WebSocket";
  return { id: "close-codes", title, part: "api-closings", closings, searched: lowered(searched) };
}

/** @param {unknown[]} texts */
function lowered(texts) {
  return texts.join("\n").toLowerCase();
}
