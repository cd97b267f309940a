// An announcement to the agents who are logged in, or to those of one team.

/** @import { Floor } from "./floor-store.js" */
import { newId } from "../base/ids.js";
import { button } from "../base/controls/button.js";
import { openDialog } from "../base/controls/dialog.js";
import { field, form, select } from "../base/controls/field.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { call } from "../base/session/calls.js";
import { t } from "./words.js";

let draft = "";

/** What has been typed is there again when the dialog was closed without sending. @param {Floor} floor */
export function openAnnouncement(floor) {
  const id = newId();
  openDialog(t("announce.heading"), (close) => {
    /** @type {HTMLTextAreaElement} */
    const area = element("textarea", { rows: 3, maxlength: 500, required: true, autofocus: true, dir: "auto", oninput: () => (draft = area.value) });
    area.value = draft;
    const text = field(t("announce.text"), area, { hint: t("announce.hint") });
    const teams = floor.teams.peek();
    const team = field(t("announce.to"), select([["", t("announce.everybody")], ...teams.map((name) => /** @type {[string, string]} */ ([name, name]))], ""));
    const submit = button(t("announce.do"), () => {}, { kind: "primary", icon: "announce" });
    const act = async () => {
      const { agents } = await call("POST agent/v1/announcements", { body: { text: area.value, team: team.control.value || null, id } });
      draft = "";
      notify(t("announce.done", { count: agents }), { kind: "good" });
      close();
    };
    return form([text.node, teams.length ? team.node : null], submit, act, { fields: { text, team } });
  });
}
