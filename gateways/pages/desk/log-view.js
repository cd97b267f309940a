// The log of a conversation. It stays at its end while the reader is there, and otherwise counts what comes below.

/** @import { Conversation } from "./conversation.js" */
/** @import { LogEntry } from "./state/types" */
/** @import { Desk } from "./desk-state.js" */
/** @import { Entry } from "./outbox.js" */
import { button } from "../base/controls/button.js";
import { element, unseen } from "../base/elements.js";
import { fullTime, time } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { keepRows } from "../base/rows.js";
import { computed, effect, onStop, signal } from "../base/signals.js";
import { contentView } from "./contents/view.js";
import { factWords } from "./facts.js";
import { t } from "./words.js";

const NEAR = 48; // pixels

/**
 * @param {Desk} desk
 * @param {Conversation} conversation
 * @param {{ suggest: (content: any) => void, edit: (entry: Entry) => void }} acts
 */
export function logView(desk, conversation, acts) {
  const rows = element("div", { class: "log-rows" });
  const below = signal(0);
  const log = element("div", { class: "log", role: "log", "aria-live": "off", "aria-label": t("log.label"), tabindex: "0" }, [rows]);
  const toEnd = () => log.scrollTo({ top: log.scrollHeight });
  const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  const entries = computed(() => [...conversation.log.value, ...conversation.outbox.entries.value.map(pendingEntry)]);
  let sticks = true;
  let length = 0;
  let top = 0;
  log.addEventListener("scroll", () => {
    if (isAtEnd()) sticks = true;
    else if (log.scrollTop < top) sticks = false; // only the reader goes up; what came since the last scroll goes down
    top = log.scrollTop;
    if (sticks) below.value = 0;
  });
  keepRows(rows, () => entries.value, ({ key }) => key, (item) => rowOf(desk, conversation, item, acts));
  effect(() => {
    const count = entries.value.length;
    if (sticks) requestAnimationFrame(toEnd);
    else if (count > length) below.value += count - length;
    length = count;
  });
  const resized = new ResizeObserver(() => sticks && toEnd());
  for (const each of [log, rows]) resized.observe(each); // a picture that comes, or a row that is drawn, makes the log longer
  onStop(() => resized.disconnect());
  const jump = button(() => t("log.below", { count: below.value }), () => ((sticks = true), toEnd()), { icon: "down", class: "button primary jump", hidden: () => below.value === 0 });
  const typing = element("p", { class: "typing quiet" }, () => {
    const who = desk.typing.value.get(conversation.id);
    return who ? t("log.typing", { name: who === "customer" ? t("sender.customer") : who }) : "";
  });
  return { node: element("div", { class: "log-place" }, [log, jump, typing]), toEnd: () => ((sticks = true), toEnd()) };
}

/** @typedef {LogEntry | { key: string, at: string, kind: "pending", entry: Entry }} Row */

/**
 * @param {Entry} entry
 * @returns {Row}
 */
function pendingEntry(entry) {
  return { key: entry.id, at: entry.at, kind: "pending", entry };
}

/**
 * @param {Desk} desk
 * @param {Conversation} conversation
 * @param {Signal<Row>} item
 * @param {{ suggest: (content: any) => void, edit: (entry: Entry) => void }} acts
 */
function rowOf(desk, conversation, item, acts) {
  const made = element("article", { class: "entry" });
  effect(() => {
    const entry = item.value;
    made.className = `entry ${classOf(desk, entry)}`;
    made.dataset.id = entry.key;
    if (entry.kind === "message") made.dataset.version = String(entry.version);
    made.replaceChildren(...partsOf(desk, conversation, entry, acts));
  });
  return made;
}

/**
 * @param {Desk} desk
 * @param {Row} entry
 */
function classOf(desk, entry) {
  if (entry.kind === "pending") return `own ${entry.entry.mode === "message" ? "pending" : "pending inside"}`;
  if (entry.kind === "note" || entry.kind === "whisper") return `inside ${entry.agentId === desk.agentId ? "own" : ""}`;
  if (entry.kind !== "message") return entry.kind;
  const isOwn = entry.sender.type === "agent" && entry.sender.id === desk.agentId;
  return `message ${isOwn ? "own" : entry.sender.type}`;
}

/**
 * @param {Desk} desk
 * @param {Conversation} conversation
 * @param {Row} entry
 * @param {{ suggest: (content: any) => void, edit: (entry: Entry) => void }} acts
 * @returns {Node[]}
 */
function partsOf(desk, conversation, entry, acts) {
  switch (entry.kind) {
    case "message":
      return [headOf(senderWords(desk, entry.sender), entry), bubble(contentView(entry.content, conversation.id)), ...receiptOf(desk, entry)];
    case "note":
      return [headOf(entry.name, entry, t("log.note")), bubble([element("p", { dir: "auto", class: "plain" }, entry.text)])];
    case "whisper":
      return [headOf(entry.name, entry, t("log.whisper")), bubble([element("p", { dir: "auto", class: "plain" }, entry.text)])];
    case "suggestion": {
      const take = button(t("suggestion.edit"), () => acts.suggest(entry.content), { icon: "edit", kind: "quiet" });
      const accept = button(t("suggestion.send"), () => conversation.outbox.post("message", entry.content), { icon: "send", kind: "quiet" });
      const actions = element("div", { class: "file-actions" }, entry.content.type === "text" ? [accept, take] : [accept]);
      return [headOf(t("suggestion.of", { bot: entry.bot }), entry), bubble([...contentView(entry.content, conversation.id), actions])];
    }
    case "pending":
      return pendingParts(conversation, entry.entry, acts);
    default:
      return [element("p", { dir: "auto" }, [factWords(entry, desk), " ", timeOf(entry.at)])];
  }
}

/**
 * @param {string} name
 * @param {{ at: string }} entry
 * @param {string} [inside]
 */
function headOf(name, { at }, inside) {
  const badge = inside ? element("span", { class: "badge inside" }, [icon("lock"), inside]) : null;
  return element("header", { class: "entry-head" }, [element("span", { class: "who", dir: "auto" }, name), badge, timeOf(at)]);
}

/** @param {Node[]} content */
function bubble(content) {
  return element("div", { class: "bubble" }, content);
}

/** @param {string} at */
function timeOf(at) {
  return element("time", { datetime: at, title: fullTime(at), class: "quiet" }, time(at));
}

/**
 * @param {Desk} desk
 * @param {Api.Sender} sender
 */
export function senderWords(desk, { type, id, name }) {
  if (type === "agent" && id === desk.agentId) return t("sender.you");
  if (type === "bot") return t("sender.bot", { name: name ?? id ?? "" });
  return name ?? (type === "customer" ? t("sender.customer") : type === "system" ? t("sender.system") : (id ?? type));
}

/**
 * @param {Desk} desk
 * @param {LogEntry & { kind: "message" }} entry
 */
function receiptOf(desk, { sender, receipt, undelivered }) {
  const isLost = receipt === "failed" || receipt === "unknown";
  if (!receipt || sender.type === "customer" || (!isLost && sender.id !== desk.agentId)) return [];
  return [element("p", { class: `receipt quiet ${isLost ? "failed" : receipt}` }, [icon(isLost ? "alert" : "check"), t(`receipt.${receipt}`), undelivered ? `: ${undelivered}` : ""])];
}

/**
 * @param {Conversation} conversation
 * @param {Entry} entry
 * @param {{ edit: (entry: Entry) => void }} acts
 */
function pendingParts(conversation, entry, acts) {
  const { id, content, refused, sent, mode } = entry;
  const head = headOf(t("sender.you"), entry, mode === "message" ? undefined : t(`log.${mode}`));
  const state = refused ? element("p", { class: "fault", role: "alert" }, [icon("alert"), " ", refused]) : element("p", { class: "receipt quiet" }, sent ? [icon("check"), t("log.sent")] : [t("log.sending"), unseen("…")]);
  const edit = () => {
    const taken = conversation.outbox.remove(id);
    if (taken) acts.edit(taken);
  };
  const actions = [
    button(t("log.again"), () => conversation.outbox.retry(id), { icon: "refresh", kind: "quiet" }),
    content.type === "text" ? button(t("log.edit"), edit, { icon: "edit", kind: "quiet" }) : null,
    button(t("log.delete"), () => void conversation.outbox.remove(id), { icon: "close", kind: "quiet" }),
  ];
  return [head, bubble(contentView(content, conversation.id)), state, ...(refused ? [element("div", { class: "file-actions" }, actions)] : [])];
}
