// Whether all is set up at the provider of a channel, and setting it up there.

/** @import { Draft } from "./draft.js" */
/** @import { IconName } from "../base/icons.js" */
import { button } from "../base/controls/button.js";
import { element, unseen } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { call } from "../base/session/calls.js";
import { effect } from "../base/signals.js";
import { words } from "./words.js";

/** @type {{ [status in Api.ChannelFinding["status"]]: { look: string, drawn: IconName } }} */
const LOOKS = { ok: { look: "good", drawn: "check" }, warning: { look: "warn", drawn: "alert" }, fault: { look: "bad", drawn: "close" } };

/**
 * What the server can do at the provider, as the channel is saved. It is there for a channel with a connector.
 *
 * @param {Draft} draft
 */
export function channelTools(draft) {
  const path = /** @type {const} */ (`admin/v1/channels/${encodeURIComponent(draft.name.peek())}`);
  const result = element("ul", { class: "findings" });
  const show = async (/** @type {Promise<Api.ChannelFindings>} */ asked) => {
    result.replaceChildren();
    result.replaceChildren(...(await asked).findings.map(findingView));
  };
  effect(() => {
    if (draft.isChanged) result.replaceChildren();
  });
  const disabled = () => draft.isChanged;
  return element("section", { class: "card form-section", "aria-labelledby": "channel-tools", hidden: () => !draft.item.connector }, [
    element("h2", { id: "channel-tools" }, words("channel.tools")),
    element("p", { class: "hint" }, () => words(draft.isChanged ? "channel.unsaved" : "channel.about")),
    element("div", { class: "view-tools" }, [
      button(words("channel.check"), () => show(call(`POST ${path}/check`)), { icon: "search", disabled }),
      button(words("channel.set_up"), () => show(call(`POST ${path}/setup`)), { icon: "link", disabled }),
    ]),
    element("div", { role: "status" }, [result]),
  ]);
}

/** @param {Api.ChannelFinding} finding */
function findingView({ status, words: text }) {
  const { look, drawn } = LOOKS[status];
  return element("li", {}, [element("span", { class: look }, [icon(drawn), unseen(words(`channel.${status}`))]), element("span", { dir: "auto" }, text)]);
}
