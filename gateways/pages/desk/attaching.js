// Files that an agent sends: uploaded first, then posted as a message.

/** @import { Conversation } from "./conversation.js" */
import { notify, notifyOfProblem } from "../base/controls/notices.js";
import { newId } from "../base/ids.js";
import { addressOf, send } from "../base/session/calls.js";
import { isLinked, kindOf } from "./state/channel-limits.js";
import { t } from "./words.js";

/**
 * @param {Conversation} conversation
 * @param {File} file
 */
export async function attach(conversation, file) {
  const body = new FormData();
  body.append("id", newId());
  body.append("file", file, file.name);
  const capabilities = conversation.detail.peek()?.capabilities;
  notify(t(capabilities && isLinked(file, capabilities) ? "attach.as_link" : "attach.sending", { name: file.name }));
  try {
    const address = addressOf(`agent/v1/conversations/${conversation.id}/attachments`);
    const response = await send(address, { method: "POST", headers: { Accept: "application/json" }, body });
    /** @type {Api.UploadedAttachment} */
    const { attachment_id, media_type } = await response.json();
    conversation.outbox.post("message", { type: kindOf(media_type), attachment_id });
  } catch (error) {
    const retry = { words: t("log.again"), act: () => attach(conversation, file) };
    notify(t("attach.failed", { name: file.name }), { kind: "bad", action: retry });
    notifyOfProblem(error);
  }
}
