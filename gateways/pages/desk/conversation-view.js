// One conversation in front: its heading with all that can be done, its log, its composer, and its customer beside it.

/** @import { Desk } from "./desk-state.js" */
/** @import { Mode } from "./outbox.js" */
/** @import { MenuEntry } from "../base/controls/types" */
import { button } from "../base/controls/button.js";
import { confirmed, openDialog } from "../base/controls/dialog.js";
import { field, form, input } from "../base/controls/field.js";
import { menuButton } from "../base/controls/menu.js";
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { problemWords } from "../base/problem-words.js";
import { ROOT } from "../base/root.js";
import { call } from "../base/session/calls.js";
import { session } from "../base/session/session.js";
import { computed, effect } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { composer } from "./composer.js";
import { customerName, standing } from "./conversation-list.js";
import { customerPanel } from "./customer-panel.js";
import { openHandOver } from "./hand-over.js";
import { logView } from "./log-view.js";
import { isPanelOpen, togglePanel } from "./panel.js";
import { openWhy } from "./why.js";
import { t } from "./words.js";
import { wrapUpForm } from "./wrap-up.js";

/**
 * The view, which stays as long as the conversation is known, so that nothing typed in it is lost or lands elsewhere.
 *
 * @param {Desk} desk
 * @param {string} id
 */
export function conversationView(desk, id) {
  const conversation = desk.conversation(id);
  const summary = computed(() => desk.summaries.value.get(id));
  const role = computed(() => summary.value?.participants.find((each) => each.type === "agent" && each.id === desk.agentId)?.role ?? null);
  const isOngoing = () => summary.value !== undefined && summary.value.status !== "ended" && summary.value.status !== "wrap_up";
  const modes = computed(() => (isOngoing() ? modesOf(role.value) : []));
  const mayChange = () => isOngoing() && role.value !== null;
  const writing = composer(desk, conversation, () => modes.value);
  const wrapUp = wrapUpForm(desk, conversation);
  const log = logView(desk, conversation, { suggest: ({ text }) => writing.insert(text), edit: (entry) => writing.edit(entry) });
  const acts = actsOf(desk, id, role, isOngoing);

  const title = element("h2", { tabindex: "-1", dir: "auto" }, () => (summary.value ? customerName(summary.value) : "…"));
  const heading = element("header", { class: "conversation-head" }, [
    element("a", { class: "button quiet icon-only back", href: "#", "aria-label": t("conversation.back") }, [icon("back")]),
    element("div", { class: "conversation-title" }, [
      title,
      element("p", { class: "quiet" }, () => (summary.value ? [summary.value.channel, summary.value.queue, t(`status.${/** @type {"ended"} */ (summary.value.status)}`)].join(" · ") : "")),
    ]),
    element("span", { class: () => `badge clock ${summary.value ? standing(desk, summary.value).kind : ""}`, hidden: () => !summary.value || !standing(desk, summary.value).words }, [icon("clock"), () => (summary.value ? standing(desk, summary.value).words : "")]),
    element("div", { class: "conversation-actions" }, [
      button(t("act.transfer"), () => openHandOver(conversation, "transfer"), { icon: "transfer", hidden: () => !(isOngoing() && role.value === "primary") }),
      button(t("act.end"), () => acts.end(), { icon: "end", hidden: () => !(isOngoing() && role.value === "primary") }),
      menuButton(shared("action.more"), () => acts.entries(), { icon: "more", iconOnly: true, kind: "quiet" }).node,
      button(t("customer.label"), togglePanel, { icon: "info", iconOnly: true, kind: "quiet", "aria-pressed": () => String(isPanelOpen()) }),
    ]),
  ]);
  const fault = element("div", { class: "banner bad", role: "alert", hidden: () => conversation.problem.value === null }, [
    icon("alert"),
    element("p", {}, () => (conversation.problem.value === null ? "" : problemWords(conversation.problem.value))),
    button(shared("action.retry"), () => conversation.load(), { icon: "refresh" }),
  ]);
  const observing = element("p", { class: "observing badge inside", hidden: () => !(role.value === "monitor" || role.value === "coach") }, [icon("eye"), t("conversation.observing")]);
  const foot = element("div", { class: "conversation-foot" }, [observing, wrapUp.node, element("div", { hidden: () => modes.value.length === 0 }, [writing.node]), element("p", { class: "quiet ended", hidden: () => modes.value.length > 0 || wrapUp.isOpen() || !summary.value }, () => closedWords(summary.value, role.value))]);
  const node = element("section", { "data-id": id, class: () => `conversation-view ${isPanelOpen() ? "with-panel" : ""}`, "aria-label": () => (summary.value ? t("conversation.label", { name: customerName(summary.value) }) : ""), hidden: () => desk.selected.value !== id }, [
    element("div", { class: "conversation-main" }, [heading, fault, log.node, foot]),
    customerPanel(desk, conversation, mayChange),
  ]);
  effect(() => {
    const isInFront = desk.selected.value === id && document.visibilityState === "visible";
    if (isInFront && (summary.value?.unread ?? 0) > 0 && conversation.log.value.length) conversation.read();
  });
  effect(() => desk.selected.value === id && summary.value && role.value === null && isOngoing() && conversation.keepFresh());
  let isAwaited = false;
  const focus = () => {
    isAwaited = !wrapUp.isOpen() && !modes.peek().length;
    if (wrapUp.isOpen()) wrapUp.focus();
    else if (modes.peek().length) writing.focus();
    else title.focus();
  };
  const standingNow = computed(() => `${role.value} ${summary.value?.status} ${wrapUp.isOpen()}`);
  let isFirst = true;
  effect(() => {
    standingNow.value;
    if (!isFirst) queueMicrotask(keepFocus);
    isFirst = false;
  });

  /** Where the part that had the focus has gone, or a field comes for which the heading had it, the focus goes on. */
  function keepFocus() {
    const { activeElement: at } = document;
    const open = document.querySelector("dialog[open]");
    if (open) open.addEventListener("close", keepFocus, { once: true });
    else if (desk.selected.peek() === id && (at === document.body || !at?.checkVisibility() || (isAwaited && at === title))) focus();
  }
  return { node, conversation, writing, acts, role, modes, isOngoing, focus, toEnd: log.toEnd };
}

/**
 * @param {string?} role
 * @returns {Mode[]}
 */
function modesOf(role) {
  if (role === "primary" || role === "assistant") return ["message", "note"];
  if (role === "consultant") return ["note"];
  if (role === "monitor" || role === "coach") return ["whisper", "note"];
  return [];
}

/**
 * @param {Api.Conversation | undefined} summary
 * @param {string?} role
 */
function closedWords(summary, role) {
  if (!summary) return "";
  if (summary.status === "ended" || summary.status === "wrap_up") return t("conversation.ended");
  return role === null ? t("conversation.not_in") : "";
}

/**
 * All that can be done with the conversation beside writing in it.
 *
 * @param {Desk} desk
 * @param {string} id
 * @param {Readable<string?>} role
 * @param {() => boolean} isOngoing
 */
function actsOf(desk, id, role, isOngoing) {
  const conversation = desk.conversation(id);
  const isLeader = session.agent?.role !== "agent";
  const hasHand = () => (desk.summaries.peek().get(id)?.hands ?? []).some(({ agent_id }) => agent_id === desk.agentId);
  const end = async () => {
    if (await confirmed(t("act.end"), t("act.end_words"), t("act.end"), { kind: "primary" })) await call(`POST agent/v1/conversations/${id}/end`, { body: {} });
  };
  const hand = async () => {
    if (hasHand()) await call(`POST agent/v1/conversations/${id}/raise-hand`, { body: { raised: false } });
    else openHandDialog(id);
  };
  const leave = () => call(`POST agent/v1/conversations/${id}/leave`);
  const listen = () => call(`POST agent/v1/conversations/${id}/monitor`);
  const comeIn = () => call(`POST agent/v1/conversations/${id}/barge-in`);
  const takeOver = () => call(`POST agent/v1/conversations/${id}/take-over`);
  const endByForce = async () => {
    if (await confirmed(t("act.end_by_force"), t("act.end_by_force_words"), t("act.end"))) await call(`POST agent/v1/conversations/${id}/end`, { body: { force: true } });
  };
  const copy = () => navigator.clipboard.writeText(id);

  /** @returns {MenuEntry[]} */
  function entries() {
    const isIn = role.peek() !== null;
    const isPrimary = role.peek() === "primary";
    const going = isOngoing();
    /** @type {MenuEntry[]} */
    const own = going && isPrimary ? [
      { words: t("act.consult"), icon: "whisper", act: () => openHandOver(conversation, "consult") },
      { words: t("act.conference"), icon: "agents", act: () => openHandOver(conversation, "conference") },
    ] : [];
    /** @type {MenuEntry[]} */
    const inside = going && isIn ? [
      { words: hasHand() ? t("act.lower_hand") : t("act.raise_hand"), icon: "hand", act: hand },
      { words: t("act.leave"), icon: "log_out", act: leave },
    ] : [];
    /** @type {MenuEntry[]} */
    const leading = going && isLeader ? [
      ...(isIn ? [] : [/** @type {MenuEntry} */ ({ words: t("act.listen"), icon: "eye", act: listen })]),
      ...(role.peek() === "monitor" || role.peek() === "coach" || !isIn ? [/** @type {MenuEntry} */ ({ words: t("act.come_in"), icon: "agents", act: comeIn })] : []),
      ...(isPrimary ? [] : [/** @type {MenuEntry} */ ({ words: t("act.take_over"), icon: "transfer", act: takeOver })]),
      { words: t("act.end_by_force"), icon: "end", act: endByForce },
    ] : [];
    const taskId = desk.held.peek().find(({ conversation_id }) => conversation_id === id)?.task_id;
    const why = /** @type {MenuEntry[]} */ (taskId ? [{ words: t("why.heading"), icon: "route", act: () => openWhy(taskId) }] : []);
    const events = /** @type {MenuEntry[]} */ (isLeader ? [{ words: t("act.events"), icon: "code", act: () => void open(`${ROOT}inspect#stream/conversation-${id}`, "_blank", "noopener") }] : []);
    return [...own, ...inside, ...(leading.length ? [null, ...leading] : []), null, ...why, { words: t("act.print"), icon: "file", act: () => print() }, { words: t("act.copy_id"), icon: "copy", act: copy }, ...events];
  }

  return { end, hand, leave, listen, comeIn, takeOver, entries };
}

/** @param {string} id */
function openHandDialog(id) {
  openDialog(t("act.raise_hand"), (close) => {
    const reason = field(t("hand.reason"), input({ maxlength: 1024 }));
    const submit = button(t("act.raise_hand"), () => {}, { icon: "hand", kind: "primary" });
    return form([reason.node], submit, async () => {
      await call(`POST agent/v1/conversations/${id}/raise-hand`, { body: { raised: true, reason: reason.control.value.trim() || undefined } });
      close();
    });
  });
}
