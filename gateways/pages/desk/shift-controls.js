// The agent's states: overall and in each MRD, with reasons, and what brings the agent back after a missed offer.

/** @import { Desk } from "./desk-state.js" */
/** @import { MenuEntry } from "../base/controls/types" */
import { now } from "../base/clock.js";
import { button } from "../base/controls/button.js";
import { chooser } from "../base/controls/chooser.js";
import { openDialog } from "../base/controls/dialog.js";
import { field, form, select } from "../base/controls/field.js";
import { menuButton } from "../base/controls/menu.js";
import { notifyOfProblem } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { clock } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { call } from "../base/session/calls.js";
import { session } from "../base/session/session.js";
import { keepRows } from "../base/rows.js";
import { computed } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { codes } from "./codes.js";
import { askToNotify } from "./ringing.js";
import { t } from "./words.js";

const BY_SYSTEM = ["rona", "connection_lost"];

/**
 * @param {"ready" | "not_ready"} state
 * @param {string} [reason]
 * @param {string} [mrd]
 */
export async function setState(state, reason, mrd) {
  if (state === "ready") askToNotify();
  const body = { state, reason };
  await (mrd ? call(`PUT agent/v1/me/mrds/${mrd}/state`, { body }) : call("PUT agent/v1/me/state", { body }));
}

/** The state in words: overall, or of an MRD. @param {string} state */
export function stateWords(state) {
  return shared(/** @type {"agent_state.ready"} */ (`agent_state.${state}`));
}

/** @param {Desk} desk */
export function shiftControls(desk) {
  const { shift } = desk;
  const isPending = computed(() => shift.value.mrds.some(({ state }) => state === "pending_not_ready"));
  const words = () => {
    const { state, reason } = shift.value;
    const pending = isPending.value ? ` · ${shared("agent_state.pending_not_ready")}` : "";
    return state === "not_ready" && reason ? `${stateWords(state)} (${reasonLabel(reason)})` : `${stateWords(state)}${pending}`;
  };
  /** @type {Map<string, string>} */
  const labels = new Map();
  /** @type {Api.Reason[]} */
  let reasons = [];
  codes().then(({ reason_codes }) => {
    reasons = reason_codes;
    for (const { code, label } of reason_codes) labels.set(code, label);
  }).catch(() => {}); // the codes stand for themselves then
  const reasonLabel = (/** @type {string} */ reason) => labels.get(reason) ?? (BY_SYSTEM.includes(reason) ? t(`reason.${/** @type {"rona"} */ (reason)}`) : reason);

  const menu = menuButton(words, () => entries(desk, reasons.filter(({ use }) => use === "not_ready")), {
    class: () => `button state ${shift.value.state}`,
    icon: "agent",
    id: "state-menu",
  });
  const go = button(() => t(shift.value.state === "ready" ? "shift.pause" : "shift.go_ready"), () => toggleReady(desk), {
    class: () => `button ${shift.value.state === "ready" ? "secondary" : "primary"} go`,
    icon: "play",
  });
  return element("div", { class: "shift" }, [menu.node, go]);
}

/** Goes ready, or not ready; with a reason where the centre wants one. @param {Desk} desk */
export async function toggleReady(desk) {
  if (desk.shift.peek().state !== "ready") return setState("ready");
  const { reason_codes } = await codes();
  const reasons = reason_codes.filter(({ use }) => use === "not_ready");
  if (reasons.length) openReasonDialog(reasons, (reason) => setState("not_ready", reason));
  else await setState("not_ready");
}

/**
 * @param {Desk} desk
 * @param {Api.Reason[]} reasons
 * @returns {MenuEntry[]}
 */
function entries(desk, reasons) {
  const { state, reason, mrds } = desk.shift.peek();
  const away = reasons.length
    ? reasons.map(({ code, label }) => ({ words: t("shift.not_ready_for", { reason: label }), checked: state === "not_ready" && reason === code, act: () => setState("not_ready", code) }))
    : [{ words: stateWords("not_ready"), checked: state === "not_ready", act: () => setState("not_ready") }];
  return [
    { words: stateWords("ready"), checked: state === "ready", act: () => setState("ready") },
    ...away,
    null,
    ...mrds.map((mrd) => {
      const isAway = mrd.state === "not_ready" || mrd.state === "pending_not_ready";
      const places = t("shift.places", { tasks: mrd.tasks, max: mrd.max_tasks });
      return { words: t(isAway ? "shift.mrd_ready" : "shift.mrd_pause", { mrd: mrd.mrd }), hint: `${stateWords(mrd.state)} · ${places}`, act: () => setState(isAway ? "ready" : "not_ready", undefined, mrd.mrd) };
    }),
  ];
}

/**
 * @param {Api.Reason[]} reasons
 * @param {(reason: string) => Promise<unknown>} act
 */
function openReasonDialog(reasons, act) {
  openDialog(t("shift.why"), (close) => {
    const choices = reasons.map(({ code, label }) => ({ key: code, words: label, icon: /** @type {const} */ ("pause") }));
    const choose = (/** @type {{ key: string }} */ { key }) => act(key).then(close).catch(notifyOfProblem);
    return chooser(t("shift.reason"), () => choices, choose).node;
  });
}

/** What the agent has to know about the shift: a missed offer, the threat of being logged out. @param {Desk} desk */
export function shiftNotices(desk) {
  const { shift } = desk;
  const missed = element("div", { class: "banner warn", role: "alert", hidden: () => !(shift.value.state === "not_ready" && shift.value.reason === "rona") }, [
    icon("alert"),
    element("p", {}, t("shift.missed")),
    button(t("shift.back"), () => setState("ready"), { kind: "primary", icon: "play" }),
  ]);
  const idle = element("div", { class: "banner warn", role: "alert", hidden: () => !shift.value.idleUntil }, [
    icon("clock"),
    element("p", {}, () => (shift.value.idleUntil ? t("shift.idle", { time: clock((Date.parse(shift.value.idleUntil) - now.value) / 1000) }) : "")),
    button(t("shift.here"), () => call("POST agent/v1/me/activity").then(() => (shift.value = { ...shift.peek(), idleUntil: null })), { kind: "primary" }),
  ]);
  const isLate = lateInterruption(desk);
  const cut = element("div", { class: "banner bad", role: "status", hidden: () => !isLate.value }, [icon("alert"), element("p", {}, () => shared(`connection.${desk.connection.value}`))]);
  const announcements = element("div", { class: "announcements" });
  keepRows(announcements, () => desk.announcements.value, ({ id }) => id, (item, id) =>
    element("div", { class: "banner accent", role: "status" }, [
      icon("announce"),
      element("p", { dir: "auto" }, [element("strong", {}, t("announcement.from", { name: item.peek().by })), " ", item.peek().text]),
      button(t("announcement.read"), () => void (desk.announcements.value = desk.announcements.peek().filter((each) => each.id !== id)), { icon: "check" }),
    ]),
  );
  return [cut, missed, idle, announcements];
}

/** Whether the connection has been away for more than a moment. @param {Desk} desk */
function lateInterruption(desk) {
  let since = 0;
  return computed(() => {
    if (desk.connection.value === "live") {
      since = 0;
      return false;
    }
    since ||= now.peek();
    return now.value - since >= 2000;
  });
}

/** Asks for the reason, and what becomes of the tasks; then ends the shift. @param {Desk} desk */
export async function openLogOut(desk) {
  const { reason_codes } = await codes().catch(() => ({ reason_codes: /** @type {Api.Reason[]} */ ([]) }));
  const reasons = reason_codes.filter(({ use }) => use === "logout");
  const mrds = [...new Set(desk.held.peek().map(({ mrd }) => mrd))];
  if (!reasons.length && !mrds.length) return session.logOut();
  openDialog(shared("account.log_out"), (close) => {
    const reason = reasons.length ? field(t("shift.reason"), select(reasons.map(({ code, label }) => [code, label]), reasons[0].code)) : null;
    const fates = mrds.map((mrd) => ({ mrd, ...field(t("log_out.tasks", { mrd, count: desk.held.peek().filter((task) => task.mrd === mrd).length }), select([["transfer", t("log_out.transfer")], ["close", t("log_out.close")]], "transfer")) }));
    const submit = button(shared("account.log_out"), () => {}, { kind: "primary", icon: "log_out" });
    const leave = async () => {
      const tasks = Object.fromEntries(fates.map(({ mrd, control }) => [mrd, /** @type {"close" | "transfer"} */ (control.value)]));
      await session.logOut({ reason: reason?.control.value, tasks });
      close();
    };
    return form([reason?.node ?? null, ...fates.map(({ node }) => node)], submit, leave);
  });
  return undefined;
}

