// A score that is asked for in the conversation. The server takes one after the end, from 1 to 5.

/** @import { ContentContext } from "../types" */
import { element } from "../../base/elements.js";
import { effect, signal } from "../../base/signals.js";
import { filled } from "../texts.js";

const MAX_SCORE = 5;

/**
 * The scores to choose from. One that is given before the end is kept until then.
 *
 * @param {Api.RatingContent} content
 * @param {ContentContext} context
 */
export function rating({ text, scale }, { chat, texts }) {
  /** @type {Signal<number?>} */
  const given = signal(null);
  const wrong = signal("");
  const isRated = () => chat.conversation.value.rating !== null;
  effect(() => {
    const { status, rating: before } = chat.conversation.value;
    if (given.value === null || status !== "ended" || before !== null) return;
    chat.rate(scoreOf(given.value, scale)).catch((error) => (wrong.value = /** @type {Error} */ (error).message));
  });
  const scores = Array.from({ length: scale ?? MAX_SCORE }, (_, at) => at + 1);
  return element("fieldset", { class: "scores" }, [
    element("legend", { class: "unseen" }, text),
    ...scores.map((score) =>
      element("button", {
        type: "button",
        class: "choice score",
        "aria-label": filled(texts.scoreOf, { score, scale: scores.length }),
        "aria-pressed": () => String(given.value === score),
        disabled: isRated,
        onclick: () => (given.value = score),
      }, String(score))),
    element("p", { class: "state", role: "status" }, () => wrong.value || (isRated() ? texts.thanks : given.value === null ? "" : texts.rateLater)),
  ]);
}

/**
 * The score on the server's scale.
 *
 * @param {number} given
 * @param {number} scale
 */
export function scoreOf(given, scale = MAX_SCORE) {
  return scale <= MAX_SCORE ? given : Math.ceil((given * MAX_SCORE) / scale);
}
