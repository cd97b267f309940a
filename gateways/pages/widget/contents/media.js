// Pictures, recordings, films and files: attachments of the conversation, or addresses of other sites.

/** @import { ChatFile, ContentContext, ContentTexts, MediaContent, NameOfText } from "../types" */
import { element } from "../../base/elements.js";
import { effect } from "../../base/signals.js";
import { icon } from "../icons.js";
import { addressFrom, linkTo } from "../../base/text/links.js";
import { filled } from "../texts.js";
import { DOWNLOAD, FILE, PLAY } from "./drawings.js";
import { chosen, fileOf, isPicture, whenSeen } from "./files.js";
import { kindInWords, nameOf, sizeInWords } from "./sizes.js";

/** @type {{ [type in MediaContent["type"]]: NameOfText }} */
const FROM = { image: "imageFrom", audio: "audioFrom", video: "videoFrom", file: "fileFrom", attachment: "fileFrom" };

/**
 * What a screen reader calls it: its text, or what it is and who has sent it.
 *
 * @param {MediaContent} content
 * @param {string} name
 * @param {ContentTexts} texts
 */
export function mediaInWords(content, name, texts) {
  return content.text ?? filled(texts[FROM[content.type]], { name });
}

/**
 * Something to see, hear or keep, as nodes.
 *
 * @param {MediaContent} content
 * @param {ContentContext} context
 */
export function media(content, context) {
  const { type, attachment_id: id, media_type: mediaType } = content;
  if (!id) return remote(content, context);
  if (context.isPending && (context.isRefused || !chosen.has(id))) return described(content, context, null);
  if (type === "image" && isPicture(mediaType)) return picture(content, context);
  if (type === "audio" || type === "video") return recording({ ...content, type }, context);
  return kept(content, context);
}

/**
 * A picture, which fills its place from the beginning, so that nothing moves when it has come.
 *
 * @param {MediaContent} content
 * @param {ContentContext} context
 */
function picture(content, context) {
  const { chat, texts, name } = context;
  const file = fileOf(chat, content);
  const words = mediaInWords(content, name, texts);
  const place = element("div", { class: "picture" });
  effect(() => {
    const state = file.state.value;
    if (state === "ready") place.replaceChildren(linkedPicture(file.address, words, texts));
    else if (state === "failed") place.replaceChildren(again(file, texts));
    else place.replaceChildren(element("span", { class: "unseen" }, words));
  });
  whenSeen(place, file.load);
  return place;
}

/**
 * @param {string} address
 * @param {string} words
 * @param {ContentTexts} texts
 */
function linkedPicture(address, words, texts) {
  const image = element("img", { src: address, alt: words, loading: "lazy", decoding: "async", referrerpolicy: "no-referrer" });
  const link = linkTo(address, image);
  link.title = texts.openImage;
  return link;
}

/**
 * @param {ChatFile} file
 * @param {ContentTexts} texts
 */
function again(file, texts) {
  return element("p", { class: "failed" }, [
    texts.notLoaded,
    " ",
    element("button", { type: "button", class: "link", onclick: file.load }, texts.retry),
  ]);
}

/**
 * A recording or a film, which is fetched when it is to be played.
 *
 * @param {MediaContent & { type: "audio" | "video" }} content
 * @param {ContentContext} context
 */
function recording(content, context) {
  const { chat, texts } = context;
  const file = fileOf(chat, content);
  const place = element("div", { class: "recording" });
  const play = element("button", { type: "button", class: "round", onclick: file.load, "aria-label": texts.play }, icon(PLAY));
  const card = described(content, context, play);
  effect(() => {
    const state = file.state.value;
    if (state === "ready") place.replaceChildren(player(content.type, file.address, { autoplay: true }));
    else if (state === "failed") place.replaceChildren(card, again(file, texts));
    else if (!card.isConnected) place.replaceChildren(card);
  });
  return place;
}

/**
 * @param {"audio" | "video"} type
 * @param {string} address
 * @param {Attributes} attributes
 */
function player(type, address, attributes) {
  return element(type, { controls: true, playsinline: true, src: address, ...attributes });
}

/**
 * A file of the conversation, to keep.
 *
 * @param {MediaContent} content
 * @param {ContentContext} context
 */
function kept(content, context) {
  const { chat, texts } = context;
  const file = fileOf(chat, content);
  const save = () => element("a", { href: file.address, download: nameOf(content) ?? texts.unknownFile }).click();
  const press = async () => {
    await file.load();
    if (file.address) save();
  };
  const label = filled(texts.download, { name: nameOf(content) ?? texts.unknownFile });
  const button = element("button", { type: "button", class: "round", onclick: press, "aria-label": label }, icon(DOWNLOAD));
  const failed = element("p", { class: "failed", role: "status" }, () => (file.state.value === "failed" ? texts.notLoaded : ""));
  return element("div", { class: "kept" }, [described(content, context, button), failed]);
}

/**
 * A card with the name, and the kind and the size in words.
 *
 * @param {MediaContent} content
 * @param {ContentContext} context
 * @param {HTMLElement?} button
 */
function described(content, { texts, locale }, button) {
  const kind = kindInWords(content.name, content.media_type);
  const size = typeof content.size === "number" ? sizeInWords(content.size, locale) : null;
  const details = [kind && filled(texts.fileKind, { kind }), size].filter(Boolean).map((each) => element("bdi", {}, each));
  return element("div", { class: "card file" }, [
    element("span", { class: "round quiet" }, icon(FILE)),
    element("p", { class: "words" }, [
      element("bdi", { class: "name" }, nameOf(content) ?? texts.unknownFile),
      element("span", { class: "details" }, details.flatMap((each, at) => (at ? [", ", each] : [each]))),
    ]),
    button,
  ]);
}

/**
 * What is on another site. That site is told nothing but that somebody looks; pages without encryption are only linked to.
 *
 * @param {MediaContent} content
 * @param {ContentContext} context
 */
function remote(content, context) {
  const { texts, name } = context;
  const address = addressFrom(content.url ?? "");
  if (address === null) return element("p", { class: "notice" }, filled(texts.unseenKind, { name }));
  const isSafe = address.toLowerCase().startsWith("https://");
  if (isSafe && content.type === "image") return remotePicture(address, mediaInWords(content, name, texts), content, context);
  if (isSafe && (content.type === "audio" || content.type === "video")) return player(content.type, address, { preload: "none", "aria-label": mediaInWords(content, name, texts) });
  return elsewhere(address, content, context);
}

/**
 * @param {string} address
 * @param {string} words
 * @param {MediaContent} content
 * @param {ContentContext} context
 */
function remotePicture(address, words, content, context) {
  const place = element("div", { class: "picture" }, linkedPicture(address, words, context.texts));
  place.querySelector("img")?.addEventListener("error", () => place.replaceWith(elsewhere(address, content, context)), { once: true });
  return place;
}

/**
 * @param {string} address
 * @param {MediaContent} content
 * @param {ContentContext} context
 */
function elsewhere(address, content, { texts }) {
  const link = linkTo(address, element("bdi", { class: "name" }, nameOf(content) || texts.unknownFile));
  return element("div", { class: "card file" }, [
    element("span", { class: "round quiet" }, icon(FILE)),
    element("p", { class: "words" }, [link, element("span", { class: "details", dir: "ltr" }, new URL(address).host)]),
  ]);
}
