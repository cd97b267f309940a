// What is offered: who it is, why this agent, the last lines, and the time that is left.

/** @import { Desk } from "./desk-state.js" */
import { now } from "../base/clock.js";
import { button } from "../base/controls/button.js";
import { notify } from "../base/controls/notices.js";
import { element, unseen } from "../base/elements.js";
import { clock } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { keepRows } from "../base/rows.js";
import { call } from "../base/session/calls.js";
import { computed, effect } from "../base/signals.js";
import { callbackLines } from "./callback.js";
import { whyWords } from "./why.js";
import { t } from "./words.js";

const SPOKEN_AT = [10, 5]; // seconds left

/**
 * @param {Desk} desk
 * @param {(conversationId: string) => void} accepted
 */
export function offerList(desk, accepted) {
  const list = element("div", { class: "offers" });
  return keepRows(list, () => desk.offered.value, ({ task_id }) => task_id, (task) => card(desk, task, accepted));
}

/** When something was last typed into a field. */
let typedAt = 0;
addEventListener("input", () => (typedAt = performance.now()), { capture: true });

/**
 * Accepts the offer; the conversation opens once the server has recorded it. An agent who has gone on typing meanwhile
 * is not taken away from what is being written: the next key would land at another customer.
 *
 * @param {Api.Task} task
 * @param {(conversationId: string) => void} accepted
 */
export async function accept(task, accepted) {
  const asked = performance.now();
  const { conversation_id: id } = await call(`POST agent/v1/tasks/${task.task_id}/accept`);
  if (typedAt < asked) accepted(id);
  else notify(t("offer.accepted"), { kind: "good", action: { words: t("outbox.open"), act: () => accepted(id) } });
}

/** @param {Api.Task} task */
export async function decline(task) {
  await call(`POST agent/v1/tasks/${task.task_id}/decline`, { body: {} });
}

/**
 * @param {Desk} desk
 * @param {Signal<Api.Task>} task
 * @param {(conversationId: string) => void} accepted
 */
function card(desk, task, accepted) {
  const offer = computed(() => desk.offers.value.get(task.value.task_id));
  const left = computed(() => (task.value.expires_at ? Math.max(0, Math.ceil((Date.parse(task.value.expires_at) - now.value) / 1000)) : null));
  const total = task.peek().expires_at ? Math.max(1, (Date.parse(/** @type {string} */ (task.peek().expires_at)) - now.peek()) / 1000) : 1;
  const bar = element("div", { class: "countdown-bar" });
  effect(() => (bar.style.scale = `${Math.min(1, (left.value ?? 0) / total)} 1`));
  const spoken = unseen(() => (SPOKEN_AT.includes(left.value ?? -1) ? t("offer.seconds", { count: left.value ?? 0 }) : ""));
  spoken.setAttribute("role", "status");
  const who = () => offer.value?.customer.name ?? t("sender.customer");
  const lines = element("div", { class: "offer-lines" });
  keepRows(lines, () => offer.value?.lines ?? [], ({ message_id }) => message_id, (line) => {
    const { sender, text } = line.peek();
    return element("p", { dir: "auto", class: sender.type }, [icon(sender.type === "bot" ? "bot" : sender.type === "agent" ? "agent" : "chat"), element("span", {}, text)]);
  });
  const about = () => [task.value.queue, offer.value?.conversation.channel, offer.value?.conversation.language].filter(Boolean).join(" · ");
  const direction = () => (task.value.direction === "inbound" ? "" : t(`direction.${/** @type {"consult"} */ (task.value.direction)}`));
  const id = `offer-${task.peek().task_id}`;
  return element("section", { class: "offer card", "aria-labelledby": id, "data-task": task.peek().task_id }, [
    element("header", { class: "offer-head" }, [
      element("h2", { id, dir: "auto" }, who),
      element("span", { class: () => `badge clock ${(left.value ?? 99) <= 5 ? "bad" : "accent"}` }, [icon("clock"), () => (left.value === null ? "" : clock(left.value)), spoken]),
    ]),
    element("p", { class: "quiet" }, about),
    element("p", { class: "badge inside", hidden: () => !direction() }, [icon("agents"), direction]),
    element("p", { class: "offer-note", dir: "auto", hidden: () => !(offer.value?.note ?? task.value.note) }, () => offer.value?.note ?? task.value.note ?? ""),
    callbackLines(() => offer.value?.customer, () => offer.value?.attributes),
    lines,
    element("p", { class: "why quiet", hidden: () => !offer.value?.decision }, [icon("route"), element("span", {}, () => (offer.value?.decision ? whyWords(offer.value.decision) : ""))]),
    element("div", { class: "offer-actions" }, [
      button(t("offer.accept"), () => accept(task.peek(), accepted), { icon: "accept", kind: "primary" }),
      button(t("offer.decline"), () => decline(task.peek()), { icon: "decline" }),
    ]),
    bar,
  ]);
}
