// What is done with agents beside configuring them: passwords, and all of them as a table for spreadsheets.

import { button } from "../base/controls/button.js";
import { openDialog } from "../base/controls/dialog.js";
import { field, form, input } from "../base/controls/field.js";
import { menuButton } from "../base/controls/menu.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { addressOf, call, send } from "../base/session/calls.js";
import { shared } from "../base/words/shared.js";
import { download, openFile } from "./files.js";
import { refusalLines } from "./refusals.js";
import { load } from "./store.js";
import { words } from "./words.js";

const MAX_PASSWORD = 128;

/** Export and import as CSV. */
export function agentTools() {
  const exported = (/** @type {string} */ delimiter) => download("admin/v1/agents.csv", "agents.csv", { delimiter });
  const { node } = menuButton(words("csv.menu"), () => [
    { words: words("csv.export"), icon: "download", act: () => exported("comma") },
    { words: words("csv.export_semicolon"), icon: "download", act: () => exported("semicolon") },
    null,
    { words: words("csv.import"), icon: "upload", act: () => openFile(".csv,text/csv", importAgents) },
  ], { icon: "list" });
  return [node];
}

/** @param {string} name */
export function openPasswordDialog(name) {
  openDialog(words("password.heading", { name }), (close) => {
    const password = field(words("password.new"), input({ type: "password", autocomplete: "new-password", maxlength: MAX_PASSWORD, required: true }), { hint: words("password.hint") });
    const visible = element("input", { type: "checkbox", onchange: ({ currentTarget }) => (password.control.type = currentTarget.checked ? "text" : "password") });
    const set = async () => {
      await call(`PUT admin/v1/agents/${encodeURIComponent(name)}/password`, { body: { password: password.control.value } });
      notify(words("password.set", { name }), { kind: "good" });
      close();
    };
    const submit = button(words("password.action"), () => {}, { kind: "primary" });
    return form([password.node, element("label", { class: "check" }, [visible, element("span", {}, words("password.see"))])], submit, set, { fields: { password } });
  });
}

/** @param {File} file */
async function importAgents(file) {
  try {
    const response = await send(addressOf("admin/v1/agents.csv"), { method: "PUT", headers: { "Content-Type": "text/csv" }, body: file });
    const { added, changed } = await response.json();
    notify(words("csv.done", { added, changed }), { kind: "good" });
    await load("agents");
  } catch (error) {
    openDialog(words("csv.refused"), (close) => [
      element("p", {}, words("csv.nothing")),
      element("ul", { class: "faults" }, refusalLines(error).map((line) => element("li", {}, line))),
      element("div", { class: "dialog-actions" }, [button(shared("action.close"), close)]),
    ]);
  }
}
