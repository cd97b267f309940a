// What is sent beside text: files, pictures of the camera, and where the customer is.

/** @import { Chat, ContentContext, ContentTexts, NameOfText, Offers } from "../types" */
import { element } from "../../base/elements.js";
import { signal } from "../../base/signals.js";
import { icon } from "../icons.js";
import { filled } from "../texts.js";
import { FILE, PHOTO, PLACE } from "./drawings.js";
import { upload } from "./uploads.js";

const LOCATING = { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 };
const IS_HELD = matchMedia("(pointer: coarse)");
/** @type {{ [code: number]: NameOfText }} */
const REASONS = { 1: "notAllowed", 2: "notFound", 3: "notFound" };

/**
 * A menu of what may be added, which is what is in `offers`. It opens and closes by `toggle`, which the `opener` calls;
 * `attach` takes files that were dropped or pasted.
 *
 * @param {Pick<ContentContext, "chat" | "texts" | "locale"> & { offers: Offers, opener: HTMLElement }} parts
 */
export function attaching({ chat, texts, locale, offers, opener }) {
  const isOpen = signal(false);
  const said = signal("");
  const { attachments } = offers;
  const attach = (/** @type {Iterable<File>} */ files) => {
    if (attachments) for (const file of files) void upload(chat, file, { limits: attachments, texts, locale });
  };
  const toggle = (open = !isOpen.peek()) => {
    if (open && offered.length === 1) return offered[0].click();
    isOpen.value = open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) offered[0].focus();
    else if (menu.contains(document.activeElement)) opener.focus();
  };
  const act = (/** @type {() => void} */ work) => () => {
    toggle(false);
    work();
  };
  const offered = /** @type {HTMLButtonElement[]} */ ([
    attachments && offer(FILE, texts.file, act(() => choose(attach, { accept: attachments.media_types.join(), multiple: true }))),
    attachments && IS_HELD.matches && offer(PHOTO, texts.photo, act(() => choose(attach, { accept: "image/*", capture: "environment" }))),
    offers.location && navigator.geolocation && offer(PLACE, texts.myLocation, act(() => locate(chat, texts, said))),
  ].filter(Boolean));
  const menu = element("div", { class: "attaching", hidden: () => !isOpen.value, role: "group", "aria-label": texts.add }, offered);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    toggle(false);
  });
  return { menu, status: element("p", { class: "state", role: "status" }, () => said.value), attach, toggle };
}

/**
 * @param {string} drawing
 * @param {string} words
 * @param {() => void} onclick
 */
function offer(drawing, words, onclick) {
  return element("button", { type: "button", class: "offer", onclick }, [icon(drawing), element("span", {}, words)]);
}

/**
 * @param {(files: Iterable<File>) => void} attach
 * @param {Attributes<HTMLInputElement>} attributes
 */
function choose(attach, attributes) {
  const input = element("input", { type: "file", ...attributes });
  input.addEventListener("change", () => attach(input.files ?? []), { once: true });
  input.click();
}

/**
 * The browser asks whether the chat may know it.
 *
 * @param {Chat} chat
 * @param {ContentTexts} texts
 * @param {Signal<string>} said
 */
function locate(chat, texts, said) {
  said.value = texts.locating;
  /** @type {PositionCallback} */
  const found = ({ coords: { latitude, longitude } }) => {
    said.value = "";
    chat.post({ type: "location", latitude, longitude });
  };
  /** @type {PositionErrorCallback} */
  const failed = ({ code }) => (said.value = filled(texts.notLocated, { reason: texts[REASONS[code]] ?? texts.notFound }));
  navigator.geolocation.getCurrentPosition(found, failed, LOCATING);
}
