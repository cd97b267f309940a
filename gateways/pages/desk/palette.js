// The palette: everything that can be done, and every conversation, found by typing. And the list of all keys.

/** @import { Desk } from "./desk-state.js" */
/** @import { Action } from "./shortcuts.js" */
import { button } from "../base/controls/button.js";
import { chooser } from "../base/controls/chooser.js";
import { openDialog } from "../base/controls/dialog.js";
import { notifyOfProblem } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { customerName } from "./conversation-list.js";
import { conflictOf, isUsable, keysOf, keysPressed, ownKeys } from "./shortcuts.js";
import { t } from "./words.js";

/**
 * @param {Desk} desk
 * @param {() => Action[]} actions
 */
export function openPalette(desk, actions) {
  openDialog(t("palette.heading"), (close) => {
    const possible = actions().filter(({ isPossible }) => isPossible?.() !== false);
    const chats = [...desk.summaries.peek().values()].map((summary) => ({
      key: `c ${summary.conversation_id}`,
      words: customerName(summary),
      hint: summary.last_message ?? "",
      also: summary.conversation_id,
      icon: /** @type {const} */ ("chat"),
    }));
    const acts = possible.map((action) => ({ key: `a ${action.id}`, words: action.words, hint: keysOf(action), icon: /** @type {const} */ ("keyboard") }));
    const { node } = chooser(t("palette.heading"), () => [...acts, ...chats], ({ key }) => {
      close();
      if (key.startsWith("c ")) location.hash = `#c/${key.slice(2)}`;
      else Promise.resolve(possible.find(({ id }) => `a ${id}` === key)?.act()).catch(notifyOfProblem);
    }, { placeholder: t("palette.hint") });
    return node;
  }, { kind: "palette" });
}

/** The list of all keys, where each can be changed. @param {() => Action[]} actions */
export function openKeys(actions) {
  openDialog(t("keys.heading"), () => {
    const fault = element("p", { class: "fault", role: "alert" });
    const rows = actions().map((action) => {
      const field = element("input", { type: "text", readonly: true, "aria-label": t("keys.of", { action: action.words }), ".value": () => keysOf(action), onkeydown: (event) => pressed(event, action) });
      const none = button(t("keys.none"), () => change(action, ""), { icon: "close", iconOnly: true, kind: "quiet" });
      return element("div", { class: "key-row" }, [element("span", {}, action.words), field, none]);
    });

    /**
     * @param {KeyboardEvent} event
     * @param {Action} action
     */
    function pressed(event, action) {
      if (event.key === "Tab" || event.key === "Escape") return;
      event.preventDefault();
      const keys = keysPressed(event);
      if (!keys) return;
      const other = conflictOf(actions(), action.id, keys);
      fault.textContent = !isUsable(keys) ? t("keys.unusable") : other ? t("keys.taken", { keys, action: other.words }) : "";
      if (!fault.textContent) change(action, keys);
    }

    /**
     * @param {Action} action
     * @param {string} keys
     */
    function change(action, keys) {
      ownKeys.value = { ...ownKeys.peek(), [action.id]: keys };
    }

    const reset = button(t("keys.reset"), () => void (ownKeys.value = {}), { icon: "undo" });
    return [element("p", { class: "quiet" }, t("keys.hint")), fault, element("div", { class: "key-rows" }, rows), element("div", { class: "dialog-actions" }, [reset])];
  }, { wide: true });
}
