// Questions before something is changed. The focus goes into them and comes back; Escape closes them, and so does going
// to another view.

/** @import { Failure } from "./types" */
import { element } from "../base/elements.js";
import { actionButton } from "./view.js";

let count = 0;

/**
 * Asks, and does the work when the answer is `action`. What fails is said in the question, which stays open then.
 *
 * @param {string} heading
 * @param {(Node | string)[]} content
 * @param {string} action
 * @param {() => Promise<void>} work
 */
export function ask(heading, content, action, work) {
  const id = `question-${(count += 1)}`;
  const wrong = element("p", { class: "wrong", role: "alert" });
  const back = /** @type {HTMLElement?} */ (document.activeElement);
  const go = element("button", { type: "submit", class: "button" }, action);
  const form = element("form", { class: "stacked" }, [
    element("h2", { id }, heading),
    ...content,
    wrong,
    element("div", { class: "answers" }, [actionButton("Cancel", () => dialog.close(), { autofocus: true }), go]),
  ]);
  const dialog = element("dialog", { class: "question", "aria-labelledby": id }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (go.getAttribute("aria-disabled") === "true") return;
    go.setAttribute("aria-disabled", "true");
    try {
      await work();
      dialog.close();
    } catch (error) {
      const { message, detail = "" } = /** @type {Failure} */ (error);
      wrong.textContent = [message, detail].filter(Boolean).join(". ");
    } finally {
      go.removeAttribute("aria-disabled");
    }
  });
  const leave = () => dialog.close();
  addEventListener("hashchange", leave);
  dialog.addEventListener("close", () => {
    removeEventListener("hashchange", leave);
    dialog.remove();
    if (back?.isConnected) back.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
