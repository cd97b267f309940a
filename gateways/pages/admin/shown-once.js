// Something that the server says only once: to copy before it is closed.

import { button } from "../base/controls/button.js";
import { openDialog } from "../base/controls/dialog.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { shared } from "../base/words/shared.js";
import { words } from "./words.js";

/**
 * @param {string} heading
 * @param {{ about: string, label: string, text: string, copied: string, closed?: () => void }} options
 */
export function openOnce(heading, { about, label, text, copied, closed }) {
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    notify(copied, { kind: "good" });
  };
  const line = element("input", { class: "code", readonly: true, value: text, "aria-label": label, dir: "ltr", onfocus: (event) => event.currentTarget.select() });
  openDialog(heading, (close) => [
    element("p", { class: "notice" }, about),
    element("div", { class: "key-line" }, [line, button(shared("action.copy"), copy, { icon: "copy", kind: "primary" })]),
    element("div", { class: "dialog-actions" }, [button(words("keys.kept"), close)]),
  ], { closed });
}
