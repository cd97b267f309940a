// A conversation beside the floor: what is said in it, what a supervisor may do, and the composer.

/** @import { Address } from "./address.js" */
/** @import { Floor } from "./floor-store.js" */
/** @import { OwnShift } from "./own-shift.js" */
/** @import { LoggedEvent } from "./log.js" */
/** @import { LogEntry } from "./types" */
import { secondsSince } from "../base/clock.js";
import { button } from "../base/controls/button.js";
import { element } from "../base/elements.js";
import { fullTime, list, time } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { problemWords } from "../base/problem-words.js";
import { keepRows } from "../base/rows.js";
import { computed, effect, onStop, owned, signal, untracked } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { composer } from "./composer.js";
import { factWords, inWords } from "./contents.js";
import { conversationLog } from "./conversation-log.js";
import { entriesOf } from "./log.js";
import { badge, customerName, lasting, lookOfStatus } from "./parts.js";
import { agentsOf, waitsSince } from "./selecting.js";
import { comeIn, end, finishWrapUp, leave, reassign, takeOver } from "./supervising.js";
import { figure, levelOf, thresholds } from "./thresholds.js";
import { t } from "./words.js";

const NEAR = 48; // pixels

/**
 * The place of the panel: empty while no conversation is open.
 *
 * @param {Floor} floor
 * @param {Address} address
 * @param {OwnShift} shift
 */
export function panelPlace(floor, address, shift) {
  /** @type {Map<string, HTMLElement>} */
  const composers = new Map();
  const opened = computed(() => address.filters.value.open);
  const place = element("aside", { class: "panel", hidden: () => !opened.value, "aria-label": t("panel.label") });
  /** @type {Element?} */
  let back = null;
  effect(() => {
    const id = opened.value;
    place.replaceChildren();
    if (!id) {
      if (back instanceof HTMLElement && back.isConnected) back.focus();
      back = null;
      return;
    }
    back ??= document.activeElement;
    const heading = untracked(() => fill(place, id, floor, address, shift, composers));
    requestAnimationFrame(() => heading.focus({ preventScroll: true }));
  });
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && opened.peek() && !document.querySelector("dialog[open], :popover-open")) address.change({ open: "" });
  };
  document.addEventListener("keydown", pressed);
  onStop(() => document.removeEventListener("keydown", pressed));
  return place;
}

/**
 * @param {HTMLElement} place
 * @param {string} id
 * @param {Floor} floor
 * @param {Address} address
 * @param {OwnShift} shift
 * @param {Map<string, HTMLElement>} composers
 */
function fill(place, id, floor, address, shift, composers) {
  const row = signal(floor.conversation(id));
  const isOver = signal(false);
  effect(() => {
    const found = floor.conversation(id);
    if (found) row.value = found;
    isOver.value = found ? found.status === "wrap_up" : floor.live.state.value.at !== "";
  });
  const role = computed(() => floor.ownRole(id));
  const log = conversationLog(floor, shift, id);
  const name = () => (row.value ? customerName(row.value) : (log.customer.value?.name ?? t("customer.unknown")));
  const written = composers.get(id) ?? owned(() => composer(id, name, () => floor.ownRole(id))).made;
  composers.set(id, written);
  const heading = element("h2", { tabindex: "-1", dir: "auto" }, name);
  effect(() => {
    if (isOver.value && document.activeElement === document.body) heading.focus();
  });
  const close = button(shared("action.close"), () => address.change({ open: "" }), { icon: "close", iconOnly: true, kind: "quiet" });
  place.append(
    element("header", { class: "panel-head" }, [element("div", { class: "panel-title" }, [heading, facts(row, floor)]), close]),
    actions(row, role, isOver, shift, floor),
    logView(log, (agentId) => namedIn(log.events.peek() ?? [], agentId) ?? floor.nameOf(agentId)),
    written,
    hint(role, isOver),
  );
  return heading;
}

/**
 * The name under which an agent has come in.
 *
 * @param {LoggedEvent[]} events
 * @param {string} agentId
 */
function namedIn(events, agentId) {
  return events.find(({ data }) => data.agent_id === agentId && data.agent_name)?.data.agent_name;
}

/**
 * @param {Signal<Api.LiveConversation | null>} row
 * @param {Floor} floor
 */
function facts(row, floor) {
  const since = () => (row.value ? waitsSince(row.value) : null);
  const waiting = figure(() => lasting(since()), () => levelOf(since() ? secondsSince(/** @type {string} */ (since())) : null, thresholds.value.unanswered));
  const people = () => (row.value ? list(agentsOf(row.value).map(({ name, id, role }) => t("panel.agent", { name: name ?? id ?? "", role: t(/** @type {"role.primary"} */ (`role.${role}`)) }))) : "");
  const isGone = computed(() => !row.value || !floor.conversation(row.value.conversation_id));
  const state = badge(() => (row.value && !isGone.value ? lookOfStatus(row.value) : ["", "end", t("status.ended")]));
  const where = element("span", { class: "quiet" }, () => (row.value ? `${row.value.channel} · ${row.value.queue}` : ""));
  return element("p", { class: "panel-facts" }, [state, waiting, where, element("span", { class: "quiet", dir: "auto" }, people)]);
}

/**
 * @param {Signal<Api.LiveConversation | null>} row
 * @param {Readable<string | null>} role
 * @param {Signal<boolean>} isOver
 * @param {OwnShift} shift
 * @param {Floor} floor
 */
function actions(row, role, isOver, shift, floor) {
  const now = () => /** @type {Api.LiveConversation} */ (row.peek());
  const out = () => role.value === null;
  const unheard = () => role.value === null || role.value === "monitor" || role.value === "coach" || role.value === "consultant";
  const isWrappingUp = () => isOver.value && role.value === "primary";
  const all = [
    button(t("act.listen"), () => comeIn(shift, now().conversation_id, "monitor"), { icon: "eye", hidden: () => !out() || (row.value?.status === "waiting_for_agent") }),
    button(t("act.come_in"), () => comeIn(shift, now().conversation_id, "barge-in"), { icon: "agents", hidden: () => !unheard() || row.value?.status === "waiting_for_agent" }),
    button(t("act.take_over"), () => takeOver(shift, now()), { icon: "accept", hidden: () => role.value === "primary" }),
    button(t("act.reassign"), () => reassign(shift, now(), floor.agentId), { icon: "transfer" }),
    button(() => (role.value === "monitor" || role.value === "coach" ? t("act.stop_listening") : t("act.leave")), () => leave(now().conversation_id), { icon: "back", hidden: () => out() || role.value === "primary" }),
    button(t("act.end"), () => end(now(), role.peek()), { icon: "end", kind: "danger" }),
  ];
  const open = element("div", { class: "panel-actions", role: "group", "aria-label": t("panel.actions"), hidden: () => isOver.value || row.value === null }, all);
  const finish = button(t("act.finish"), () => finishWrapUp(now().conversation_id), { icon: "accept", hidden: () => !isWrappingUp() });
  return element("div", {}, [open, finish]);
}

/**
 * @param {Readable<string | null>} role
 * @param {Signal<boolean>} isOver
 */
function hint(role, isOver) {
  return element("p", { class: "quiet panel-hint", role: "status" }, () => {
    if (isOver.value) return t("panel.over");
    if (role.value === null) return t("panel.reading");
    return t(/** @type {"panel.as.monitor"} */ (`panel.as.${role.value}`));
  });
}

/**
 * @param {ReturnType<typeof conversationLog>} log
 * @param {(agentId: string) => string} nameOf
 */
function logView({ events, problem, read }, nameOf) {
  const words = { inWords, factWords: (/** @type {LoggedEvent} */ event) => untracked(() => factWords(event, nameOf)) };
  const entries = computed(() => entriesOf(events.value ?? [], words));
  const rows = element("div", { class: "log-rows" });
  const place = element("div", { class: "log", role: "log", "aria-live": "off", "aria-label": t("log.label"), tabindex: "0" }, [
    element("p", { class: "quiet", hidden: () => events.value !== null || problem.value !== null }, shared("state.loading")),
    rows,
  ]);
  let sticks = true;
  place.addEventListener("scroll", () => (sticks = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR));
  keepRows(rows, () => entries.value, ({ key }) => key, (item) => entryView(item.peek()));
  effect(() => {
    if (entries.value.length && sticks) requestAnimationFrame(() => place.scrollTo({ top: place.scrollHeight }));
  });
  const watch = new ResizeObserver(() => sticks && place.scrollTo({ top: place.scrollHeight }));
  watch.observe(place);
  onStop(() => watch.disconnect());
  const again = button(shared("action.retry"), () => read(), { icon: "refresh" });
  const fault = element("div", { class: "fault", role: "alert", hidden: () => problem.value === null }, [element("p", {}, () => (problem.value ? problemWords(problem.value) : "")), again]);
  return element("div", { class: "log-place" }, [place, fault]);
}

/** @param {LogEntry} entry */
function entryView({ kind, side, name, text, at }) {
  const when = element("time", { datetime: at, title: fullTime(at), class: "quiet" }, time(at));
  if (kind === "fact") return element("article", { class: "entry fact" }, [element("p", { dir: "auto" }, [text, " ", when])]);
  const inside = kind !== "message";
  const mark = inside ? element("span", { class: "badge inside" }, [icon("lock"), t(`log.${kind}`), ": ", t("log.inside")]) : null;
  const who = name || (side === "customer" ? t("customer.unknown") : t("log.system"));
  return element("article", { class: `entry ${inside ? "inside" : side}` }, [
    element("header", { class: "entry-head" }, [side === "bot" ? icon("bot") : null, element("span", { class: "who", dir: "auto" }, who), mark, when]),
    element("p", { class: "bubble", dir: "auto" }, text),
  ]);
}

