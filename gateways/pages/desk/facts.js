// What has happened in a conversation, in a sentence each.

/** @import { LogEntry } from "./state/types" */
/** @import { Desk } from "./desk-state.js" */
import { list, time } from "../base/formats.js";
import { t } from "./words.js";

const PROBLEMS = { customer_left: 1, agent_ended: 1, bot_ended: 1, customer_inactive: 1, no_agent_available: 1, agent_logout: 1, force_closed: 1, cancelled: 1, callback_requested: 1 };

/**
 * @param {LogEntry & { kind: "fact" }} entry
 * @param {Desk} desk
 */
export function factWords({ type, data }, desk) {
  const words = Object.hasOwn(FACTS, type) ? FACTS[type] : null;
  return words ? words(data, (id) => nameOf(desk, id)) : t("fact.other", { type });
}

/** @type {{ [type: string]: (data: any, name: (id: string) => string) => string }} */
const FACTS = {
  ConversationStarted: ({ channel, direction }) => t(direction === "outbound" ? "fact.started_outbound" : "fact.started", { channel }),
  AgentRequested: ({ queue, to_agent, note }, name) => joined(to_agent ? t("fact.agent_wanted", { name: name(to_agent) }) : t("fact.agent_requested", { queue: queue.name }), note),
  QueueChanged: ({ queue }) => t("fact.queue_changed", { queue: queue.name }),
  AgentJoined: ({ agent_name, role }) => t(`fact.joined_${/** @type {"primary"} */ (role)}`, { name: agent_name }),
  AgentRoleChanged: ({ agent_id, role }, name) => t(`fact.role_${/** @type {"primary"} */ (role)}`, { name: name(agent_id) }),
  AgentLeft: ({ agent_id, reason }, name) => (reason === "response_timeout" ? t("fact.left_late", { name: name(agent_id) }) : t("fact.left", { name: name(agent_id) })),
  AssistRequested: ({ direction, queue, to_agent, note }, name) => joined(t(direction === "consult" ? "fact.consult" : "fact.conference", { target: to_agent ? name(to_agent) : queue.name }), note),
  AssistEnded: () => t("fact.assist_ended"),
  BotAssigned: ({ bot, note }) => joined(t("fact.bot_assigned", { bot }), note),
  BotFailed: ({ bot }) => t("fact.bot_failed", { bot }),
  HandRaised: ({ agent_id, reason }, name) => joined(t("fact.hand_raised", { name: name(agent_id) }), reason),
  HandLowered: ({ agent_id }, name) => t("fact.hand_lowered", { name: name(agent_id) }),
  LabelsChanged: ({ labels }) => (labels.length ? t("fact.labels", { labels: list(labels) }) : t("fact.no_labels")),
  CustomerReminded: ({ ends_at }) => t("fact.customer_reminded", { time: time(ends_at) }),
  AgentReminded: ({ ends_at }) => t("fact.agent_reminded", { time: time(ends_at) }),
  ConversationEnded: ({ reason }) => t(reason in PROBLEMS ? /** @type {"fact.ended_customer_left"} */ (`fact.ended_${reason}`) : "fact.ended"),
  WrapUpCompleted: ({ agent_id, codes }, name) => (codes.length ? t("fact.wrapped_up_as", { name: name(agent_id), codes: list(codes) }) : t("fact.wrapped_up", { name: name(agent_id) })),
  ConversationRated: ({ score, comment }) => joined(t("fact.rated", { score }), comment),
};

/**
 * @param {string} sentence
 * @param {string | null | undefined} said
 */
function joined(sentence, said) {
  return said ? `${sentence} – ${said}` : sentence;
}

/**
 * @param {Desk} desk
 * @param {string} agentId
 */
function nameOf(desk, agentId) {
  if (agentId === desk.agentId) return t("sender.you");
  for (const { participants } of desk.summaries.peek().values()) {
    const found = participants.find(({ id, type }) => type === "agent" && id === agentId);
    if (found?.name) return found.name;
  }
  return agentId;
}

