// After the end: a rating, the transcript to keep, and another conversation.

/** @import { Chat, Texts, ViewParts } from "./types" */
import { element } from "../base/elements.js";
import { computed, signal } from "../base/signals.js";
import { filled } from "./texts.js";

const SCORES = [1, 2, 3, 4, 5];
const MAX_COMMENT = 1024; // half of what the API takes

/**
 * What is there for a customer whose conversation is over, as an element. `again()` begins another.
 *
 * @param {Pick<ViewParts, "chat" | "texts"> & { again: () => void }} parts
 */
export function endingView({ chat, texts, again }) {
  const isOver = computed(() => chat.connection.value === "over");
  const isRatable = computed(() => chat.conversation.value.status === "ended" && chat.conversation.value.rating === null);
  return element("section", { class: "ending", hidden: () => !isOver.value, "aria-label": texts.ended }, [
    ratingForm(chat, texts, isRatable),
    element("p", { class: "passing", role: "status" }, () => (chat.conversation.value.rating === null ? "" : texts.thanks)),
    element("div", { class: "choices" }, [
      element("button", { type: "button", class: "choice", hidden: () => chat.conversation.value.status !== "ended", onclick: () => save(chat, texts) }, texts.keep),
      element("button", { type: "button", class: "again", onclick: again }, texts.again),
    ]),
  ]);
}

/**
 * @param {Chat} chat
 * @param {Texts} texts
 * @param {Readable<boolean>} isRatable
 */
function ratingForm(chat, texts, isRatable) {
  const score = signal(0);
  const wrong = signal("");
  const comment = element("textarea", { rows: "1", dir: "auto", maxlength: String(MAX_COMMENT), "aria-label": texts.comment, placeholder: texts.comment });
  const stars = SCORES.map((each) =>
    element("label", { class: "star" }, [
      element("input", { type: "radio", name: "score", value: String(each), onchange: () => (score.value = each) }),
      element("span", { "aria-hidden": "true" }, () => (score.value >= each ? "★" : "☆")),
      element("span", { class: "unseen" }, filled(texts.score, { score: each })),
    ]));
  const form = element("form", { class: "rating", hidden: () => !isRatable.value }, [
    element("fieldset", {}, [element("legend", {}, texts.rate), ...stars]),
    element("div", { class: "composer", hidden: () => score.value === 0 }, [
      comment,
      element("button", { type: "submit", class: "choice" }, texts.sendRating),
    ]),
    element("p", { class: "state refused", role: "alert" }, () => wrong.value),
  ]);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await chat.rate(score.peek(), comment.value.trim());
    } catch (error) {
      wrong.value = /** @type {Error} */ (error).message;
    }
  });
  return form;
}

/**
 * @param {Chat} chat
 * @param {Texts} texts
 */
async function save(chat, texts) {
  const address = URL.createObjectURL(new Blob([await chat.transcript()], { type: "text/plain" }));
  element("a", { href: address, download: `${texts.title}.txt` }).click();
  URL.revokeObjectURL(address);
}
