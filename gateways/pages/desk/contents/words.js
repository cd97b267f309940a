// What a message holds, in a few words, for lists and for those who hear it.

import { t } from "../words.js";

/** @param {any} content */
export function wordsOf(content) {
  const { type, text, title, name } = content;
  if (text) return text;
  if (type === "buttons") return content.buttons.map((/** @type {Api.Button} */ button) => button.title).join(" · ");
  if (type === "form_answers") return Object.values(content.answers).flat().join(" · ");
  const kind = t(Object.hasOwn(KINDS, type) ? /** @type {"content.image"} */ (`content.${type}`) : "content.unknown");
  return title ?? (name ? `${kind}: ${name}` : kind);
}

const KINDS = { image: 1, audio: 1, video: 1, file: 1, attachment: 1, carousel: 1, location: 1, contact: 1, form: 1, rating: 1, notification: 1 };
