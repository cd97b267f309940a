// What a supervisor does with an agent: change the state, log out.

/** @import { MenuEntry } from "../base/controls/types" */
/** @import { AgentRow } from "./selecting.js" */
import { button } from "../base/controls/button.js";
import { openDialog } from "../base/controls/dialog.js";
import { form } from "../base/controls/field.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { call } from "../base/session/calls.js";
import { stateWords } from "./parts.js";
import { reasonField, reasonsFor } from "./reasons.js";
import { t } from "./words.js";

/**
 * @param {AgentRow} agent
 * @returns {MenuEntry[]}
 */
export function agentActions(agent) {
  const works = agent.state !== "logged_out";
  if (!works) return [{ words: t("agents.logged_out"), icon: "info", act: () => {} }];
  return [
    agent.state === "ready" ? [] : { words: t("state.ready"), icon: /** @type {const} */ ("check"), act: () => changed(agent, "ready") },
    { words: t("state.not_ready"), icon: /** @type {const} */ ("pause"), act: () => askForReason(agent, "not_ready") },
    null,
    { words: t("state.logged_out"), icon: /** @type {const} */ ("log_out"), act: () => askForReason(agent, "logged_out") },
  ].flat();
}

/**
 * @param {AgentRow} agent
 * @param {"not_ready" | "logged_out"} state
 */
async function askForReason(agent, state) {
  const reasons = await reasonsFor(state === "not_ready" ? "not_ready" : "logout");
  const { name, conversations } = agent;
  openDialog(t(`state.heading.${state}`, { name }), (close) => {
    const reason = reasonField(t("state.reason"), reasons);
    const warning = t(`state.warning.${state}`, { name, count: conversations.length });
    const submit = button(t(`state.do.${state}`), () => {}, { kind: state === "logged_out" ? "danger" : "primary" });
    const act = async () => {
      await changed(agent, state, reason.control.value);
      close();
    };
    return [element("p", {}, warning), form([reason.node], submit, act, { fields: { reason } })];
  });
}

/**
 * @param {AgentRow} agent
 * @param {"ready" | "not_ready" | "logged_out"} state
 * @param {string} [reason]
 */
async function changed({ agent_id, name }, state, reason) {
  const path = /** @type {const} */ (`PUT agent/v1/agents/${encodeURIComponent(agent_id)}/state`);
  await call(path, { body: { state, reason: reason?.trim() || null } });
  notify(t("state.done", { name, state: stateWords(state) }), { kind: "good" });
}
