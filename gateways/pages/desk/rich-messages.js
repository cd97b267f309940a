// Messages that are more than a text: choices to press, and forms to fill in.

import { button } from "../base/controls/button.js";
import { openDialog } from "../base/controls/dialog.js";
import { checkbox, field, form, input, select } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { keepRows } from "../base/rows.js";
import { signal } from "../base/signals.js";
import { areNumbered } from "./state/channel-limits.js";
import { t } from "./words.js";

const MAX_BUTTONS = 10;
const MAX_FIELDS = 20;
const KINDS = /** @type {const} */ (["text", "email", "phone", "number", "date", "consent"]);

/**
 * Asks for a text and the choices below it.
 *
 * @param {(content: any) => void} send
 * @param {Api.Capabilities?} [capabilities] of the customer's channel, where it cannot show everything
 */
export function openButtonsDialog(send, capabilities) {
  openDialog(t("composer.buttons"), (close) => {
    const text = field(t("rich.text"), element("textarea", { rows: 2, maxlength: 4096 }));
    const count = signal(0);
    const box = element("textarea", { rows: 4, required: true, oninput: () => void (count.value = linesOf(box.value).length) });
    const titles = field(t("rich.choices"), box, { hint: t("rich.choices_hint", { count: MAX_BUTTONS }) });
    const numbered = element("p", { class: "quiet", role: "status" }, () => (capabilities && count.value && areNumbered(count.value, capabilities) ? t("rich.numbered") : ""));
    const post = async () => {
      const lines = linesOf(box.value);
      if (!lines.length || lines.length > MAX_BUTTONS) return titles.wrong(t("rich.choices_hint", { count: MAX_BUTTONS }));
      const buttons = lines.map((title) => ({ title: title.slice(0, 256), payload: title.slice(0, 256) }));
      send({ type: "buttons", buttons, ...(text.control.value.trim() ? { text: text.control.value.trim() } : {}) });
      close();
    };
    return form([text.node, titles.node, numbered], button(t("composer.send_message"), () => {}, { icon: "send", kind: "primary" }), post);
  });
}

/** Asks for a title and the fields of a form. @param {(content: any) => void} send */
export function openFormDialog(send) {
  openDialog(t("composer.form"), (close) => {
    const title = field(t("rich.title"), input({ maxlength: 256, required: true }));
    const numbers = signal([0, 1]);
    /** @type {Map<number, { label: HTMLInputElement, kind: HTMLSelectElement, required: HTMLInputElement }>} */
    const rows = new Map();
    const list = element("div", { class: "form-rows" });
    keepRows(list, () => numbers.value, (number) => number, (_, number) => {
      const label = input({ maxlength: 256, "aria-label": t("rich.field") , placeholder: t("rich.field") });
      const kind = select(KINDS.map((each) => [each, t(`rich.kind_${each}`)]), "text", { "aria-label": t("rich.kind") });
      const required = checkbox(t("rich.required"));
      rows.set(number, { label, kind, required: required.control });
      return element("div", { class: "form-row" }, [label, kind, required.node]);
    });
    const add = button(t("rich.add_field"), () => (numbers.value = [...numbers.peek(), numbers.peek().length].slice(0, MAX_FIELDS)), { icon: "add", kind: "quiet" });
    const post = async () => {
      const filled = [...rows.values()].filter(({ label }) => label.value.trim());
      if (!title.control.value.trim()) return title.wrong(t("rich.missing"));
      if (!filled.length) return title.wrong(t("rich.no_field"));
      const fields = filled.map(({ label, kind, required }, at) => ({ name: `field_${at + 1}`, label: label.value.trim(), kind: kind.value, required: required.checked }));
      send({ type: "form", title: title.control.value.trim(), fields });
      close();
    };
    return form([title.node, list, add], button(t("composer.send_message"), () => {}, { icon: "send", kind: "primary" }), post);
  });
}

/** @param {string} text */
function linesOf(text) {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}
