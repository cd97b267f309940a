// All that may be in a message beside plain text, as nodes.

/** @import { Content, ContentContext, ContentTexts, InWords, MediaContent, Message, NameOfText, OfMessage, Postable } from "../types" */
import { element } from "../../base/elements.js";
import { linked } from "../../base/text/links.js";
import { filled } from "../texts.js";
import { carousel, choices } from "./choices.js";
import { answersView, form } from "./form.js";
import { mayBeMarked } from "../../base/text/markdown.js";
import { marked } from "../../base/text/marked.js";
import { media, mediaInWords } from "./media.js";
import { contact, place } from "./places.js";
import { rating } from "./rating.js";

export { attaching } from "./attaching.js";
export { uploadState } from "./uploads.js";

const MEDIA = ["image", "audio", "video", "file", "attachment"];

/** @type {{ [type: string]: (content: any, item: Message, context: ContentContext) => (HTMLElement | null)[] }} */
const KINDS = {
  buttons: (content, _, context) => [...bubble(content.text, context), choices(content.buttons, context)],
  carousel: (content, _, context) => [...bubble(content.text, context), carousel(content, context)],
  location: (content, _, context) => [place(content, context)],
  contact: (content) => [contact(content)],
  form: (content, item, context) => [form(content, item, context)],
  form_answers: (content, _, context) => [element("div", { class: "bubble" }, answersView(content, context))],
  rating: (content, _, context) => [...bubble(content.text, context), rating(content, context)],
  text: (content, _, context) => bubble(content.text, context),
};
for (const each of MEDIA) KINDS[each] = (content, _, context) => [media(content, context), ...bubble(content.text, context)];

/**
 * What a message holds, as nodes. `context` has the `chat`, the `texts`, the `locale`, and of this message the sender's
 * `name`, whether it `isOwn`, `isPending` and `isRefused`, `send(content)`, `isOpen()` while it waits for an answer, and `isOngoing()`
 * while anything may be sent.
 *
 * @param {Message} item
 * @param {ContentContext} context
 * @returns {HTMLElement[]}
 */
export function bodyOf(item, context) {
  const { content, file } = item;
  const kind = KINDS[content.type] ?? unknown;
  return kind({ ...content, ...file }, item, context).filter((part) => part !== null);
}

/**
 * The content in words, for those who hear it.
 *
 * @param {Content | Postable} content
 * @param {string} name
 * @param {ContentTexts} texts
 */
export function wordsOf(content, name, texts) {
  if (MEDIA.includes(content.type)) return mediaInWords(/** @type {MediaContent} */ (content), name, texts);
  const { text, title, name: own } = /** @type {InWords} */ (content);
  return text ?? title ?? own ?? filled(texts[IN_WORDS[content.type] ?? "unseenKind"], { name });
}

/** @type {{ [type: string]: NameOfText }} */
const IN_WORDS = { location: "place", form_answers: "answered", carousel: "cardsFrom" };

/**
 * A text as people and bots write it. What the customer has typed is shown as it was typed.
 *
 * @param {string | null | undefined} text
 * @param {OfMessage} context
 */
function bubble(text, { isOwn }) {
  if (!text) return [];
  if (isOwn || !mayBeMarked(text)) return [element("p", { class: "bubble", dir: "auto" }, linked(text))];
  return [element("div", { class: "bubble marked" }, marked(text))];
}

/**
 * @param {unknown} _
 * @param {Message} _item
 * @param {ContentContext} context
 */
function unknown(_, _item, { texts, name }) {
  return [element("p", { class: "bubble unknown" }, filled(texts.unseenKind, { name }))];
}
