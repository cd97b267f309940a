// How the agent likes the desk: sound, the Enter key, keys, and the places at which the agent is logged in.

import { button } from "../base/controls/button.js";
import { openDialog } from "../base/controls/dialog.js";
import { checkbox, field, input } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { time } from "../base/formats.js";
import { keepRows } from "../base/rows.js";
import { call } from "../base/session/calls.js";
import { signal } from "../base/signals.js";
import { enterSends } from "./composer.js";
import { turnOn, volume } from "./ringing.js";
import { t } from "./words.js";

export function openSettings() {
  openDialog(t("settings.heading"), () => {
    const loudness = field(t("settings.volume"), input({ type: "range", min: 0, max: 1, step: 0.1, value: volume.peek(), oninput: (event) => (volume.value = Number(event.currentTarget.value)) }));
    const enter = checkbox(t("settings.enter_sends"), { checked: enterSends.peek(), onchange: (event) => (enterSends.value = event.currentTarget.checked) });
    return [
      element("div", { class: "stacked" }, [
        loudness.node,
        button(t("settings.try_sound"), turnOn, { icon: "sound" }),
        enter.node,
      ]),
      sessions(),
    ];
  });
}

/** The places at which the agent is logged in, each of which can be ended. */
function sessions() {
  const open = signal(/** @type {Api.OpenSession[]} */ ([]));
  const read = async () => {
    open.value = (await call("GET agent/v1/me/sessions")).sessions;
  };
  const list = element("ul", { class: "sessions" });
  keepRows(list, () => open.value, ({ session_id }) => session_id, (item, id) => {
    const { client, address, renewed_at, current } = item.peek();
    const end = () => call(`DELETE agent/v1/me/sessions/${id}`).then(read);
    return element("li", {}, [
      element("span", {}, [client.slice(0, 60), element("span", { class: "quiet" }, ` ${address} · ${time(renewed_at)}`)]),
      current ? element("span", { class: "badge good" }, t("settings.here")) : button(t("settings.end_session"), end, { icon: "log_out", kind: "quiet" }),
    ]);
  });
  read().catch(() => {}); // the list stays empty
  const endOthers = button(t("settings.end_others"), () => call("DELETE agent/v1/me/sessions").then(read), { icon: "log_out", hidden: () => open.value.length < 2 });
  return element("section", { class: "panel-part" }, [element("h3", {}, t("settings.sessions")), list, endOthers]);
}
