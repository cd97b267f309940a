// Files that are saved from the page and read into it.

/** @import { Query } from "../base/session/types" */
import { notifyOfProblem } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { addressOf, send } from "../base/session/calls.js";

/**
 * Saves what the server answers as a file. Raises Problem.
 *
 * @param {string} path
 * @param {string} name
 * @param {Query} [query]
 */
export async function download(path, name, query = {}) {
  const response = await send(addressOf(path, query), { method: "GET", headers: {} });
  const url = URL.createObjectURL(await response.blob());
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * Has a file chosen.
 *
 * @param {string} accept
 * @param {(file: File) => Promise<void>} chosen
 */
export function openFile(accept, chosen) {
  const picker = element("input", { type: "file", accept });
  picker.addEventListener("change", () => {
    const [file] = picker.files ?? [];
    if (file) chosen(file).catch(notifyOfProblem);
  });
  picker.click();
}
