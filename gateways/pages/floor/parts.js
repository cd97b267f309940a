// The small parts of the floor: states, customers, links from figures to what is behind them.

/** @import { IconName } from "../base/icons.js" */
/** @import { Filters } from "./types" */
import { element } from "../base/elements.js";
import { secondsSince } from "../base/clock.js";
import { clock } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { effect } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { addressOfFilters } from "./address.js";
import { customerOf, statusOf } from "./selecting.js";
import { t } from "./words.js";

/** @type {Record<string, [kind: string, drawing: IconName]>} */
const STATES = {
  ready: ["good", "check"],
  active: ["good", "chat"],
  reserved: ["accent", "bell"],
  busy: ["warn", "clock"],
  interrupted: ["warn", "pause"],
  pending_not_ready: ["", "pause"],
  not_ready: ["", "pause"],
  logged_out: ["", "log_out"],
};
/** @type {Record<string, [kind: string, drawing: IconName]>} */
const STATUSES = {
  waiting: ["warn", "wait"],
  offered: ["accent", "bell"],
  scheduled: ["", "calendar"],
  with_agent: ["good", "chat"],
  with_bot: ["", "bot"],
  waiting_for_customer: ["", "wait"],
  wrap_up: ["", "note"],
};

/** The words of an agent's state, overall or in an MRD. @param {string} state */
export function stateWords(state) {
  return shared(/** @type {"agent_state.ready"} */ (`agent_state.${state}`));
}

/** The words of a conversation's status. @param {string} status */
export function statusWords(status) {
  return t(/** @type {"status.waiting"} */ (`status.${status}`));
}

/** The kind of badge and the drawing of an agent's state. @param {string} state */
export function lookOfState(state) {
  return STATES[state] ?? ["", "info"];
}

/**
 * A badge that follows what it stands for.
 *
 * @param {() => [kind: string, drawing: IconName, words: string]} look
 */
export function badge(look) {
  const drawing = element("span", { class: "badge-drawing" });
  const words = element("span", {});
  const made = element("span", {}, [drawing, words]);
  let drawn = "";
  effect(() => {
    const [kind, name, text] = look();
    if (drawn === `${kind} ${name} ${text}`) return;
    drawn = `${kind} ${name} ${text}`;
    made.className = `badge ${kind}`;
    drawing.replaceChildren(icon(name));
    words.textContent = text;
  });
  return made;
}

/**
 * The badge of a conversation's status: kind, drawing and words.
 *
 * @param {Api.LiveConversation} conversation
 * @returns {[kind: string, drawing: IconName, words: string]}
 */
export function lookOfStatus(conversation) {
  const status = statusOf(conversation);
  const [kind, drawing] = STATUSES[status] ?? ["", "chat"];
  return [kind, drawing, statusWords(status)];
}

/** How long since an instant, on a clock that goes on; nothing where it is not known. @param {string | null | undefined} since */
export function lasting(since) {
  return since ? clock(secondsSince(since)) : "";
}

/** @param {Api.LiveConversation} conversation */
export function customerName(conversation) {
  const { name, id } = customerOf(conversation) ?? {};
  return name || id || t("customer.unknown");
}

/**
 * A figure that leads to what it counts.
 *
 * @param {Partial<Filters> | (() => Partial<Filters>)} wanted
 * @param {Children} content
 * @param {Attributes<HTMLAnchorElement>} [attributes]
 */
export function leadTo(wanted, content, attributes = {}) {
  return element("a", { href: typeof wanted === "function" ? () => addressOfFilters(wanted()) : addressOfFilters(wanted), ...attributes }, content);
}
