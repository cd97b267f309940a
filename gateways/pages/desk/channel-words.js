// What is said above the keys for sending, when the customer's channel cannot show a message as it is written.

/** @import { Conversation } from "./conversation.js" */
import { now } from "../base/clock.js";
import { element } from "../base/elements.js";
import { computed } from "../base/signals.js";
import { closingTime, partsOf } from "./state/channel-limits.js";
import { t } from "./words.js";

/**
 * @param {Conversation} conversation
 * @param {Readable<string>} text what is being written to the customer
 */
export function channelWords(conversation, text) {
  const reason = computed(() => conversation.detail.value?.attributes.unreachable ?? null);
  const closed = computed(() => isClosed(conversation));
  const parts = computed(() => {
    const capabilities = conversation.detail.value?.capabilities;
    return capabilities ? partsOf(text.value.trim(), capabilities) : 0;
  });
  const words = computed(() => {
    if (reason.value !== null) return t("channel.unreachable", { reason: String(reason.value) });
    if (closed.value) return t("channel.closed");
    return parts.value > 1 ? t("channel.parts", { count: parts.value }) : "";
  });
  // It is always there, so that a screen reader hears when something comes in.
  return element("p", { class: () => `channel-words ${reason.value !== null || closed.value ? "warn" : ""}`, role: "status", dir: "auto" }, () => words.value);
}

/** @param {Conversation} conversation */
function isClosed(conversation) {
  const detail = conversation.detail.value;
  const closing = detail && closingTime(detail, conversation.log.value);
  return closing ? now.value > closing : false;
}
