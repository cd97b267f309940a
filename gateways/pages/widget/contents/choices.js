// Buttons to answer with, and cards side by side.

/** @import { ContentContext } from "../types" */
import { element } from "../../base/elements.js";
import { signal } from "../../base/signals.js";
import { icon } from "../icons.js";
import { filled } from "../texts.js";
import { ONWARD } from "./drawings.js";
import { marked } from "../../base/text/marked.js";

const MAX_AT_ONCE = 10;

/**
 * Answers to choose from, while `isOpen()`. Those beyond the first are shown when they are asked for.
 *
 * @param {Api.Button[]} buttons
 * @param {Pick<ContentContext, "texts" | "send" | "isOpen">} context
 */
export function choices(buttons, { texts, send, isOpen }) {
  const isWhole = signal(buttons.length <= MAX_AT_ONCE);
  const made = buttons.map((button, at) => choice(button, send, () => at >= MAX_AT_ONCE && !isWhole.value));
  const rest = element("button", { type: "button", class: "choice rest", hidden: () => isWhole.value }, filled(texts.more, { count: buttons.length - MAX_AT_ONCE }));
  rest.addEventListener("click", () => {
    isWhole.value = true;
    made[MAX_AT_ONCE].focus();
  });
  return element("div", { class: "choices", hidden: () => !isOpen() }, [...made, rest]);
}

/**
 * Says its title; what it means to the bot goes with it.
 *
 * @param {Api.Button} button
 * @param {ContentContext["send"]} send
 * @param {() => boolean} isHidden
 */
function choice({ title, payload }, send, isHidden) {
  const answer = () => send({ type: "text", text: title, ...(payload ? { payload } : {}) });
  return element("button", { type: "button", class: "choice", dir: "auto", hidden: isHidden, onclick: answer }, title);
}

/**
 * Cards, which are gone through by scrolling, by keyboard and by buttons.
 *
 * @param {Api.CarouselContent} content
 * @param {ContentContext} context
 */
export function carousel({ cards, text }, context) {
  const { texts, name } = context;
  const label = text ?? filled(texts.cardsFrom, { name });
  const list = element("div", { class: "cards", role: "group", tabindex: "0", "aria-label": label }, cards.map((card, at) => cardOf(card, at, cards.length, context)));
  const turn = (/** @type {number} */ steps) => {
    const way = getComputedStyle(list).direction === "rtl" ? -steps : steps;
    list.scrollBy({ left: way * /** @type {HTMLElement} */ (list.firstElementChild).offsetWidth, behavior: matchMedia("(prefers-reduced-motion)").matches ? "auto" : "smooth" });
  };
  const turning = cards.length < 2 ? null : element("div", { class: "turning" }, [turnButton(texts.previous, "back", () => turn(-1)), turnButton(texts.next, "onward", () => turn(1))]);
  return element("div", { class: "carousel" }, [list, turning]);
}

/**
 * @param {string} label
 * @param {string} way
 * @param {() => void} onclick
 */
function turnButton(label, way, onclick) {
  return element("button", { type: "button", class: `round ${way}`, "aria-label": label, onclick }, icon(ONWARD));
}

/**
 * @param {Api.Card} card
 * @param {number} at
 * @param {number} count
 * @param {ContentContext} context
 */
function cardOf(card, at, count, context) {
  const { texts } = context;
  const place = filled(texts.card, { number: at + 1, count });
  return element("div", { class: "card of-carousel", role: "group", "aria-label": `${place}: ${card.title}` }, [
    card.image_url ? cardImage(card.image_url) : null,
    element("p", { class: "name", dir: "auto" }, card.title),
    card.text ? element("div", { class: "marked", dir: "auto" }, marked(card.text)) : null,
    card.buttons?.length ? choices(card.buttons, { ...context, isOpen: context.isOngoing }) : null,
  ]);
}

/**
 * Only what comes encrypted is shown. The title says in words what the picture shows.
 *
 * @param {string} url
 */
function cardImage(url) {
  if (!url.toLowerCase().startsWith("https://")) return null;
  const image = element("img", { src: url, alt: "", loading: "lazy", decoding: "async", referrerpolicy: "no-referrer" });
  image.addEventListener("error", () => image.remove(), { once: true });
  return image;
}
