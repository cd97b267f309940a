// The files of the conversation. They need its token, so that they are fetched and shown from memory.

/** @import { Access, Chat, ChatFile, MediaContent } from "../types" */
import { onStop, signal } from "../../base/signals.js";

const READABLE = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"];

/**
 * The files that were chosen on this page, by their ids as attachments: nobody needs to fetch those.
 *
 * @type {Map<string, File>}
 */
export const chosen = new Map();

/**
 * Whether a browser shows pictures of this media type without running anything in them.
 *
 * @param {string | null | undefined} mediaType
 */
export function isPicture(mediaType) {
  return READABLE.includes(mediaType ?? "");
}

/**
 * A file of the conversation: `state` holds "none", "loading", "failed" or "ready", and then `address` is its own on
 * this page until the owner is stopped. `load` gets it unless that has happened.
 *
 * @param {Chat} chat
 * @param {MediaContent} content
 * @returns {ChatFile}
 */
export function fileOf(chat, { attachment_id: id, media_type: type }) {
  /** @type {ChatFile["state"]} */
  const state = signal("none");
  const leaving = new AbortController();
  const file = { state, address: "", load };
  onStop(() => {
    leaving.abort();
    if (file.address) URL.revokeObjectURL(file.address);
  });
  return file;

  async function load() {
    if (state.peek() === "loading" || state.peek() === "ready") return;
    state.value = "loading";
    try {
      const bytes = chosen.get(id ?? "") ?? (await bytesOf(chat, id ?? "", leaving.signal));
      if (leaving.signal.aborted) return;
      file.address = URL.createObjectURL(new Blob([bytes], { type: type ?? "" }));
      state.value = "ready";
    } catch {
      state.value = "failed";
    }
  }
}

/**
 * @param {Chat} chat
 * @param {string} id
 * @param {AbortSignal} signal
 */
async function bytesOf(chat, id, signal) {
  let response = await answerFor(chat, id, signal);
  if (response.status === 401) {
    await chat.renew();
    response = await answerFor(chat, id, signal);
  }
  if (!response.ok) throw new Error(`the file was refused with ${response.status}`);
  return response.blob();
}

/**
 * @param {Chat} chat
 * @param {string} id
 * @param {AbortSignal} signal
 */
function answerFor(chat, id, signal) {
  const { path, token } = /** @type {Access} */ (chat.access.peek());
  return fetch(`../customer/v1/${path}/attachments/${id}`, { headers: { Authorization: `Bearer ${token}` }, signal });
}

/**
 * Runs the work once, when the node is about to be seen.
 *
 * @param {Element} node
 * @param {() => void} work
 */
export function whenSeen(node, work) {
  const watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      work();
    },
    { rootMargin: "200px" },
  );
  watch.observe(node);
  onStop(() => watch.disconnect());
}
