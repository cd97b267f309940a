// How much is new, for the launcher.

/** @import { LogMessage, LogNotice, ViewParts } from "./types" */
import { effect } from "../base/signals.js";
import { filled } from "./texts.js";

/**
 * Tells the page around how many messages the visitor has not read, with the launcher's name in words.
 *
 * @param {Omit<ViewParts, "visitor" | "language" | "locale">} parts
 */
export function tellUnread({ chat, texts, storage, settings, send }) {
  let before = Infinity;
  effect(() => {
    const isNew = (/** @type {LogMessage | LogNotice} */ { sender, version }) => version > chat.seen.value && sender && sender.type !== "customer";
    const count = chat.messages.value.filter(isNew).length;
    if (count > before && settings.sound) void import("./sound.js").then(({ ring }) => ring()).catch(() => {}); // without the server there is no sound
    before = count;
    const words = count === 1 ? texts.newMessage : filled(texts.newMessages, { count });
    send("unread", { count, label: count ? `${texts.launcher}, ${words}` : texts.launcher });
    if (chat.connection.value !== "none" && storage.lasting) send("used");
  });
}
