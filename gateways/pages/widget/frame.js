// The frame of the widget: the chat itself, on the server's origin, inside a page of any other.

import { element } from "../base/elements.js";
import { computed, effect, signal } from "../base/signals.js";
import { bridge } from "./bridge.js";
import { Chat } from "./chat.js";
import { composer } from "./composer.js";
import { endingView } from "./ending.js";
import { logView } from "./log.js";
import { Storage } from "./storage.js";
import { filled, localeOf, textsFor } from "./texts.js";
import { applyTheme } from "./theme.js";

const CONFIRM_MILLISECONDS = 5000;
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];

async function start() {
  const early = []; // what the loader sends before the chat is drawn
  let receive = (...message) => early.push(message);
  send = bridge((...message) => receive(...message));
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
  receive = connect({ chat, field });
  for (const message of early) receive(...message);
  void chat.lookForAgents();
  chat.resume();
}

function draw({ chat, texts, locale, storage }) {
  const { form, field } = composer({ chat, texts, send: (text) => chat.post({ type: "text", text }) });
  const log = logView({
    chat,
    texts,
    locale,
    send: (text) => {
      chat.post({ type: "text", text });
      field.focus();
    },
    edit: (id) => {
      field.value = [field.value, chat.takeBack(id)?.text].filter(Boolean).join("\n");
      field.focus();
    },
  });
  effect(() => (form.hidden = chat.connection.value === "over"));
  const again = () => {
    chat.startAnew();
    field.focus();
  };
  document.body.replaceChildren(
    element("main", { class: "chat" }, [
      heading({ chat, texts, locale }),
      log,
      notices({ chat, texts, locale, storage }),
      form,
      endingView({ chat, texts, again }),
    ]),
  );
  return { field };
}

function heading({ chat, texts, locale }) {
  const status = computed(() => chat.conversation.value.status);
  return element("header", { class: "head" }, [
    element("h1", { tabindex: "-1" }, texts.title),
    element("button", { type: "button", class: "ghost close", "aria-label": texts.close, onclick: () => send("close") }, "×"),
    element("p", { class: "subtitle" }, () => subtitle(chat, texts, locale)),
    element("div", { class: "requests" }, [
      element("button", { type: "button", class: "ghost", hidden: () => status.value !== "bot", onclick: () => chat.requestAgent().catch(() => {}) }, texts.person),
      endButton(chat, texts, status),
    ]),
  ]);
}

/** Ends the conversation when it is pressed twice: a frame of another site cannot ask with a dialog of the browser. */
function endButton(chat, texts, status) {
  const asked = signal(false);
  const press = () => {
    if (asked.peek()) chat.end().catch(() => {});
    asked.value = !asked.peek();
    setTimeout(() => (asked.value = false), CONFIRM_MILLISECONDS);
  };
  const isOpen = () => ["bot", "waiting", "agent"].includes(status.value);
  return element("button", { type: "button", class: "ghost", hidden: () => !isOpen(), onclick: press }, () => (asked.value ? texts.reallyEnd : texts.end));
}

function subtitle(chat, texts, locale) {
  const { status, place, estimatedWaitSeconds, agents } = chat.conversation.value;
  if (chat.connection.value === "over") return texts.ended;
  if (status === "agent") return Object.values(agents).join(", ");
  if (status === "bot") return texts.bot;
  if (status === "waiting" && place !== null) return waiting(place, estimatedWaitSeconds, texts);
  if (status === "waiting") return texts.personAsked;
  if (status === "ended") return texts.ended;
  return chat.availability.value?.open === false ? closed(chat.availability.value.opens_at, texts, locale) : texts.open;
}

function closed(opensAt, texts, locale) {
  if (!opensAt) return texts.closed;
  const time = new Intl.DateTimeFormat(locale, { weekday: "long", hour: "2-digit", minute: "2-digit" }).format(new Date(opensAt));
  return `${texts.closed} ${filled(texts.opensAt, { time })}`;
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
  const lasting = element("p", { class: "passing", hidden: () => chat.connection.value === "none" || storage.lasting }, texts.notLasting);
  return element("div", { class: "notices" }, [element("p", { class: "passing", role: "status" }, () => words.value), lasting]);
}

let send = () => {};

/** Tells the loader what the page around may show. Returns what takes the loader's messages. */
function connect({ chat, field }) {
  const isOpen = signal(parent === window);
  const isVisible = signal(document.visibilityState === "visible");
  const receive = (type, data) => {
    if (type === "panel") isOpen.value = data.open;
    if (type === "panel" && data.open) {
      if (matchMedia("(pointer: fine)").matches) field.focus();
      else document.querySelector("h1").focus();
    }
    if (type === "theme") applyTheme(data.theme);
  };
  addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && send("close"));
  document.addEventListener("visibilitychange", () => (isVisible.value = document.visibilityState === "visible"));
  addEventListener("pagehide", () => chat.leave());
  addEventListener("pageshow", (event) => event.persisted && chat.resume());
  effect(() => {
    const { messages } = chat.conversation.value;
    if (isOpen.value && isVisible.value) chat.read();
    const isNew = ({ sender, version }) => version > chat.seen.value && sender && sender.type !== "customer";
    send("unread", { count: messages.filter(isNew).length });
  });
  send("ready");
  return receive;
}

void start();
