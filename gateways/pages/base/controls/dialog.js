// Dialogs. The focus goes into them and comes back; Escape closes them.

import { element } from "../elements.js";
import { owned } from "../signals.js";
import { shared } from "../words/shared.js";
import { button } from "./button.js";

let count = 0;

/**
 * Opens a dialog and returns it with the function that closes it. `makeContent` gets that function and makes what stands
 * below the heading; what it makes ends with the dialog. `closed` runs afterwards.
 *
 * @param {string} heading
 * @param {(close: () => void) => Node | (Node | null)[]} makeContent
 * @param {{ wide?: boolean, kind?: string, closed?: () => void }} [options]
 */
export function openDialog(heading, makeContent, { wide = false, kind = "", closed = () => {} } = {}) {
  const id = `dialog-${(count += 1)}`;
  const back = /** @type {HTMLElement?} */ (document.activeElement);
  const close = () => {
    dialog.close();
  };
  const { made: content, stop } = owned(() => makeContent(close));
  /** @type {HTMLDialogElement} */
  const dialog = element("dialog", { class: `dialog ${kind}${wide ? " wide" : ""}`, "aria-labelledby": id }, [
    element("header", { class: "dialog-head" }, [
      element("h2", { id }, heading),
      button(shared("dialog.close"), close, { icon: "close", iconOnly: true, kind: "quiet" }),
    ]),
    element("div", { class: "dialog-body" }, [content].flat().filter((node) => node !== null)),
  ]);
  dialog.addEventListener("close", () => {
    stop();
    dialog.remove();
    if (back?.isConnected) back.focus();
    closed();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && isOutside(dialog, event) && close());
  document.body.append(dialog);
  dialog.showModal();
  const wanted = dialog.querySelector("[autofocus]") ?? dialog.querySelector(".dialog-body :is(input, textarea, select, button)");
  /** @type {HTMLElement?} */ (wanted)?.focus();
  return { dialog, close };
}

/**
 * Asks before something that cannot be undone. Returns whether it was confirmed.
 *
 * @param {string} heading
 * @param {string} words
 * @param {string} action
 * @param {{ kind?: "primary" | "danger" }} [options]
 * @returns {Promise<boolean>}
 */
export function confirmed(heading, words, action, { kind = "danger" } = {}) {
  return new Promise((resolve) => {
    let answer = false;
    openDialog(
      heading,
      (close) => [
        element("p", {}, words),
        element("div", { class: "dialog-actions" }, [
          button(shared("action.cancel"), close, { autofocus: true }),
          button(action, () => ((answer = true), close()), { kind }),
        ]),
      ],
      { closed: () => resolve(answer) },
    );
  });
}

/**
 * @param {HTMLElement} box
 * @param {MouseEvent} event
 */
function isOutside(box, { clientX, clientY }) {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
