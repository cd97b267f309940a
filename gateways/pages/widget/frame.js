// The frame of the widget: the chat itself, on the server's origin, inside a page of any other.

/** @import { InWords, ViewParts } from "./types" */
import { element } from "../base/elements.js";
import { effect, owned } from "../base/signals.js";
import { askingOf } from "./asking.js";
import { bridge } from "./bridge.js";
import { callingOf } from "./calling.js";
import { Chat } from "./chat.js";
import { composer } from "./composer.js";
import { heading } from "./heading.js";
import { drawnLater } from "./later.js";
import { logView } from "./log.js";
import { noticesView } from "./notices.js";
import { connect } from "./page.js";
import { reportReceipts } from "./receipts.js";
import { settingsOf } from "./settings.js";
import { Storage } from "./storage.js";
import { languageOf, localeOf, textsFor } from "./texts.js";
import { tellUnread } from "./unread.js";
import { Visitor } from "./visitor.js";

const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];

async function start() {
  /** @type {[string, any][]} */
  const early = []; // what the loader sends before the chat is drawn
  /** @type {(type: string, data: any) => void} */
  let receive = (...message) => early.push(message);
  const send = bridge((...message) => receive(...message));
  const parameters = new URLSearchParams(location.search);
  const channel = parameters.get("channel") ?? "";
  const tags = [parameters.get("language"), ...navigator.languages, navigator.language];
  const wanted = /** @type {string[]} */ (tags.filter(Boolean));

  const spoken = await inLanguage(channel, wanted);
  const { settings } = spoken;
  const visitor = new Visitor(() => send("identify"));
  const storage = new Storage(channel, settings.storage === "site");
  const chat = new Chat({ channel, storage, visitor });
  let view = drawn({ chat, visitor, storage, send, ...spoken });
  const on = {
    opened: () => view.focus(),
    language: async (/** @type {string} */ tag) => {
      const next = await inLanguage(channel, [tag, ...wanted]);
      view.stop();
      view = drawn({ chat, visitor, storage, send, ...next });
    },
  };
  receive = connect({ chat, visitor, settings, send, on });
  for (const message of early) receive(...message);
  reportReceipts(chat);
  void chat.lookForAgents();
  chat.resume();
}

/**
 * The channel's settings and all texts in the first of the languages that there is, else in the channel's own.
 *
 * @param {string} channel
 * @param {string[]} wanted
 */
async function inLanguage(channel, wanted) {
  const own = languageOf(wanted);
  const settings = await settingsOf(channel, own);
  const language = own ?? languageOf([settings.language]) ?? "en";
  const texts = await textsFor(language, settings.texts);
  return { settings, language, texts, locale: localeOf(language, [...navigator.languages, ...wanted]) };
}

/**
 * Draws the chat, and owns it until another is drawn.
 *
 * @param {ViewParts} parts
 */
function drawn(parts) {
  const { language, texts, chat } = parts;
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
  document.title = texts.title;
  chat.language = language;
  const { made, stop } = owned(() => draw(parts));
  const focus = () => {
    if (matchMedia("(pointer: fine)").matches) made.focus();
    else document.querySelector("h1")?.focus();
  };
  return { stop, focus };
}

/** @param {ViewParts} parts */
function draw({ chat, settings, visitor, texts, locale, storage, send }) {
  const { form, field } = composer({ chat, texts, locale, offers: settings, send: (text) => chat.post({ type: "text", text }) });
  const log = logView({
    chat,
    texts,
    locale,
    send: (content) => {
      chat.post(content);
      field.focus();
    },
    edit: (id) => {
      const content = /** @type {InWords?} */ (chat.takeBack(id));
      field.value = [field.value, content?.text].filter(Boolean).join("\n");
      field.focus();
    },
  });
  const asking = askingOf({ chat, settings, visitor, storage, texts, field });
  const isOver = () => chat.connection.value === "over";
  effect(() => (form.hidden = isOver() || asking.isOn()));
  const again = () => {
    chat.startAnew();
    field.focus();
  };
  const calling = callingOf({ chat, settings, visitor, texts, locale, storage, field });
  document.body.replaceChildren(
    element("main", { class: "chat" }, [
      heading({ chat, settings, texts, locale, close: () => send("close"), more: [calling.button] }),
      calling.place,
      element("div", { class: "part", hidden: calling.isOn }, [
        log,
        noticesView({ chat, texts, locale, storage }),
        asking.place,
        form,
        drawnLater(isOver, () => import("./ending.js"), (view) => view.endingView({ chat, texts, again })),
      ]),
    ]),
  );
  tellUnread({ chat, texts, storage, settings, send });
  const places = [calling, asking, { isOn: () => true, focus: () => field.focus() }];
  return { focus: () => places.find((each) => each.isOn())?.focus() };
}

void start();
