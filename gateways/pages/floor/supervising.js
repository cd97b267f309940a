// What a supervisor does in a conversation. Each call answers when the server has recorded it.

/** @import { Choice } from "../base/controls/types" */
/** @import { Problem } from "../base/session/types" */
/** @import { OwnShift } from "./own-shift.js" */
import { button } from "../base/controls/button.js";
import { chooser } from "../base/controls/chooser.js";
import { confirmed, openDialog } from "../base/controls/dialog.js";
import { field } from "../base/controls/field.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { problemWords } from "../base/problem-words.js";
import { call } from "../base/session/calls.js";
import { signal } from "../base/signals.js";
import { agentsOf, customerOf } from "./selecting.js";
import { agentChoices, queueChoices, targetOf } from "./targets.js";
import { t } from "./words.js";

const MAY_BE_OVERRIDDEN = ["out_of_hours", "nobody_eligible"];

/**
 * @param {OwnShift} shift
 * @param {string} id
 * @param {"monitor" | "barge-in" | "take-over"} way
 */
export async function comeIn(shift, id, way) {
  await shift.begun();
  await call(/** @type {`POST agent/v1/conversations/${string}/monitor`} */ (`POST agent/v1/conversations/${id}/${way}`));
}

/**
 * @param {OwnShift} shift
 * @param {Api.LiveConversation} conversation
 */
export async function takeOver(shift, conversation) {
  const names = agentsOf(conversation).filter(({ role }) => role === "primary").map(({ name, id }) => name ?? id ?? "").join(", ");
  const words = names ? t("take_over.warning", { name: names }) : t("take_over.warning_alone");
  if (await confirmed(t("take_over.heading"), words, t("take_over.do"), { kind: "primary" })) await comeIn(shift, conversation.conversation_id, "take-over");
}

/** @param {string} id */
export async function leave(id) {
  await call(`POST agent/v1/conversations/${id}/leave`);
}

/** Ends the supervisor's own wrap-up, without codes. @param {string} id */
export async function finishWrapUp(id) {
  await call(`POST agent/v1/conversations/${id}/wrap-up`, { body: { codes: [] } });
}

/**
 * Ends a conversation: as its owner, or else by force.
 *
 * @param {Api.LiveConversation} conversation
 * @param {string?} role the supervisor's own
 */
export async function end(conversation, role) {
  const name = customerOf(conversation)?.name ?? t("customer.unknown");
  if (!(await confirmed(t("end.heading"), t("end.warning", { name }), t("end.do")))) return;
  await call(`POST agent/v1/conversations/${conversation.conversation_id}/end`, { body: { force: role !== "primary" } });
  notify(t("end.done"), { kind: "good" });
}

/**
 * Asks where the conversation is to go. A supervisor who does not own it takes it over first, which the dialog says.
 *
 * @param {OwnShift} shift
 * @param {Api.LiveConversation} conversation
 * @param {string} agentId
 */
export async function reassign(shift, conversation, agentId) {
  const { conversation_id: id, queue } = conversation;
  const owners = agentsOf(conversation).filter(({ role }) => role === "primary").map((each) => each.id ?? "");
  const waits = conversation.status === "waiting_for_agent";
  const [queues, agents] = await Promise.all([queueChoices({ without: waits ? queue : undefined, mrd: conversation.mrd }), agentChoices([...owners, agentId])]);
  openDialog(t("reassign.heading"), (close) => {
    const fault = signal("");
    const note = field(t("reassign.note"), element("textarea", { rows: 2, maxlength: 4096, dir: "auto" }));
    const chosen = signal(/** @type {Choice?} */ (null));
    const choose = chooser(t("reassign.to"), () => [...queues, ...agents], (choice) => (chosen.value = choice));
    const act = async () => {
      fault.value = "";
      if (!chosen.value) return void (fault.value = t("reassign.nobody"));
      if (!owners.includes(agentId)) await comeIn(shift, id, "take-over");
      if (await transferred(id, chosen.value, note.control.value)) close();
    };
    const failed = (/** @type {unknown} */ error) => (fault.value = problemWords(error));
    return [
      element("p", { class: "quiet" }, owners.includes(agentId) ? t("reassign.lead") : t("reassign.lead_take_over")),
      choose.node,
      element("p", { class: "chosen", role: "status" }, () => (chosen.value ? t("reassign.chosen", { name: chosen.value.words }) : "")),
      note.node,
      element("p", { class: "fault", role: "alert", hidden: () => !fault.value }, () => fault.value),
      element("div", { class: "dialog-actions" }, [button(t("reassign.do"), act, { kind: "primary", icon: "transfer", failed })]),
    ];
  });
}

/**
 * @param {string} id
 * @param {Choice} choice
 * @param {string} note
 */
async function transferred(id, choice, note) {
  const body = { to: targetOf(choice), note: note.trim() || null };
  const path = /** @type {const} */ (`POST agent/v1/conversations/${id}/transfer`);
  try {
    await call(path, { body });
  } catch (error) {
    if (!MAY_BE_OVERRIDDEN.includes(/** @type {Problem} */ (error).code)) throw error;
    if (!(await confirmed(t("override.heading"), problemWords(error), t("override.do")))) return false;
    await call(path, { body: { ...body, override: true } });
  }
  notify(t("reassign.done", { name: choice.words }), { kind: "good" });
  return true;
}

