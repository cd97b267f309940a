// What a message holds, as nodes.

import { button } from "../../base/controls/button.js";
import { element } from "../../base/elements.js";
import { size } from "../../base/formats.js";
import { icon } from "../../base/icons.js";
import { addressOf, send } from "../../base/session/calls.js";
import { onStop } from "../../base/signals.js";
import { addressFrom, linkTo, linked } from "../../base/text/links.js";
import { mayBeMarked } from "../../base/text/markdown.js";
import { marked } from "../../base/text/marked.js";
import { t } from "../words.js";
import { wordsOf } from "./words.js";

const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"];
const SMALL = 2_000_000; // bytes of a picture that is fetched without being asked for

/** @type {{ [type: string]: (content: any, conversationId: string) => Node[] }} */
const KINDS = {
  text: ({ text }) => words(text),
  notification: ({ text }) => words(text),
  buttons: ({ text, buttons }) => [...words(text), choices(buttons)],
  carousel: ({ text, cards }) => [...words(text), element("ul", { class: "cards" }, cards.map(card))],
  location: place,
  contact: (content) => [details([content.name, content.organization, content.phone, content.email])],
  form: (content) => [formAsked(content)],
  form_answers: ({ answers }) => [answered(answers)],
  rating: ({ text, scale = 5 }) => [...words(text), element("p", { class: "quiet" }, t("content.scale", { scale }))],
  image: media,
  audio: media,
  video: media,
  file: media,
  attachment: media,
};

/**
 * @param {any} content
 * @param {string} conversationId
 */
export function contentView(content, conversationId) {
  const kind = Object.hasOwn(KINDS, content.type) ? KINDS[content.type] : null;
  return kind ? kind(content, conversationId) : [element("p", { class: "quiet" }, wordsOf(content))];
}

/** @param {string | undefined} text */
function words(text) {
  if (!text) return [];
  if (mayBeMarked(text)) return [element("div", { class: "marked" }, marked(text))];
  return [element("p", { dir: "auto", class: "plain" }, linked(text))];
}

/** @param {Api.Button[]} buttons */
function choices(buttons) {
  return element("ul", { class: "offered-choices", "aria-label": t("content.buttons") }, buttons.map(({ title }) => element("li", { dir: "auto" }, title)));
}

/** @param {Api.Card} card */
function card({ title, text, buttons = [] }) {
  return element("li", { class: "content-card" }, [element("strong", { dir: "auto" }, title), ...words(text ?? undefined), buttons.length ? choices(buttons) : null]);
}

/** @param {any} content */
function place({ latitude, longitude, name, address }) {
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return [details([name ?? t("content.location"), address]), element("p", {}, [linkTo(map, t("content.open_map"))])];
}

/** @param {(string | null | undefined)[]} lines */
function details(lines) {
  const [first = "", ...others] = lines.filter((line) => typeof line === "string" && line !== "");
  return element("p", { dir: "auto" }, [element("strong", {}, first ?? ""), ...others.flatMap((line) => [element("br"), ...linked(line ?? "")])]);
}

/** @param {any} content */
function formAsked({ title, text, fields }) {
  const rows = fields.map((/** @type {Api.FormField} */ { label }) => element("li", { dir: "auto" }, label));
  return element("div", { class: "content-card" }, [element("strong", { dir: "auto" }, title), ...words(text), element("ul", {}, rows)]);
}

/** @param {Record<string, unknown>} answers */
function answered(answers) {
  const said = (/** @type {unknown} */ value) => (value === true ? t("content.yes") : value === false ? t("content.no") : [value].flat().join(", "));
  return element("dl", { class: "pairs" }, Object.entries(answers).flatMap(([name, value]) => [element("dt", {}, name), element("dd", { dir: "auto" }, said(value))]));
}

/**
 * @param {any} content
 * @param {string} conversationId
 */
function media(content, conversationId) {
  const { attachment_id: id, url, text } = content;
  if (id) return [attachment(content, conversationId), ...words(text)];
  const address = addressFrom(url ?? "");
  const link = element("p", { class: "file" }, [icon("link"), address ? linkTo(address, content.name ?? url) : (url ?? wordsOf(content))]);
  return [link, ...words(text)];
}

/**
 * A file of the conversation: a picture is drawn, what can be heard or seen is played when that is asked for, and all can
 * be saved. It needs the agent's token and so is fetched.
 *
 * @param {any} content
 * @param {string} conversationId
 */
function attachment(content, conversationId) {
  const { attachment_id: id, name, media_type: type, size: bytes } = content;
  const drawing = element("div", { class: "drawn" });
  const fetched = once(() => bytesOf(conversationId, id, type));
  onStop(() => fetched.forget());
  const draw = async () => drawing.replaceChildren(drawn(content, await fetched.address()));
  const save = async () => element("a", { href: await fetched.address(), download: name ?? id }).click();
  const isDrawn = content.type === "image" ? PICTURES.includes(type) : content.type === "audio" || content.type === "video";
  if (content.type === "image" && isDrawn && (bytes ?? 0) <= SMALL) draw().catch(() => {}); // the button remains
  return element("div", { class: "file" }, [
    drawing,
    element("p", {}, [icon("file"), element("span", { dir: "auto" }, name ?? wordsOf(content)), bytes ? element("span", { class: "quiet" }, size(bytes)) : null]),
    element("div", { class: "file-actions" }, [isDrawn ? button(t("content.open"), draw, { icon: "eye", kind: "quiet" }) : null, button(t("content.save"), save, { icon: "download", kind: "quiet" })]),
  ]);
}

/**
 * @param {any} content
 * @param {string} address
 */
function drawn({ type, name, text }, address) {
  if (type === "image") return element("img", { src: address, alt: text ?? name ?? t("content.image") });
  return element(type === "audio" ? "audio" : "video", { src: address, controls: true, "aria-label": name ?? text ?? "" });
}

/**
 * @param {string} conversationId
 * @param {string} id
 * @param {string} type
 */
async function bytesOf(conversationId, id, type) {
  const response = await send(addressOf(`agent/v1/conversations/${conversationId}/attachments/${id}`), { headers: { Accept: "*/*" } });
  return new Blob([await response.arrayBuffer()], { type });
}

/** @param {() => Promise<Blob>} load */
function once(load) {
  /** @type {Promise<string>?} */
  let address = null;
  const get = () => (address ??= load().then((blob) => URL.createObjectURL(blob)));
  return {
    address: () => get().catch((error) => ((address = null), Promise.reject(error))),
    forget: () => address?.then((made) => URL.revokeObjectURL(made)).catch(() => {}),
  };
}
