// Where a conversation may go: to a queue or an agent, found by typing.

/** @import { Choice } from "../base/controls/types" */
import { number } from "../base/formats.js";
import { call } from "../base/session/calls.js";
import { stateWords } from "./parts.js";
import { t } from "./words.js";

/** @typedef {{ queue: string } | { agent: string }} Target */

/**
 * The choices, and what stands behind each of their keys.
 *
 * @param {{ without?: string, mrd?: string }} options
 */
export async function queueChoices({ without, mrd }) {
  const { queues } = await call("GET agent/v1/queues");
  return queues
    .filter((queue) => queue.queue !== without && (!mrd || queue.mrd === mrd))
    .map((queue) => /** @type {Choice} */ ({ key: `queue-${queue.queue}`, words: queue.queue, hint: t("targets.queue", { waiting: number(queue.waiting), ready: number(queue.agents_ready) }), icon: "queue" }));
}

/** @param {string[]} without */
export async function agentChoices(without) {
  const { agents } = await call("GET agent/v1/agents");
  return agents
    .filter(({ agent_id }) => !without.includes(agent_id))
    .map((agent) => /** @type {Choice} */ ({ key: `agent-${agent.agent_id}`, words: agent.name, hint: stateWords(agent.state), also: agent.agent_id, icon: "agent", disabled: agent.state === "logged_out" }));
}

/**
 * @param {Choice} choice
 * @returns {Target}
 */
export function targetOf({ key }) {
  const name = key.slice(key.indexOf("-") + 1);
  return key.startsWith("queue-") ? { queue: name } : { agent: name };
}
