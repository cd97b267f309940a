// The head of the chat: its title, how things stand, and what the visitor can ask for.

/** @import { Chat, Refusal, Settings, Texts, ViewParts } from "./types" */
import { element } from "../base/elements.js";
import { computed, signal } from "../base/signals.js";
import { reasonOf } from "./refusals.js";
import { filled } from "./texts.js";

const CONFIRM_MILLISECONDS = 5000;

/**
 * The head as an element. `settings` are the channel's, `close()` closes the panel; `more` are further buttons.
 *
 * @param {Pick<ViewParts, "chat" | "texts" | "locale" | "settings"> & { close: () => void, more?: Node[] }} parts
 */
export function heading({ chat, settings, texts, locale, close, more = [] }) {
  return element("header", { class: "head" }, [
    element("h1", { tabindex: "-1" }, texts.title),
    element("button", { type: "button", class: "ghost close", "aria-label": texts.close, onclick: close }, "×"),
    element("p", { class: "subtitle" }, () => subtitle(chat, settings, texts, locale)),
    element("div", { class: "requests" }, [personButton(chat, texts), ...more, endButton(chat, texts)]),
  ]);
}

/**
 * @param {Chat} chat
 * @param {Texts} texts
 */
function personButton(chat, texts) {
  const isAsked = signal(false);
  const status = computed(() => chat.conversation.value.status);
  const ask = async () => {
    isAsked.value = true;
    await refusing(chat, chat.requestAgent());
    isAsked.value = false;
  };
  return element("button", { type: "button", class: "ghost", hidden: () => status.value !== "bot", disabled: () => isAsked.value, onclick: ask }, texts.person);
}

/**
 * Ends the conversation when it is pressed twice: a frame of another site cannot ask with a dialog of the browser.
 *
 * @param {Chat} chat
 * @param {Texts} texts
 */
function endButton(chat, texts) {
  const isAsked = signal(false);
  const press = () => {
    if (isAsked.peek()) void refusing(chat, chat.end());
    isAsked.value = !isAsked.peek();
    setTimeout(() => (isAsked.value = false), CONFIRM_MILLISECONDS);
  };
  const isOpen = () => ["bot", "waiting", "agent"].includes(chat.conversation.value.status);
  return element("button", { type: "button", class: "ghost", hidden: () => !isOpen(), onclick: press }, () => (isAsked.value ? texts.reallyEnd : texts.end));
}

/**
 * Says what the server has refused.
 *
 * @param {Chat} chat
 * @param {Promise<void>} request
 */
async function refusing(chat, request) {
  try {
    await request;
  } catch (error) {
    chat.refusal.value = reasonOf(/** @type {Refusal} */ (error));
  }
}

/**
 * @param {Chat} chat
 * @param {Texts} texts
 * @param {string} locale
 * @param {Settings} settings
 */
function subtitle(chat, settings, texts, locale) {
  const { status, place, estimatedWaitSeconds, agents } = chat.conversation.value;
  if (status === "ended" || chat.connection.value === "over") return texts.ended;
  if (status === "agent") return Object.values(agents).join(", ");
  if (status === "bot") return texts.bot;
  if (status === "waiting") return place === null ? texts.personAsked : waiting(place, estimatedWaitSeconds, texts);
  return chat.availability.value?.open === false ? closed(chat.availability.value.opens_at, settings, texts, locale) : texts.open;
}

/**
 * @param {string | null | undefined} opensAt
 * @param {Settings} settings
 * @param {Texts} texts
 * @param {string} locale
 */
function closed(opensAt, { bot }, texts, locale) {
  const words = bot ? texts.closedBot : texts.closed;
  if (!opensAt) return words;
  const time = new Intl.DateTimeFormat(locale, { weekday: "long", hour: "2-digit", minute: "2-digit" }).format(new Date(opensAt));
  return `${words} ${filled(texts.opensAt, { time })}`;
}

/**
 * @param {number} place
 * @param {number?} seconds
 * @param {Texts} texts
 */
function waiting(place, seconds, texts) {
  const words = filled(texts.waiting, { place });
  if (seconds === null) return words;
  return `${words} ${seconds < 60 ? texts.soon : filled(texts.wait, { minutes: Math.ceil(seconds / 60) })}`;
}
