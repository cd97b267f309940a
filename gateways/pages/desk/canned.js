// Canned messages: offered above the field when a word begins with a slash, and filled in with what is known.

/** @import { Conversation } from "./conversation.js" */
/** @import { Desk } from "./desk-state.js" */
import { matching } from "../base/controls/chooser.js";
import { element } from "../base/elements.js";
import { keepRows } from "../base/rows.js";
import { call } from "../base/session/calls.js";
import { computed, effect, signal } from "../base/signals.js";
import { t } from "./words.js";

const QUERY = /(^|\s)\/([^\s/]*(?: [^\s/]+)*)$/;
const MAX_ROWS = 8;
const FRESH_MILLISECONDS = 60_000;

/** @type {{ at: number, texts: Promise<Api.CannedText[]> }?} */
let cache = null;

/** All canned messages, asked for once a minute at the most. @returns {Promise<Api.CannedText[]>} */
function cannedTexts() {
  if (!cache || Date.now() - cache.at > FRESH_MILLISECONDS) {
    const texts = call("GET agent/v1/canned-messages").then(({ canned_messages }) => canned_messages);
    texts.catch(() => (cache = null));
    cache = { at: Date.now(), texts };
  }
  return cache.texts;
}

/**
 * The list that belongs to a field. `pressed` takes a key and returns whether it was for the list.
 *
 * @param {Desk} desk
 * @param {Conversation} conversation
 * @param {HTMLTextAreaElement} field
 * @param {() => void} changed
 */
export function cannedList(desk, conversation, field, changed) {
  const id = `canned-${conversation.id}`;
  const texts = signal(/** @type {Api.CannedText[]} */ ([]));
  const isLoading = signal(false);
  const query = signal(/** @type {string?} */ (null));
  const at = signal(0);
  const found = computed(() => (query.value === null ? [] : offered(desk, conversation, texts.value, query.value)));
  const active = computed(() => found.value[Math.min(at.value, found.value.length - 1)]);
  const list = element("div", { id, class: "choices canned", role: "listbox", "aria-label": t("canned.label"), hidden: () => query.value === null });
  keepRows(list, () => found.value, ({ name }) => name, (item, name) => {
    const { label, text, language } = item.peek();
    const choose = (/** @type {Event} */ event) => (event.preventDefault(), insert(item.peek()));
    return element("div", { id: `${id}-${name}`, role: "option", class: "choice", "aria-selected": () => String(active.value?.name === name), onmousedown: choose }, [
      element("strong", {}, `/${name}`),
      element("span", { class: "choice-words", dir: "auto", lang: language ?? null }, label ? `${label} – ${text}` : text),
    ]);
  });
  const empty = element("p", { class: "quiet canned-empty", role: "status" }, () => (query.value !== null && !found.value.length ? t("canned.none") : ""));
  effect(() => {
    const isOpen = query.value !== null;
    field.setAttribute("aria-controls", id);
    if (isOpen && active.value) field.setAttribute("aria-activedescendant", `${id}-${active.value.name}`);
    else field.removeAttribute("aria-activedescendant");
  });
  effect(() => active.value && document.getElementById(`${id}-${active.value.name}`)?.scrollIntoView({ block: "nearest" }));

  function look() {
    const typed = QUERY.exec(field.value.slice(0, field.selectionStart));
    if (typed && query.peek() === null) load();
    query.value = typed ? typed[2] : null;
    at.value = 0;
  }

  async function load() {
    isLoading.value = !texts.peek().length;
    try {
      texts.value = await cannedTexts();
    } catch {
      query.value = null; // the slash stays a slash
    } finally {
      isLoading.value = false;
    }
  }

  function open() {
    const before = field.value.slice(0, field.selectionStart);
    field.setRangeText(before === "" || /\s$/.test(before) ? "/" : " /", field.selectionStart, field.selectionEnd, "end");
    field.focus();
    changed();
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (query.peek() === null) return false;
    const last = found.peek().length - 1;
    if (event.key === "ArrowDown") at.value = at.peek() >= last ? 0 : at.peek() + 1;
    else if (event.key === "ArrowUp") at.value = at.peek() <= 0 ? Math.max(0, last) : at.peek() - 1;
    else if (event.key === "Escape") query.value = null;
    else if ((event.key === "Enter" || event.key === "Tab") && isLoading.peek()) insertOnceLoaded();
    else if ((event.key === "Enter" || event.key === "Tab") && active.peek()) insert(active.peek());
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** What was typed faster than the server answers is not sent as it is. */
  async function insertOnceLoaded() {
    await cannedTexts().catch(() => {}); // then there is nothing to insert
    if (query.peek() !== null && active.peek()) insert(active.peek());
  }

  /** @param {Api.CannedText} canned */
  function insert(canned) {
    const end = field.selectionStart;
    const typed = QUERY.exec(field.value.slice(0, end));
    const start = typed ? typed.index + typed[1].length : end;
    const text = filledIn(canned, valuesOf(desk, conversation));
    field.setRangeText(text, start, end, "end");
    const open = /\{\w+\}/.exec(text);
    if (open) field.setSelectionRange(start + open.index, start + open.index + open[0].length);
    query.value = null;
    field.focus();
    changed();
    query.value = null;
  }

  const node = element("div", { class: "canned-place" }, [list, empty]);
  return { node, look, open, pressed, close: () => (query.value = null) };
}

/**
 * The texts that fit: those in the customer's language first, those of other queues not at all.
 *
 * @param {Desk} desk
 * @param {Conversation} conversation
 * @param {Api.CannedText[]} texts
 * @param {string} query
 */
function offered(desk, conversation, texts, query) {
  const { queue, language } = desk.summaries.peek().get(conversation.id) ?? {};
  const fitting = texts.filter((text) => !text.queue || text.queue === queue);
  const choices = fitting.map((text) => ({ key: text.name, words: text.name, hint: text.label ?? "", also: text.text }));
  const names = matching(choices, query).map(({ key }) => key);
  const isSpoken = (/** @type {Api.CannedText} */ text) => Boolean(language && text.language?.split("-")[0] === language.split("-")[0]);
  const found = names.map((name) => /** @type {Api.CannedText} */ (fitting.find((text) => text.name === name)));
  return [...found.filter(isSpoken), ...found.filter((text) => !isSpoken(text))].slice(0, MAX_ROWS);
}

/**
 * The text with what is known in place of its variables; one that is not known stays, for the agent to fill in.
 *
 * @param {Api.CannedText} canned
 * @param {Record<string, string | null | undefined>} values
 */
export function filledIn({ text, variables }, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => (variables.includes(name) ? (values[name] ?? place) : place));
}

/**
 * @param {Desk} desk
 * @param {Conversation} conversation
 */
function valuesOf(desk, conversation) {
  const { customer } = conversation.detail.peek() ?? {};
  const summary = desk.summaries.peek().get(conversation.id);
  return {
    customer_name: customer?.name,
    customer_email: customer?.email,
    customer_phone: customer?.phone,
    agent_name: desk.shift.peek().agent.name,
    queue: summary?.queue,
    channel: summary?.channel,
    conversation_id: conversation.id,
  };
}
