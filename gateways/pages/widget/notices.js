// What passes: a refusal, the connection, typing, the end that comes near.

import { element } from "../base/elements.js";
import { computed } from "../base/signals.js";
import { filled } from "./texts.js";

/** The notices as an element. */
export function noticesView({ chat, texts, locale, storage }) {
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
