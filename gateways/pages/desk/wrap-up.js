// The wrap-up of a conversation: codes found by typing, a note, and the time that is left. All by keyboard.

/** @import { Conversation } from "./conversation.js" */
/** @import { Desk } from "./desk-state.js" */
import { now } from "../base/clock.js";
import { button } from "../base/controls/button.js";
import { chooser } from "../base/controls/chooser.js";
import { field, form } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { clock } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { keepRows } from "../base/rows.js";
import { call } from "../base/session/calls.js";
import { computed, signal } from "../base/signals.js";
import { keep, kept } from "../base/storage.js";
import { codes } from "./codes.js";
import { t } from "./words.js";

const MAX_CODES = 5;

/**
 * @param {Desk} desk
 * @param {Conversation} conversation
 */
export function wrapUpForm(desk, conversation) {
  const name = `draft.${desk.agentId}.${conversation.id}.wrap-up`;
  const draft = /** @type {{ codes: string[], note: string }} */ (kept(name) ?? { codes: [], note: "" });
  const chosen = signal(draft.codes);
  const known = signal(/** @type {Api.Code[]} */ ([]));
  codes().then(({ wrap_up_codes }) => (known.value = wrap_up_codes)).catch(() => {}); // any text is accepted then
  const task = computed(() => desk.held.value.find((each) => each.conversation_id === conversation.id && each.state === "wrap_up"));
  const left = () => {
    const until = task.value?.expires_at;
    return until ? t("wrap_up.left", { time: clock((Date.parse(until) - now.value) / 1000) }) : "";
  };
  const labelOf = (/** @type {string} */ code) => known.value.find((each) => each.code === code)?.label ?? code;
  const choices = () => known.value.filter(({ code }) => !chosen.value.includes(code)).map(({ code, label }) => ({ key: code, words: label, also: code }));
  const choosing = chooser(t("wrap_up.codes"), choices, ({ key }) => take(key), { placeholder: t("wrap_up.search"), empty: "" });
  const tags = element("div", { class: "tags" });
  keepRows(tags, () => chosen.value, (code) => code, (_, code) => button(() => labelOf(code), () => drop(code), { icon: "close", class: "button quiet tag", "aria-label": t("wrap_up.drop", { code: labelOf(code) }) }));
  const note = field(t("wrap_up.note"), element("textarea", { rows: 3, maxlength: 4096, oninput: save }));
  note.control.value = draft.note;

  /** @param {string} code */
  function take(code) {
    if (chosen.peek().length >= MAX_CODES) return;
    chosen.value = [...chosen.peek(), code];
    choosing.field.value = "";
    choosing.field.dispatchEvent(new Event("input"));
    save();
  }

  /** @param {string} code */
  function drop(code) {
    chosen.value = chosen.peek().filter((each) => each !== code);
    save();
  }

  function save() {
    keep(name, { codes: chosen.peek(), note: note.control.value });
  }

  const finish = async () => {
    const body = { codes: chosen.peek(), note: note.control.value.trim() || undefined };
    await call(`POST agent/v1/conversations/${conversation.id}/wrap-up`, { body });
    keep(name, null);
  };
  const submit = button(t("wrap_up.finish"), () => {}, { icon: "check", kind: "primary" });
  const made = form([tags, choosing.node, note.node], submit, finish);
  made.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) made.requestSubmit();
  });
  const heading = element("header", { class: "wrap-up-head" }, [
    element("h3", {}, t("wrap_up.heading")),
    element("span", { class: "badge accent clock" }, [icon("clock"), left]),
  ]);
  const node = element("section", { class: "wrap-up", "aria-label": t("wrap_up.heading"), hidden: () => !task.value }, [heading, element("p", { class: "quiet" }, t("wrap_up.hint", { count: MAX_CODES })), made]);
  return { node, focus: () => choosing.field.focus(), isOpen: () => task.value !== undefined };
}
