// Files on their way to the server. What is uploaded has its place in the outbox, and the message follows the file.

/** @import { Access, Chat, ContentContext, ContentTexts, Entry, FileDescription, MediaContent, NameOfText, Uploading } from "../types" */
import { element } from "../../base/elements.js";
import { effect, onStop, signal } from "../../base/signals.js";
import { pause } from "../../base/event-stream.js";
import { Refusal, backoff } from "../api.js";
import { newId } from "../../base/ids.js";
import { filled } from "../texts.js";
import { chosen } from "./files.js";
import { isTaken } from "./limits.js";
import { sizeInWords } from "./sizes.js";
import { send } from "./transfer.js";


/** @type {{ [code: string]: NameOfText }} */
const REASONS = { media_type_not_allowed: "notTaken", media_type_mismatch: "notWhatItSays" };

/**
 * The uploads of this page by the ids of their attachments: each `{progress, leaving}`.
 *
 * @type {Map<string, Uploading>}
 */
const uploads = new Map();

/**
 * Puts the file in the outbox and uploads it, or says there why it is not taken.
 *
 * @param {Chat} chat
 * @param {File} file
 * @param {Pick<ContentContext, "texts" | "locale"> & { limits: Api.AttachmentLimits }} parts
 * @returns {Promise<void>}
 */
export async function upload(chat, file, { limits, texts, locale }) {
  const attachmentId = newId();
  const described = { name: file.name, media_type: file.type, size: file.size };
  const content = { type: kindOf(file.type), attachment_id: attachmentId };
  const reason = reasonAgainst(file, limits, texts, locale);
  if (reason) {
    chat.post(content, { file: described, refused: reason });
    return;
  }
  chosen.set(attachmentId, file);
  await whileLocked(attachmentId, () => run(chat, file, content, described, texts));
}

/**
 * @param {Chat} chat
 * @param {File} file
 * @param {{ type: ReturnType<typeof kindOf>, attachment_id: string }} content
 * @param {FileDescription} described
 * @param {ContentTexts} texts
 */
async function run(chat, file, content, described, texts) {
  const own = { progress: signal(0), leaving: new AbortController() };
  uploads.set(content.attachment_id, own);
  const id = chat.post(content, { file: described, uploading: true });
  const stop = effect(() => {
    if (!chat.outbox.value.some((entry) => entry.id === id)) own.leaving.abort();
  });
  try {
    const kept = await inTurn(() => patiently(chat, file, content.attachment_id, own));
    if (kept) chat.change(id, { uploading: false, content: { ...content, type: kindOf(kept.media_type) } });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    chat.change(id, { uploading: false, refused: texts[REASONS[error.code]] ?? error.message });
  } finally {
    stop();
    uploads.delete(content.attachment_id);
  }
}

/** @type {Promise<unknown>} */
let turns = Promise.resolve();

/**
 * Does the work after what was asked for before. Uploads side by side would take all connections from the chat.
 *
 * @template Done
 * @param {() => Promise<Done>} work
 */
function inTurn(work) {
  const turn = turns.then(work);
  turns = turn.catch(() => {});
  return turn;
}

/**
 * Sends the file until the server has it; null when its message is gone from the outbox. Throws the Refusal that waiting
 * does not help against.
 *
 * @param {Chat} chat
 * @param {File} file
 * @param {string} attachmentId
 * @param {Uploading} own
 */
async function patiently(chat, file, attachmentId, { progress, leaving }) {
  for (let failures = 0; ; failures += 1) {
    const access = await accessOf(chat, leaving.signal);
    if (leaving.signal.aborted || access === null) return null;
    try {
      return await send(access, file, attachmentId, leaving.signal, (share) => (progress.value = share));
    } catch (error) {
      if (leaving.signal.aborted) return null;
      if (!(error instanceof Refusal)) throw error;
      const isExpired = error.code === "token_expired";
      if (!error.passes && !isExpired) throw error;
      if (isExpired) await chat.renew().catch(() => {}); // it is tried again with the next failure
      await pause(Math.max(backoff(failures), error.retryAfterSeconds * 1000), leaving.signal);
    }
  }
}

/**
 * What opens the conversation, once it has started.
 *
 * @param {Chat} chat
 * @param {AbortSignal} aborted
 * @returns {Promise<Access?>}
 */
function accessOf(chat, aborted) {
  return new Promise((resolve) => {
    const answer = () => {
      resolve(chat.access.peek());
      queueMicrotask(() => stop());
    };
    const stop = effect(() => (chat.access.value !== null || aborted.aborted) && answer());
    aborted.addEventListener("abort", answer, { once: true });
  });
}

/**
 * How far a file of the outbox is, and a button that cancels it. One of a page that is gone is given up.
 *
 * @param {Entry} entry
 * @param {{ chat: Chat, texts: Pick<ContentTexts, "uploading" | "percent" | "cancel" | "interrupted"> }} context
 */
export function uploadState({ id, content }, { chat, texts }) {
  const attachmentId = String(/** @type {MediaContent} */ (content).attachment_id);
  const own = uploads.get(attachmentId);
  if (!own) return interruption(id, attachmentId, chat, texts);
  return element("div", { class: "state uploading" }, [
    element("progress", { max: "1", ".value": () => own.progress.value, "aria-label": texts.uploading }),
    element("span", {}, () => filled(texts.percent, { percent: Math.round(own.progress.value * 100) })),
    element("button", { type: "button", class: "link", onclick: () => chat.takeBack(id) }, texts.cancel),
  ]);
}

/**
 * Another page of this site may still be uploading it: while that page is there, it holds the lock.
 *
 * @param {string} id
 * @param {string} attachmentId
 * @param {Chat} chat
 * @param {Pick<ContentTexts, "interrupted" | "uploading">} texts
 */
function interruption(id, attachmentId, chat, texts) {
  const waiting = new AbortController();
  onStop(() => waiting.abort());
  const giveUp = () => chat.change(id, { uploading: false, refused: texts.interrupted });
  if (!navigator.locks) queueMicrotask(giveUp);
  else navigator.locks.request(nameOf(attachmentId), { signal: waiting.signal }, giveUp).catch(() => {});
  return element("p", { class: "state" }, texts.uploading);
}

/**
 * @param {string} attachmentId
 * @param {() => Promise<void>} work
 */
async function whileLocked(attachmentId, work) {
  let begun = false;
  const begin = () => {
    begun = true;
    return work();
  };
  if (!navigator.locks) return work();
  try {
    return await navigator.locks.request(nameOf(attachmentId), begin);
  } catch (error) {
    if (begun) throw error;
    return work(); // the browser refuses locks where it refuses storage
  }
}

/** @param {string} attachmentId */
function nameOf(attachmentId) {
  return `hybridchat.upload.${attachmentId}`;
}

/**
 * @param {File} file
 * @param {Api.AttachmentLimits} limits
 * @param {ContentTexts} texts
 * @param {string} locale
 */
function reasonAgainst(file, limits, texts, locale) {
  if (file.size === 0) return texts.empty;
  if (file.size > limits.max_bytes) return filled(texts.tooLarge, { size: sizeInWords(limits.max_bytes, locale) });
  return isTaken(file.type, limits) ? null : texts.notTaken;
}

/**
 * @param {string} mediaType
 * @returns {"image" | "audio" | "video" | "file"}
 */
function kindOf(mediaType) {
  const kind = mediaType.split("/")[0];
  return kind === "image" || kind === "audio" || kind === "video" ? kind : "file";
}
