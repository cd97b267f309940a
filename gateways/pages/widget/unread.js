// How much is new, for the launcher.

import { effect } from "../base/signals.js";
import { filled } from "./texts.js";

/** Tells the page around how many messages the visitor has not read, with the launcher's name in words. */
export function tellUnread({ chat, texts, storage, send }) {
  effect(() => {
    const isNew = ({ sender, version }) => version > chat.seen.value && sender && sender.type !== "customer";
    const count = chat.conversation.value.messages.filter(isNew).length;
    send("unread", { count, label: count ? `${texts.launcher}, ${filled(texts.newMessages, { count })}` : texts.launcher });
    if (chat.connection.value !== "none" && storage.lasting) send("used");
  });
}
