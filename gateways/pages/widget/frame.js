// The frame of the widget: the chat itself, on the server's origin, inside a page of any other.

import { element } from "../base/elements.js";
import { computed, effect } from "../base/signals.js";
import { bridge } from "./bridge.js";
import { Chat } from "./chat.js";
import { composer } from "./composer.js";
import { logView } from "./log.js";
import { Storage } from "./storage.js";
import { filled, localeOf, textsFor } from "./texts.js";
import { applyTheme } from "./theme.js";

const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];

async function start() {
  const parameters = new URLSearchParams(location.search);
  const wanted = [parameters.get("language"), ...navigator.languages, navigator.language].filter(Boolean);
  const { language, texts } = await textsFor(wanted);
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
  document.title = texts.title;
  const storage = new Storage(parameters.get("channel") ?? "");
  const chat = new Chat(parameters.get("channel") ?? "", language, storage);
  const locale = localeOf(language, [...navigator.languages, ...wanted]);
  const { field } = draw({ chat, texts, locale, storage });
  connect({ chat, field });
  void chat.lookForAgents();
  chat.resume();
}

function draw({ chat, texts, locale, storage }) {
  const { form, field } = composer({ chat, texts, send: (text) => chat.post(text) });
  const log = logView({
    chat,
    texts,
    locale,
    send: (text) => {
      chat.post(text);
      field.focus();
    },
    edit: (id) => {
      field.value = [field.value, chat.takeBack(id)].filter(Boolean).join("\n");
      field.focus();
    },
  });
  const isOver = computed(() => chat.connection.value === "over");
  const again = element("button", { type: "button", class: "again", hidden: () => !isOver.value, onclick: () => {
    chat.startAnew();
    field.focus();
  } }, texts.again);
  effect(() => (form.hidden = isOver.value));
  document.body.replaceChildren(
    element("main", { class: "chat" }, [
      heading(chat, texts),
      log,
      notices({ chat, texts, locale, storage }),
      form,
      again,
    ]),
  );
  return { field };
}

function heading(chat, texts) {
  const state = computed(() => chat.conversation.value);
  const withBot = computed(() => state.value.status === "bot");
  return element("header", { class: "head" }, [
    element("h1", { tabindex: "-1" }, texts.title),
    element("button", { type: "button", class: "ghost close", "aria-label": texts.close, onclick: () => send("close") }, "×"),
    element("p", { class: "subtitle" }, () => subtitle(chat, texts)),
    element("button", { type: "button", class: "ghost person", hidden: () => !withBot.value, onclick: () => chat.requestAgent().catch(() => {}) }, texts.person),
  ]);
}

function subtitle(chat, texts) {
  const { status, place, estimatedWaitSeconds, agents } = chat.conversation.value;
  if (status === "agent") return Object.values(agents).join(", ");
  if (status === "bot") return texts.bot;
  if (status === "waiting" && place !== null) return waiting(place, estimatedWaitSeconds, texts);
  if (status === "waiting") return texts.personAsked;
  if (status === "ended") return texts.ended;
  return chat.availability.value?.open === false ? texts.closed : texts.open;
}

function waiting(place, seconds, texts) {
  const words = filled(texts.waiting, { place });
  if (seconds === null) return words;
  return `${words} ${seconds < 60 ? texts.soon : filled(texts.wait, { minutes: Math.ceil(seconds / 60) })}`;
}

/** What passes: typing, the connection, the end that comes near. */
function notices({ chat, texts, locale, storage }) {
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const words = computed(() => {
    const { typing, remindedUntil } = chat.conversation.value;
    if (chat.refusal.value) return chat.refusal.value;
    if (chat.connection.value === "interrupted") return texts.offline;
    if (remindedUntil) return filled(texts.inactive, { time: time.format(new Date(remindedUntil)) });
    if (typing.length) return filled(texts.typing, { name: typing.map((name) => (name === "bot" ? texts.botName : name)).join(", ") });
    return "";
  });
  const lasting = element("p", { class: "passing", hidden: () => chat.outbox.value.length === 0 || storage.lasting }, texts.notLasting);
  return element("div", { class: "notices" }, [element("p", { class: "passing", role: "status" }, () => words.value), lasting]);
}

let send = () => {};

/** Follows the loader's wishes, and tells it what the page around may show. */
function connect({ chat, field }) {
  let isOpen = parent === window;
  let seen = null;
  const leaving = new AbortController();
  send = bridge((type, data) => {
    if (type === "panel") isOpen = data.open;
    if (type === "panel" && isOpen) {
      seen = chat.conversation.peek().messages.length;
      send("unread", { count: 0 });
      if (matchMedia("(pointer: fine)").matches) field.focus();
      else document.querySelector("h1").focus();
    }
    if (type === "theme") applyTheme(data.theme);
  }, leaving.signal);
  addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && send("close"));
  addEventListener("pagehide", () => chat.leave());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  effect(() => {
    const { messages } = chat.conversation.value;
    if (seen === null || isOpen) seen = messages.length;
    const count = messages.slice(seen).filter((message) => message.sender && message.sender.type !== "customer").length;
    send("unread", { count });
  });
  send("ready");
}

void start();
