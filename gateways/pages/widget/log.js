// The log of the conversation. New messages are announced to screen readers; the log itself is silent, and never redrawn.

import { element } from "../base/elements.js";
import { keepRows } from "../base/rows.js";
import { computed, effect, signal } from "../base/signals.js";
import { linked } from "./links.js";
import { filled } from "./texts.js";

const NEAR_THE_END = 40;
const ANNOUNCE_MILLISECONDS = 1000;
const MAX_READ_OUT = 3;

/**
 * The log as an element. `chat` is the Chat, `texts` the words, `locale` a tag for times; `edit(id)` takes a message back,
 * and `send(text)` answers with a button.
 */
export function logView({ chat, texts, locale, edit, send }) {
  const below = signal(0);
  const rows = element("div", {});
  const announcer = element("div", { class: "unseen", role: "status" });
  const more = element("button", { type: "button", class: "more", hidden: () => below.value === 0, onclick: () => toEnd() }, () =>
    filled(texts.newBelow, { count: below.value }));
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const announce = announcerOf(announcer, texts);
  /** The version of the customer's last message: what was asked before is answered. */
  const answered = computed(() => (chat.pending.value.length ? Infinity : lastOwn(chat.conversation.value)));
  const context = { texts, time, edit, send, isOpen: (item) => item.version > answered.value };
  let known = null;

  const items = () => [
    ...chat.messages.value,
    ...chat.pending.value.map(ownItem),
  ];
  const welcome = element("p", { class: "notice", hidden: () => items().length > 0 }, texts.welcome);
  const isAtEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_THE_END;
  const list = element("div", { class: "log", role: "log", "aria-live": "off", "aria-label": texts.log, tabindex: "0" }, [welcome, rows]);
  const toEnd = () => {
    list.scrollTop = list.scrollHeight;
    below.value = 0;
  };
  list.addEventListener("scroll", () => isAtEnd() && (below.value = 0), { passive: true });

  effect(() => {
    const now = items();
    const stick = known === null || isAtEnd() || now.at(-1)?.own;
    const fresh = known === null ? [] : now.filter((item) => !known.has(item.id));
    known = new Set(now.map((item) => item.id));
    queueMicrotask(() => {
      if (stick) toEnd();
      else below.value += fresh.length;
    });
    announce(fresh.filter((item) => item.version > chat.seenBefore && item.sender?.type !== "customer"));
  });
  keepRows(rows, items, (item) => item.id, (item) => rowOf(item, context));
  return element("div", { class: "log-area" }, [list, more, announcer]);
}

function lastOwn({ status, messages }) {
  return status === "ended" ? Infinity : (messages.findLast((message) => message.sender?.type === "customer")?.version ?? 0);
}

const ownItems = new WeakMap();

/** The item of an entry of the outbox, the same one each time, so that its row is left alone. */
function ownItem(entry) {
  if (!ownItems.has(entry)) ownItems.set(entry, { id: entry.id, own: entry });
  return ownItems.get(entry);
}

/** A row for a message of the log, of the outbox, or a notice. A message that was sent keeps its row. */
function rowOf(item, context) {
  const row = element("article", { class: () => `row ${kindOf(item.value)}` });
  const isOpen = computed(() => item.value.content?.type === "buttons" && context.isOpen(item.value));
  effect(() => row.replaceChildren(...partsOf(item.value, isOpen.value, context)));
  return row;
}

function partsOf(item, isOpen, { texts, time, edit, send }) {
  if (item.notice) return [element("p", { class: "notice" }, filled(texts[item.notice], { name: item.name ?? texts.agent }))];
  const name = senderName(item, texts);
  const words = wordsOf(item.own ?? item, name, texts);
  const parts = [
    element("span", { class: "unseen" }, `${name}${item.at ? `, ${time.format(new Date(item.at))}` : ""}: `),
    element("p", { class: "bubble", dir: "auto" }, linked(words)),
  ];
  if (isOpen) parts.push(choices(item.content.buttons, send));
  if (item.own?.refused) parts.push(refusal(item.own, texts, edit));
  else if (item.own) parts.push(element("p", { class: "state" }, texts.sending));
  else parts.push(element("p", { class: "state", "aria-hidden": "true" }, stateOf(item, name, time)));
  return parts;
}

/** Answers to choose from. They go when the customer has written something. */
function choices(buttons, send) {
  const made = buttons.map(({ title, payload }) =>
    element("button", { type: "button", class: "choice", dir: "auto", onclick: () => send(payload || title) }, title));
  return element("div", { class: "choices" }, made);
}

function refusal(entry, texts, edit) {
  return element("p", { class: "state refused" }, [
    filled(texts.notSent, { reason: entry.refused }),
    " ",
    element("button", { type: "button", class: "link", onclick: () => edit(entry.id) }, texts.edit),
  ]);
}

function stateOf(item, name, time) {
  const at = time.format(new Date(item.at));
  return item.sender.type === "customer" ? at : `${name} · ${at}`;
}

function kindOf(item) {
  if (item.notice) return "of-nobody";
  return item.own || item.sender.type === "customer" ? "of-customer" : `of-${item.sender.type}`;
}

function senderName(item, texts) {
  const type = item.own ? "customer" : item.sender.type;
  if (type === "customer") return texts.you;
  if (type === "bot") return texts.botName;
  if (type === "system") return texts.systemName;
  return item.sender.name ?? texts.agent;
}

function wordsOf({ content }, name, texts) {
  return content.text ?? content.name ?? filled(texts.unseenKind, { name });
}

/** Reads new messages out, joined, and only their number when they are many. */
function announcerOf(node, texts) {
  let waiting = [];
  return (items) => {
    if (!items.length) return;
    if (!waiting.length) setTimeout(speak, ANNOUNCE_MILLISECONDS);
    waiting.push(...items);
  };

  function speak() {
    const said = waiting.map((item) => {
      const name = senderName(item.sender ? item : { sender: { type: "system" } }, texts);
      if (item.notice) return filled(texts[item.notice], { name: item.name ?? texts.agent });
      return filled(texts.said, { name, text: wordsOf(item, name, texts) });
    });
    node.textContent = said.length > MAX_READ_OUT ? filled(texts.newMessages, { count: said.length }) : said.join(" ");
    waiting = [];
  }
}
