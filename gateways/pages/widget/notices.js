// What passes: a refusal, the connection, the end that comes near, and typing, which is not read out.

/** @import { ViewParts } from "./types" */
import { element } from "../base/elements.js";
import { computed } from "../base/signals.js";
import { reasonInWords } from "./refusals.js";
import { filled } from "./texts.js";

/**
 * The notices as an element.
 *
 * @param {Pick<ViewParts, "chat" | "texts" | "locale" | "storage">} parts
 */
export function noticesView({ chat, texts, locale, storage }) {
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const words = computed(() => {
    const { remindedUntil } = chat.conversation.value;
    if (chat.refusal.value) return reasonInWords(chat.refusal.value, texts);
    if (chat.connection.value === "interrupted") return texts.offline;
    return remindedUntil ? filled(texts.inactive, { time: time.format(new Date(remindedUntil)) }) : "";
  });
  const typing = () => {
    const names = chat.conversation.value.typing.map((name) => (name === "bot" ? texts.botName : name));
    return names.length && !words.value ? filled(texts.typing, { name: names.join(", ") }) : "";
  };
  const lasting = element("p", { class: "passing", hidden: () => chat.connection.value === "none" || storage.lasting }, texts.notLasting);
  return element("div", { class: "notices" }, [
    element("p", { class: "passing" }, [element("span", { role: "status" }, () => words.value), typing]),
    lasting,
  ]);
}
