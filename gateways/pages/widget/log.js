// The log of the conversation. New messages are announced to screen readers; the log itself is silent, and never redrawn.

/** @import { Answering, Chat, Content, ContentTexts, Entry, InWords, Loaded, LogItem, LogMessage, LogNotice, LogNotification, OwnItem, PartContext, Pressable, RowContext, SomebodysItem, Texts } from "./types" */
import { element } from "../base/elements.js";
import { keepRows } from "../base/rows.js";
import { computed, effect, onStop, signal, untracked } from "../base/signals.js";
import { later, whenLoaded } from "./later.js";
import { linked } from "../base/text/links.js";
import { reasonInWords } from "./refusals.js";
import { filled } from "./texts.js";

const NEAR_THE_END = 40;
const ANNOUNCE_MILLISECONDS = 1000;
const MAX_READ_OUT = 3;
const MARKS = /[*_`\\>#]|\]\(|^\s*(?:[-+•]|\d+[.)])\s/m;

/**
 * The log as an element. `chat` is the Chat, `texts` the words, `locale` a tag for times; `edit(id)` takes a message back,
 * and `send(content)` answers with a button or a form.
 *
 * @param {Pick<RowContext, "chat" | "texts" | "locale" | "edit" | "send">} parts
 */
export function logView({ chat, texts, locale, edit, send }) {
  const below = signal(0);
  const rows = element("div", {});
  const announcer = element("div", { class: "unseen", role: "status" });
  const more = element("button", { type: "button", class: "more", hidden: () => below.value === 0, onclick: () => toEnd() }, () =>
    filled(texts.newBelow, { count: below.value }));
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const announce = announcerOf(announcer, texts);
  const context = { chat, texts, locale, time, edit, send, ...answeringOf(chat) };
  /** @type {Set<string>?} */
  let known = null;

  /** @type {() => LogItem[]} */
  const items = () => [...chat.messages.value, ...chat.pending.value.map(ownItem)];
  const welcome = element("p", { class: "notice", hidden: () => items().length > 0 }, texts.welcome);
  const list = element("div", { class: "log", role: "log", "aria-live": "off", "aria-label": texts.log, tabindex: "0" }, [welcome, rows]);
  const toEnd = atEndOf(list, rows, () => (below.value = 0));

  effect(() => {
    const now = items();
    const fresh = known === null ? [] : now.filter((item) => !(/** @type {Set<string>} */ (known).has(item.id)));
    const stick = known === null || now.at(-1)?.own;
    known = new Set(now.map((item) => item.id));
    if (stick) queueMicrotask(toEnd);
    else if (!toEnd.isThere()) below.value += fresh.length;
    announce(fresh.filter((item) => /** @type {number} */ (item.version) > chat.seenBefore && item.sender?.type !== "customer"));
  });
  keepRows(rows, items, (item) => item.id, (item) => rowOf(item, context));
  return element("div", { class: "log-area" }, [list, more, announcer]);
}

/**
 * Keeps a list at its end, also when what is in it grows later, unless somebody has scrolled away. Returns what goes there.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement} rows
 * @param {() => void} reached
 */
function atEndOf(list, rows, reached) {
  let [isThere, end] = [true, 0];
  const toEnd = () => {
    list.scrollTop = list.scrollHeight;
    [isThere, end] = [true, list.scrollTop];
    reached();
  };
  toEnd.isThere = () => {
    const last = list.scrollHeight - list.clientHeight;
    end = Math.min(end, last); // the list may have shrunk since it was scrolled to its end, or have grown
    isThere = last - list.scrollTop < NEAR_THE_END || (isThere && list.scrollTop >= end);
    return isThere;
  };
  list.addEventListener("scroll", () => toEnd.isThere() && reached(), { passive: true });
  const watch = new ResizeObserver(() => toEnd.isThere() && toEnd());
  for (const each of [list, rows]) watch.observe(each);
  onStop(() => watch.disconnect());
  return toEnd;
}

/**
 * Which messages wait for an answer: those after the customer's last, while anything may be sent.
 *
 * @param {Chat} chat
 * @returns {Answering}
 */
function answeringOf(chat) {
  const isOngoing = () => chat.connection.value !== "over";
  const last = computed(() => chat.messages.value.findLast((message) => message.sender?.type === "customer") ?? null);
  const answered = computed(() => (chat.pending.value.some((entry) => !entry.refused) ? Infinity : (last.value?.version ?? 0)));
  return { isOngoing, isOpen: (item) => isOngoing() && /** @type {number} */ (item.version) > answered.value, isLastOwn: (item) => last.value === item };
}

/** @type {WeakMap<Entry, OwnItem>} */
const ownItems = new WeakMap();

/**
 * The item of an entry of the outbox, the same one each time, so that its row is left alone.
 *
 * @param {Entry} entry
 */
function ownItem(entry) {
  if (!ownItems.has(entry)) ownItems.set(entry, { id: entry.id, own: entry });
  return /** @type {OwnItem} */ (ownItems.get(entry));
}

/**
 * A row for a message of the log, of the outbox, or a notice. A message that was sent keeps its row. What is recorded has
 * its version, by which programs that read the page know it.
 *
 * @param {Readable<LogItem>} item
 * @param {RowContext} context
 */
function rowOf(item, context) {
  const row = element("article", {
    class: () => `row ${kindOf(item.value)}`,
    "data-id": item.peek().id,
    "data-version": () => item.value.version ?? null,
  });
  effect(() => {
    const now = item.value;
    const loaded = needsMore(now) ? later() : null;
    row.replaceChildren(...untracked(() => partsOf(now, loaded, context)));
  });
  return row;
}

/**
 * @param {LogItem} item
 * @param {Loaded?} loaded
 * @param {RowContext} context
 */
function partsOf(item, loaded, context) {
  const { texts, time } = context;
  if (isNotice(item)) return [element("p", { class: "notice", dir: "auto" }, wordsOf(item, null, texts))];
  const name = senderName(item, texts);
  const own = {
    ...context,
    texts: /** @type {ContentTexts} */ ({ ...loaded?.texts, ...texts }),
    name,
    isOwn: Boolean(item.own) || item.sender?.type === "customer",
    isPending: Boolean(item.own),
    isRefused: Boolean(item.own?.refused),
  };
  return [
    element("span", { class: "unseen" }, `${name}${item.at ? `, ${time.format(new Date(item.at))}` : ""}: `),
    ...bodyOf(item, name, loaded, own),
    stateOf(item, name, loaded, own),
  ];
}

/**
 * @param {SomebodysItem} item
 * @param {string} name
 * @param {Loaded?} loaded
 * @param {PartContext} context
 */
function bodyOf(item, name, loaded, context) {
  const { chat, texts, isOpen, isOwn } = context;
  if (loaded) return loaded.view.bodyOf(item.own ?? item, { ...context, isOpen: () => isOpen(item) });
  const words = wordsOf(item, name, texts);
  return [element("p", { class: "bubble", dir: "auto" }, linked(isOwn ? titleOf(words, item, chat.messages.peek()) : words))];
}

/**
 * The title of the button that the customer has answered with, where its payload was posted as the text, as it once was;
 * else the text itself.
 *
 * @param {string} text
 * @param {LogItem} item
 * @param {(LogMessage | LogNotice)[]} messages
 */
function titleOf(text, { version = Infinity, own, content = own?.content }, messages) {
  if (content?.type === "text" && content.payload) return text;
  const buttonsOf = (/** @type {Pressable | undefined} */ { buttons = [], cards = [] } = {}) => [...buttons, ...cards.flatMap((card) => card.buttons ?? [])];
  const isChosen = (/** @type {Api.Button} */ { payload }) => payload === text;
  const asked = messages.findLast((each) => each.version < version && each.sender && buttonsOf(/** @type {Pressable} */ (each.content)).some(isChosen));
  return buttonsOf(/** @type {Pressable | undefined} */ (asked?.content)).find(isChosen)?.title ?? text;
}

/**
 * Whether more than plain text is shown. What the customer has typed is shown as it was typed.
 *
 * @param {LogItem} item
 */
function needsMore(item) {
  const { content, sender } = item.own ?? item;
  if (!content || isNotice(item)) return false;
  return content.type !== "text" || (sender && sender.type !== "customer" && MARKS.test(content.text));
}

/**
 * @param {LogItem} item
 * @returns {item is LogNotice | LogNotification}
 */
function isNotice(item) {
  return Boolean(item.notice) || item.content?.type === "notification";
}

/**
 * @param {SomebodysItem} item
 * @param {string} name
 * @param {Loaded?} loaded
 * @param {PartContext} context
 */
function stateOf(item, name, loaded, context) {
  const { chat, texts, time, isOwn, isLastOwn } = context;
  if (item.own?.refused) return refusal(item.own, loaded, context);
  if (item.own?.uploading && loaded) return loaded.view.uploadState(item.own, { chat, texts });
  if (item.own) return element("p", { class: "state" }, texts.sending);
  const at = time.format(new Date(item.at));
  if (!isOwn) return element("p", { class: "state", "aria-hidden": "true" }, [element("bdi", {}, name), " · ", element("bdi", {}, at)]);
  return element("p", { class: "state" }, [
    element("bdi", { "aria-hidden": "true" }, at),
    () => (isLastOwn(item) ? ` · ${texts[chat.conversation.value.receipt ?? "sent"]}` : ""),
  ]);
}

/**
 * Why a message was not sent. A text goes back to where it was written; of all else nothing is left but its name.
 *
 * @param {Entry} entry
 * @param {Loaded?} loaded
 * @param {PartContext} context
 */
function refusal(entry, loaded, { chat, texts, edit }) {
  const isText = entry.content.type === "text";
  const take = () => (isText ? edit(entry.id) : chat.takeBack(entry.id));
  return element("p", { class: "state refused" }, [
    filled(texts.notSent, { reason: reasonInWords(/** @type {string} */ (entry.refused), texts) }),
    " ",
    isText || loaded ? element("button", { type: "button", class: "link", onclick: take }, isText ? texts.edit : texts.remove) : null,
  ]);
}

/** @param {LogItem} item */
function kindOf(item) {
  if (isNotice(item)) return "of-nobody";
  return item.own || item.sender.type === "customer" ? "of-customer" : `of-${item.sender.type}`;
}

/**
 * @param {SomebodysItem} item
 * @param {Texts} texts
 */
function senderName(item, texts) {
  const type = item.own ? "customer" : item.sender.type;
  if (type === "customer") return texts.you;
  if (type === "bot") return texts.botName;
  if (type === "system") return texts.systemName;
  return item.sender?.name ?? texts.agent;
}

/**
 * The message in words, for those who hear it, and until more is loaded.
 *
 * @param {LogItem} item
 * @param {string?} name
 * @param {Texts} texts
 */
function wordsOf(item, name, texts) {
  if (item.notice) return filled(texts[item.notice], { name: item.name ?? texts.agent });
  const { content } = /** @type {{ content: Content & InWords }} */ (item.own ?? item);
  const loaded = needsMore(item) ? untracked(later) : null;
  if (loaded) return loaded.view.wordsOf(content, /** @type {string} */ (name), { ...loaded.texts, ...texts });
  return content.text ?? content.title ?? content.name ?? "…";
}

/**
 * Reads new messages out, joined, once they can be put in words, and only their number when they are many.
 *
 * @param {HTMLElement} node
 * @param {Texts} texts
 */
function announcerOf(node, texts) {
  /** @type {LogItem[]} */
  let waiting = [];
  return (/** @type {LogItem[]} */ items) => {
    if (!items.length) return;
    if (!waiting.length) setTimeout(speak, ANNOUNCE_MILLISECONDS);
    waiting.push(...items);
  };

  async function speak() {
    if (waiting.some((item) => !item.notice && needsMore(item))) await whenLoaded();
    const said = waiting.map((item) => {
      if (isNotice(item)) return wordsOf(item, null, texts);
      const name = senderName(item, texts);
      return filled(texts.said, { name, text: wordsOf(item, name, texts) });
    });
    node.textContent = said.length > MAX_READ_OUT ? filled(texts.newMessages, { count: said.length }) : said.join(" ");
    waiting = [];
  }
}
