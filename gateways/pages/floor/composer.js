// The composer of one conversation. It writes to colleagues or to the customer, in a field of its own for each, so that
// no text changes its reader.

/** @import { ComposerMode } from "./types" */
import { newId } from "../base/ids.js";
import { button } from "../base/controls/button.js";
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { problemWords } from "../base/problem-words.js";
import { call } from "../base/session/calls.js";
import { effect, signal } from "../base/signals.js";
import { t } from "./words.js";

const HEARD = ["primary", "assistant"];
let count = 0;

/**
 * @param {string} id the conversation's
 * @param {() => string} customer the customer's name, which is followed
 * @param {() => string?} role the role in which the supervisor takes part, which is followed
 */
export function composer(id, customer, role) {
  const mode = signal(/** @type {ComposerMode} */ ("whisper"));
  const mayWrite = () => HEARD.includes(role() ?? "");
  let couldWrite = false;
  const fields = { whisper: fieldOf("whisper"), message: fieldOf("message") };
  effect(() => {
    const can = mayWrite();
    if (can && !couldWrite && !fields.whisper.area.value) mode.value = "message";
    if (!can && couldWrite && !fields.message.area.value) mode.value = "whisper";
    couldWrite = can;
  });
  const group = `composer-${(count += 1)}`;
  const choice = (/** @type {ComposerMode} */ each, /** @type {() => string} */ words) =>
    element("label", { class: `mode mode-${each}` }, [
      element("input", { type: "radio", name: group, value: each, ".checked": () => mode.value === each, onchange: () => (mode.value = each) }),
      icon(each === "whisper" ? "lock" : "chat"),
      element("span", {}, words),
    ]);

  /** @param {ComposerMode} which */
  function fieldOf(which) {
    const fault = signal("");
    let messageId = newId();
    const send = async () => {
      const text = area.value.trim();
      if (!text) return;
      fault.value = "";
      await posted(which, text, messageId);
      if (area.value.trim() === text) area.value = "";
      messageId = newId();
    };
    const pressed = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      submit.click();
    };
    const inside = which === "whisper";
    /** @type {HTMLTextAreaElement} */
    const area = element("textarea", { rows: 2, maxlength: 4096, dir: "auto", "aria-label": () => words(which), placeholder: () => words(which), onkeydown: pressed, oninput: () => (messageId = newId()) });
    const failed = (/** @type {unknown} */ error) => (fault.value = problemWords(error));
    const submit = button(() => (inside ? t("composer.whisper") : t("composer.send", { name: customer() })), send, { kind: "primary", icon: inside ? "whisper" : "send", failed });
    const reader = element("p", { class: "reader" }, [icon(inside ? "lock" : "eye"), element("span", {}, () => (inside ? t("composer.inside") : t("composer.outside", { name: customer() })))]);
    const node = element("div", { class: `composer-field ${inside ? "inside" : "outside"}`, hidden: () => mode.value !== which }, [
      reader,
      area,
      element("p", { class: "fault", role: "alert", hidden: () => !fault.value }, [icon("alert"), element("span", {}, () => fault.value)]),
      element("div", { class: "composer-actions" }, [submit]),
    ]);
    return { node, area };
  }

  /**
   * @param {ComposerMode} which
   * @param {string} text
   * @param {string} messageId
   */
  function posted(which, text, messageId) {
    if (which === "whisper") return call(`POST agent/v1/conversations/${id}/whisper`, { body: { text, id: messageId } });
    return call(`POST agent/v1/conversations/${id}/messages`, { body: { content: { type: "text", text }, id: messageId } });
  }

  /** @param {ComposerMode} which */
  function words(which) {
    return which === "whisper" ? t("composer.whisper_label") : t("composer.message_label", { name: customer() });
  }

  const isDrafted = () => Boolean(fields.whisper.area.value || fields.message.area.value);
  const modes = element("fieldset", { class: "modes", hidden: () => !mayWrite() }, [
    element("legend", { class: "visually-hidden" }, t("composer.to")),
    choice("whisper", () => t("composer.inside")),
    choice("message", () => t("composer.outside", { name: customer() })),
  ]);
  const lost = element("p", { class: "notice", hidden: () => role() !== null }, t("composer.lost"));
  return element("section", { class: "composer", "aria-label": t("composer.heading"), hidden: () => role() === null && !isDrafted() }, [modes, lost, fields.whisper.node, fields.message.node]);
}
