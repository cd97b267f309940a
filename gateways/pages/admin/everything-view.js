// The whole configuration as one file: saved from here, and read in.

/** @import { Problem } from "../base/session/types" */
import { button } from "../base/controls/button.js";
import { confirmed } from "../base/controls/dialog.js";
import { checkbox } from "../base/controls/field.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { time } from "../base/formats.js";
import { keepRows } from "../base/rows.js";
import { addressOf, send } from "../base/session/calls.js";
import { signal } from "../base/signals.js";
import { actorWords } from "./described.js";
import { download, openFile } from "./files.js";
import { pageHead } from "./page-head.js";
import { refusalLines } from "./refusals.js";
import { forgetTables } from "./store.js";
import { words } from "./words.js";

export function everythingView() {
  return [pageHead({ key: "everything" }, []), exporting(), importing()];
}

function exporting() {
  return element("section", { class: "card form-section" }, [
    element("h2", {}, words("export.heading")),
    element("p", { class: "hint" }, words("export.about")),
    element("div", { class: "view-tools" }, [
      button(words("export.toml"), () => download("admin/v1/configuration", "centre.toml"), { icon: "download", kind: "primary" }),
      button(words("export.json"), () => download("admin/v1/configuration", "centre.json", { format: "json" }), { icon: "download" }),
    ]),
  ]);
}

function importing() {
  const result = signal(/** @type {{ lines: string[], isGood: boolean } | null} */ (null));
  const text = element("textarea", { class: "code", rows: 12, spellcheck: "false", dir: "ltr", "aria-label": words("import.text"), placeholder: "[queues.support]\nmrd = \"chat\"", oninput: () => (result.value = null) });
  const replacing = checkbox(words("import.replace"), { onchange: () => (result.value = null) });
  const open = () => openFile(".toml,.json,application/json,text/plain", async (file) => {
    text.value = await file.text();
    result.value = null;
  });
  /** Checks the text, or imports it on the condition that nothing has changed since it was checked. */
  const sent = async (/** @type {string | null} */ checkedAt) => {
    const type = { "Content-Type": text.value.trimStart().startsWith("{") ? "application/json" : "application/toml" };
    const query = { replace: replacing.control.checked ? "true" : "", check: checkedAt === null ? "true" : "" };
    const headers = checkedAt === null ? type : { ...type, "If-Match": checkedAt };
    try {
      const response = await send(addressOf("admin/v1/configuration", query), { method: "PUT", headers, body: text.value });
      const counts = /** @type {Api.ImportResult} */ (await response.json());
      return { counts: { ...counts }, version: response.headers.get("ETag") ?? "*" };
    } catch (error) {
      const { changed } = /** @type {Problem} */ (error);
      const lines = changed ? [words("import.meanwhile", { name: actorWords(changed.actor), time: time(changed.at) })] : refusalLines(error);
      result.value = { lines, isGood: false };
      return null;
    }
  };
  const check = async () => {
    const would = await sent(null);
    if (would) result.value = { lines: [words("import.would", would.counts)], isGood: true };
  };
  const take = async () => {
    const would = await sent(null);
    const kind = would?.counts.removed ? "danger" : "primary";
    if (!would || !(await confirmed(words("import.sure"), words("import.would", would.counts), words("import.action"), { kind }))) return;
    const done = await sent(would.version);
    if (!done) return;
    forgetTables();
    result.value = null;
    notify(words("import.done", done.counts), { kind: "good" });
  };
  return element("section", { class: "card form-section" }, [
    element("h2", {}, words("import.heading")),
    element("p", { class: "hint" }, words("import.about")),
    element("div", { class: "view-tools" }, [button(words("import.open"), open, { icon: "upload" })]),
    text,
    replacing.node,
    element("p", { class: "hint" }, words("import.replace_hint")),
    resultView(result),
    element("div", { class: "view-tools" }, [button(words("import.check"), check, { icon: "check" }), button(words("import.action"), take, { kind: "primary" })]),
  ]);
}

/** @param {Signal<{ lines: string[], isGood: boolean } | null>} result */
function resultView(result) {
  const faults = element("ul", { class: "faults" });
  keepRows(faults, () => (result.value && !result.value.isGood ? [...new Set(result.value.lines)] : []), (line) => line, (_, line) => element("li", {}, line));
  const said = () => (!result.value ? "" : result.value.isGood ? result.value.lines[0] : words("import.wrong"));
  return element("div", { role: "status" }, [element("p", { class: () => (result.value?.isGood ? "good" : "bad") }, said), faults]);
}
