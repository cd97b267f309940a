// What comes while the agent does something else, for those who hear the page: offers, and what is written in the
// conversation in front. It is spoken at most once a second.

/** @import { Desk } from "./desk-state.js" */
/** @import { FeedEvent } from "./state/types" */
import { element } from "../base/elements.js";
import { onStop, signal } from "../base/signals.js";
import { wordsOf } from "./contents/words.js";
import { senderWords } from "./log-view.js";
import { t } from "./words.js";

const EVERY_MILLISECONDS = 1000;
const MAX_SENTENCES = 3;
const MAX_WORDS = 300; // signs of one message

/** The place from which screen readers speak. @param {Desk} desk */
export function speaking(desk) {
  const spoken = signal("");
  /** @type {string[]} */
  let waiting = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function speak() {
    timer = waiting.length ? setTimeout(speak, EVERY_MILLISECONDS) : undefined;
    spoken.value = waiting.length > MAX_SENTENCES ? t("speaking.many", { count: waiting.length }) : waiting.join(" ");
    waiting = [];
  }

  const stop = desk.watch((event) => {
    const sentence = sentenceOf(desk, event);
    if (sentence === null) return;
    waiting.push(sentence);
    if (timer === undefined) speak();
  });
  onStop(() => {
    stop();
    clearTimeout(timer);
  });
  return element("p", { class: "visually-hidden spoken", role: "status" }, () => spoken.value);
}

/**
 * @param {Desk} desk
 * @param {FeedEvent} event
 */
function sentenceOf(desk, { type, data, conversation_id: id }) {
  if (type === "TaskReserved") return t("speaking.offer", { queue: data.queue });
  if (id === undefined || id !== desk.selected.peek()) return null;
  if (type === "MessagePosted" && data.sender.id !== desk.agentId) return t("speaking.message", { name: senderWords(desk, data.sender), words: cut(wordsOf(data.content)) });
  if ((type === "NoteAdded" || type === "WhisperPosted") && data.agent_id !== desk.agentId) return t("speaking.inside", { name: data.agent_name, words: cut(data.text) });
  return null;
}

/** @param {string} words */
function cut(words) {
  return words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words;
}
