// Tells those who answer that their messages have come, and that the visitor has read them.

/** @import { Chat } from "./types" */
import { effect, onStop } from "../base/signals.js";

const TOGETHER_MILLISECONDS = 1000;
const ANSWERING = ["agent", "bot"];

/**
 * Reports the newest answer, and with it those before: as delivered, and as read once the visitor has it in sight.
 *
 * @param {Chat} chat
 */
export function reportReceipts(chat) {
  let reported = "";
  effect(() => {
    const newest = chat.messages.value.findLast((message) => ANSWERING.includes(message.sender?.type ?? ""));
    if (!newest || chat.connection.value !== "live") return;
    const status = chat.seen.value >= newest.version ? "read" : "delivered";
    const receipt = `${newest.id} ${status}`;
    if (receipt === reported) return;
    const report = () => {
      reported = receipt;
      chat.acknowledge(newest.id, status).catch(() => (reported = ""));
    };
    const timer = setTimeout(report, TOGETHER_MILLISECONDS);
    onStop(() => clearTimeout(timer));
  });
}
