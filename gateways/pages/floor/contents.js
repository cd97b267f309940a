// What messages hold, and what has happened in a conversation, in words.

/** @import { LoggedEvent } from "./log.js" */
import { t } from "./words.js";

const KINDS = new Set(["image", "audio", "video", "file", "carousel", "location", "contact", "form", "rating", "buttons"]);

/** @param {any} content */
export function inWords({ type, text, title, name, buttons = [], answers }) {
  const choices = buttons.map((/** @type {{ title: string }} */ each) => `[${each.title}]`).join(" ");
  if (text) return choices ? `${text} ${choices}` : text;
  if (answers) return Object.values(answers).flat().join(" · ");
  if (choices) return choices;
  const kind = KINDS.has(type) ? t(/** @type {"content.image"} */ (`content.${type}`)) : t("content.other");
  return [kind, title ?? name].filter(Boolean).join(": ");
}

/**
 * @param {LoggedEvent} event
 * @param {(agentId: string) => string} nameOf
 */
export function factWords({ type, data }, nameOf) {
  const name = data.agent_name ?? nameOf(data.agent_id ?? "");
  switch (type) {
    case "AgentJoined":
      return t(/** @type {"fact.joined.primary"} */ (`fact.joined.${data.role}`), { name });
    case "AgentRoleChanged":
      return t(/** @type {"fact.joined.primary"} */ (`fact.joined.${data.role}`), { name });
    case "AgentLeft":
      return t("fact.left", { name });
    case "AgentRequested":
      return t("fact.requested", { queue: data.queue.name });
    case "QueueChanged":
      return t("fact.moved", { queue: data.queue.name });
    case "BotAssigned":
      return t("fact.bot", { bot: data.bot });
    case "HandRaised":
      return data.reason ? t("fact.hand_for", { name, reason: data.reason }) : t("fact.hand", { name });
    case "HandLowered":
      return t("fact.hand_lowered", { name });
    default:
      return t("fact.ended");
  }
}
