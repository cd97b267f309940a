// Several controls that are one field of a form.

/** @import { Filling, Placed } from "./types" */
import { element } from "../base/elements.js";
import { hintOf, labelOf } from "./words.js";

/**
 * The controls with their common label, hint and faults. A fault of a part, such as `[1].criterion`, is put up by
 * `wrongPart` if that returns true.
 *
 * @param {Filling} filling
 * @param {(Node | null)[]} content
 * @param {{ wrongPart?: (words: string | null, path: string) => boolean }} [options]
 * @returns {Placed}
 */
export function group({ kind, field: { path } }, content, { wrongPart = () => false } = {}) {
  const hint = hintOf(kind.key, path);
  const fault = element("p", { class: "fault", hidden: true });
  const node = element("fieldset", { class: "field group" }, [
    element("legend", { class: "label" }, labelOf(kind.key, path)),
    hint ? element("p", { class: "hint" }, hint) : null,
    ...content,
    fault,
  ]);
  /** @type {Placed["wrong"]} */
  const wrong = (text, part = "") => {
    const isPlaced = part !== "" && wrongPart(text, part);
    const where = part.replace(/^\./, "");
    fault.textContent = isPlaced || !text ? "" : where ? `${where}: ${text}` : text;
    fault.hidden = !fault.textContent;
  };
  const control = () => /** @type {HTMLElement?} */ (node.querySelector("[aria-invalid=true]") ?? node.querySelector("input, select, textarea, button"));
  return { node, control, wrong };
}
