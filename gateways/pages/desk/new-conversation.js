// Writing to a customer first: the channel, the customer and the first message.

import { button } from "../base/controls/button.js";
import { openDialog } from "../base/controls/dialog.js";
import { field, form, input, select } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { newId } from "../base/ids.js";
import { problemWords } from "../base/problem-words.js";
import { call } from "../base/session/calls.js";
import { shared } from "../base/words/shared.js";
import { t } from "./words.js";

const MAX_TEXT = 4096; // of the API
const MAX_DETAIL = 256;

/** @param {(conversationId: string) => void} select_ */
export function openNewConversation(select_) {
  openDialog(t("outbound.heading"), (close) => {
    const place = element("div", { "aria-busy": "true" }, [element("p", { class: "quiet", role: "status" }, shared("state.loading"))]);
    const started = (/** @type {string} */ id) => {
      close();
      select_(id);
    };
    call("GET agent/v1/channels")
      .then(({ channels }) => {
        place.replaceChildren(channels.length ? outboundForm(channels, started) : element("p", { class: "quiet" }, t("outbound.no_channel")));
        place.querySelector("input")?.focus();
      })
      .catch((error) => place.replaceChildren(element("p", { class: "fault", role: "alert" }, problemWords(error))))
      .finally(() => place.removeAttribute("aria-busy"));
    return place;
  });
}

/**
 * @param {Api.OutboundChannel[]} channels
 * @param {(conversationId: string) => void} started
 */
function outboundForm(channels, started) {
  const id = newId(); // of this dialog's conversation, so that a second attempt does not start a second one
  const channel = field(t("outbound.channel"), select(channels.map(({ channel: name, queue }) => [name, t("outbound.channel_to", { channel: name, queue })]), channels[0].channel));
  const customer = field(t("outbound.customer"), input({ required: true, maxlength: MAX_DETAIL, autocomplete: "off", dir: "auto" }), { hint: t("outbound.customer_hint") });
  const name = field(t("outbound.name"), input({ maxlength: MAX_DETAIL, autocomplete: "off", dir: "auto" }));
  const text = field(t("outbound.text"), element("textarea", { rows: 4, maxlength: MAX_TEXT, dir: "auto", spellcheck: "true" }));
  const fields = { channel, "customer.id": customer, "customer.name": name, "content.text": text };
  const submit = button(t("outbound.send"), () => {}, { kind: "primary", icon: "send" });

  async function start() {
    const empty = [customer, text].find(({ control }) => !control.value.trim());
    if (empty) {
      empty.wrong(t("outbound.missing"));
      empty.control.focus();
      return;
    }
    const made = await call("POST agent/v1/conversations", {
      body: {
        id,
        channel: channel.control.value,
        customer: { id: customer.control.value.trim(), name: name.control.value.trim() || undefined },
        content: { type: "text", text: text.control.value },
      },
    });
    started(made.conversation_id);
  }
  return form([channel.node, customer.node, name.node, text.node], submit, start, { fields });
}
