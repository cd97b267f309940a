// Bringing others into a conversation, and giving it to them: one dialog for the transfer, the consult, the conference and
// the way back to a bot.

/** @import { Conversation } from "./conversation.js" */
/** @import { Choice } from "../base/controls/types" */
import { button } from "../base/controls/button.js";
import { chooser } from "../base/controls/chooser.js";
import { confirmed, openDialog } from "../base/controls/dialog.js";
import { field } from "../base/controls/field.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { clock } from "../base/formats.js";
import { newId } from "../base/ids.js";
import { problemWords } from "../base/problem-words.js";
import { call } from "../base/session/calls.js";
import { signal } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { t } from "./words.js";

/** @typedef {"transfer" | "consult" | "conference"} Way */

const OVERRIDABLE = ["out_of_hours", "nobody_eligible"];

/**
 * @param {Conversation} conversation
 * @param {Way} way
 */
export function openHandOver(conversation, way) {
  openDialog(t(`hand_over.${way}`), (close) => {
    const targets = signal(/** @type {Api.Targets?} */ (null));
    const fault = element("p", { class: "fault", role: "alert" });
    const note = field(t("hand_over.note"), element("textarea", { rows: 2, maxlength: 4096 }), { hint: t("hand_over.note_hint") });
    const id = newId();
    const load = () =>
      call(`GET agent/v1/conversations/${conversation.id}/targets`)
        .then((found) => (targets.value = found))
        .catch((error) => (fault.textContent = problemWords(error)));
    load();
    const choosing = chooser(t("hand_over.to"), () => (targets.value ? choicesOf(targets.value, way) : []), (choice) => give(choice), { placeholder: t("hand_over.search"), empty: shared("nothing.found") });

    /** @param {Choice} choice */
    async function give({ key, words }) {
      const [kind, name] = splitOnce(key);
      const to = /** @type {Api.Target} */ ({ [kind]: name });
      fault.textContent = "";
      try {
        await ask(conversation.id, way, { to, note: note.control.value.trim() || undefined, id });
        notify(t(`hand_over.${way}_asked`, { target: words }), { kind: "good" });
        close();
      } catch (error) {
        fault.textContent = problemWords(error);
      }
    }

    choosing.field.setAttribute("autofocus", "");
    return [note.node, choosing.node, fault, element("div", { class: "dialog-actions" }, [button(shared("action.cancel"), close)])];
  }, { wide: false, kind: "hand-over" });
}

/**
 * Asks, and once more where the queue is closed or without agents and the agent wants it all the same.
 *
 * @param {string} id
 * @param {Way} way
 * @param {Api.HandOverRequest} body
 */
async function ask(id, way, body) {
  try {
    await call(`POST agent/v1/conversations/${id}/${way}`, { body });
  } catch (error) {
    const { code } = /** @type {{ code?: string }} */ (error);
    if (!OVERRIDABLE.includes(code ?? "")) throw error;
    const wanted = await confirmed(t("hand_over.override"), t(code === "out_of_hours" ? "hand_over.closed" : "hand_over.nobody"), t("hand_over.anyway"));
    if (wanted) await call(`POST agent/v1/conversations/${id}/${way}`, { body: { ...body, override: true } });
    else throw error;
  }
}

/**
 * @param {Api.Targets} targets
 * @param {Way} way
 * @returns {Choice[]}
 */
function choicesOf({ queues, agents, bots }, way) {
  return [
    ...queues.map((queue) => ({ key: `queue:${queue.queue}`, words: queue.queue, hint: queueHint(queue), icon: /** @type {const} */ ("queue"), also: t("hand_over.queue") })),
    ...agents
      .toSorted((one, other) => Number(other.free_slots > 0) - Number(one.free_slots > 0))
      .map((agent) => ({ key: `agent:${agent.agent_id}`, words: agent.name, hint: agentHint(agent), icon: /** @type {const} */ ("agent"), also: agent.agent_id, disabled: agent.obstacles[way] !== null && agent.obstacles[way] !== undefined })),
    ...(way === "transfer" ? bots.map(({ bot }) => ({ key: `bot:${bot}`, words: bot, hint: t("hand_over.bot"), icon: /** @type {const} */ ("bot") })) : []),
  ];
}

/** @param {Api.QueueTarget} queue */
function queueHint({ open, agents_ready, waiting, estimated_wait_seconds: wait }) {
  if (!open) return t("hand_over.queue_closed");
  const ready = t("hand_over.ready", { count: agents_ready });
  const line = waiting ? t("hand_over.waiting", { count: waiting }) : "";
  const estimate = waiting && wait ? t("hand_over.estimate", { time: clock(wait) }) : "";
  return [ready, line, estimate].filter(Boolean).join(" · ");
}

/** @param {Api.AgentTarget} agent */
function agentHint({ state, free_slots, role }) {
  if (role) return t(`role.${/** @type {"primary"} */ (role)}`);
  const words = shared(/** @type {"agent_state.ready"} */ (`agent_state.${state}`));
  return free_slots ? `${words} · ${t("hand_over.free", { count: free_slots })}` : words;
}

/** @param {string} key */
function splitOnce(key) {
  const at = key.indexOf(":");
  return [key.slice(0, at), key.slice(at + 1)];
}
