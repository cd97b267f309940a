// The supervisor's floor: who works, who waits, what goes on, and what a supervisor does about it.

/** @import { Filters, ViewName } from "./types" */
import { button } from "../base/controls/button.js";
import { input, select } from "../base/controls/field.js";
import { notifyOfProblem } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { number } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { startPage } from "../base/page.js";
import { problemWords } from "../base/problem-words.js";
import { ROOT } from "../base/root.js";
import { computed, effect, untracked } from "../base/signals.js";
import { keepRows } from "../base/rows.js";
import { shared } from "../base/words/shared.js";
import { VIEWS, addressOfFilters, followedAddress } from "./address.js";
import { agentsView } from "./agents-view.js";
import { openAnnouncement } from "./announcing.js";
import { conversationsView } from "./conversations-view.js";
import { Floor } from "./floor-store.js";
import { OwnShift } from "./own-shift.js";
import { panelPlace } from "./panel.js";
import { customerName, lasting, leadTo, stateWords, statusWords } from "./parts.js";
import { learnReasons } from "./reasons.js";
import { queuesView } from "./queues-view.js";
import { secondsSince } from "../base/clock.js";
import { figure, levelOf, openThresholds, thresholds } from "./thresholds.js";
import { t } from "./words.js";

/** @typedef {import("./address.js").Address} Address */

const STATES = {
  agents: ["ready", "not_ready", "reserved", "active", "busy", "pending_not_ready", "interrupted", "logged_out"],
  queues: ["waiting", "open", "closed"],
  conversations: ["waiting", "offered", "scheduled", "with_agent", "with_bot", "waiting_for_customer", "wrap_up", "hand"],
};
const MAKERS = { agents: agentsView, queues: queuesView, conversations: conversationsView };

startPage({ name: "floor", title: t("title"), lead: t("lead"), roles: ["supervisor", "administrator"], view });

/** @param {{ agent: Api.Profile | null, top: HTMLElement }} place */
function view({ agent, top }) {
  const address = followedAddress();
  const floor = new Floor(address, agent?.agent_id ?? "");
  const shift = new OwnShift();
  floor.start();
  top.append(connection(floor), ...pageActions(floor));
  takePartAgain(floor, shift);
  learnReasons().catch(() => {}); // without labels the codes stand there
  const place = element("div", { class: "floor-place" });
  const chosen = computed(() => address.filters.value.view);
  effect(() => {
    const make = MAKERS[chosen.value];
    place.replaceChildren(untracked(() => make(floor, address)));
  });
  return element("div", { class: "floor", "data-stale": () => floor.live.isStale.value }, [
    element("div", { class: "floor-main" }, [
      element("h1", { class: "visually-hidden" }, t("title")),
      problemNotice(floor),
      hands(floor, address),
      figures(floor),
      element("div", { class: "floor-bar" }, [tabs(floor, chosen), filterBar(floor, address, chosen)]),
      leftOut(floor),
      place,
    ]),
    panelPlace(floor, address, shift),
  ]);
}

/**
 * A supervisor who takes part in a conversation is at work: the feed is opened again after the page was loaded anew.
 *
 * @param {Floor} floor
 * @param {OwnShift} shift
 */
function takePartAgain(floor, shift) {
  const takesPart = computed(() => [...floor.live.state.value.conversations.keys()].some((id) => floor.ownRole(id) !== null));
  effect(() => {
    if (takesPart.value) shift.begun().catch(notifyOfProblem);
  });
}

/** @param {Floor} floor */
function connection({ live }) {
  const words = () => {
    if (live.paused.value) return t("age.paused", { age: lasting(live.state.value.at) });
    if (live.connection.value === "live" && !live.isStale.value) return t("age.live");
    return live.state.value.at ? t("age.old", { age: lasting(live.state.value.at) }) : shared("state.loading");
  };
  const details = () => shared(`connection.${live.connection.value}`);
  return element("p", { class: () => `age ${live.connection.value}`, role: "status", title: details }, [element("span", { class: "dot" }), element("span", { class: "clock" }, words)]);
}

/** @param {Floor} floor */
function pageActions(floor) {
  const { live } = floor;
  const hold = button(() => t(live.paused.value ? "pause.go_on" : "pause.pause"), () => live.pauseOrGoOn(), { icon: "pause", iconOnly: true, kind: "quiet", "aria-pressed": () => String(live.paused.value) });
  const past = element("a", { class: "button quiet icon-only", title: t("past"), "aria-label": t("past"), href: () => `${ROOT}inspect#floor${live.state.value.at ? `?at=${encodeURIComponent(live.state.value.at)}` : ""}` }, [icon("history")]);
  return [
    hold,
    past,
    button(t("thresholds.open"), () => openThresholds(), { icon: "bell", iconOnly: true, kind: "quiet" }),
    button(t("announce.open"), () => openAnnouncement(floor), { icon: "announce" }),
  ];
}

/** @param {Floor} floor */
function problemNotice({ live }) {
  return element("p", { class: "notice", role: "alert", hidden: () => live.problem.value === null }, () => (live.problem.value ? problemWords(live.problem.value) : ""));
}

/** @param {Floor} floor */
function leftOut({ live }) {
  return element("p", { class: "notice", hidden: () => !live.state.value.leftOut }, () => t("left_out", { count: live.state.value.leftOut }));
}

/**
 * The agents who ask for a supervisor, above all else.
 *
 * @param {Floor} floor
 * @param {Address} address
 */
function hands(floor, address) {
  const raised = computed(() => floor.figures.value.hands.flatMap((conversation) => (conversation.hands ?? []).map((hand) => ({ conversation, hand }))));
  const list = element("ul", { class: "hands-list" });
  keepRows(list, () => raised.value, ({ conversation, hand }) => `${conversation.conversation_id} ${hand.agent_id}`, (item) => {
    const words = () => t("hands.words", { name: floor.nameOf(item.value.hand.agent_id), customer: customerName(item.value.conversation) });
    const answer = button(t("hands.answer"), () => address.openConversation(item.peek().conversation.conversation_id), { icon: "eye", kind: "primary" });
    return element("li", {}, [icon("hand"), element("span", { class: "hands-words", dir: "auto" }, [words, " ", element("q", { hidden: () => !item.value.hand.reason }, () => item.value.hand.reason ?? "")]), answer]);
  });
  return element("section", { class: "hands", "aria-label": t("hands.heading"), hidden: () => raised.value.length === 0 }, [element("p", { class: "visually-hidden", role: "status" }, () => (raised.value.length ? t("hands.count", { count: raised.value.length }) : "")), list]);
}

/** The figures of the whole floor; each leads to what it counts. @param {Floor} floor */
function figures(floor) {
  const f = floor.figures;
  const oldest = () => f.value.oldest;
  /** @type {[label: string, filters: Partial<Filters>, content: Node][]} */
  const all = [
    [t("figures.waiting"), { view: "conversations", state: "waiting" }, figure(() => number(f.value.waiting), () => levelOf(f.value.waiting, thresholds.value.waiting))],
    [t("figures.oldest"), { view: "conversations", state: "waiting" }, figure(() => lasting(oldest()) || "–", () => levelOf(oldest() ? secondsSince(/** @type {string} */ (oldest())) : null, thresholds.value.oldest))],
    [t("figures.talking"), { view: "conversations", state: "with_agent" }, figure(() => number(f.value.withAgent), () => "")],
    [t("figures.ready"), { view: "agents", state: "ready" }, figure(() => number(f.value.ready), () => "")],
    [t("figures.not_ready"), { view: "agents", state: "not_ready" }, figure(() => number(f.value.notReady), () => "")],
  ];
  return element("ul", { class: "figures", "aria-label": t("figures.label") }, all.map(([label, filters, content]) => element("li", {}, [leadTo(filters, [content, element("span", { class: "figure-label" }, label)])])));
}

/**
 * @param {Floor} floor
 * @param {Readable<ViewName>} chosen
 */
function tabs(floor, chosen) {
  const counts = { agents: () => floor.figures.value.agents, queues: () => floor.figures.value.queues, conversations: () => floor.figures.value.conversations };
  const links = VIEWS.map((name) => element("a", { href: addressOfFilters({ view: name }), "aria-current": () => (chosen.value === name ? "page" : null) }, [t(`view.${name}`), " ", element("span", { class: "number quiet" }, () => number(counts[name]()))]));
  return element("nav", { class: "tabs", "aria-label": t("views.label") }, links);
}

/**
 * @param {Floor} floor
 * @param {Address} address
 * @param {Readable<ViewName>} chosen
 */
function filterBar(floor, address, chosen) {
  const { filters } = address;
  /** @type {HTMLInputElement} */
  const text = input({ type: "search", "aria-label": t("filter.text"), placeholder: t("filter.text"), oninput: () => address.change({ text: text.value }) });
  effect(() => {
    if (text.value !== filters.value.text && document.activeElement !== text) text.value = filters.value.text;
  });
  const agent = button(() => t("filter.agent", { name: floor.nameOf(filters.value.agent) }), () => address.change({ agent: "" }), { icon: "close", kind: "quiet", hidden: () => !filters.value.agent });
  return element("div", { class: "filters", role: "search" }, [
    text,
    choice(t("filter.team"), () => floor.teams.value.map((name) => [name, name]), "team", address, () => chosen.value === "queues" || floor.teams.value.length < 2),
    choice(t("filter.queue"), () => floor.queues.value.map((name) => [name, name]), "queue", address, () => false),
    choice(t("filter.state"), () => STATES[chosen.value].map((state) => [state, stateName(chosen.value, state)]), "state", address, () => false),
    agent,
  ]);
}

/**
 * @param {ViewName} view
 * @param {string} state
 */
function stateName(view, state) {
  if (view === "agents") return stateWords(state);
  if (view === "conversations") return statusWords(state);
  return t(/** @type {"queue_state.open"} */ (`queue_state.${state}`));
}

/**
 * A choice that restricts what is shown. Its options follow what there is.
 *
 * @param {string} label
 * @param {() => string[][]} options
 * @param {"team" | "queue" | "state"} field
 * @param {Address} address
 * @param {() => boolean} isHidden
 */
function choice(label, options, field, { filters, change }, isHidden) {
  /** @type {HTMLSelectElement} */
  const made = select([], "", { "aria-label": label, hidden: isHidden, onchange: () => change({ [field]: made.value }) });
  const known = computed(() => JSON.stringify(options()));
  effect(() => {
    const chosen = filters.value[field];
    const listed = /** @type {string[][]} */ (JSON.parse(known.value));
    if (chosen && !listed.some(([value]) => value === chosen)) listed.push([chosen, chosen]);
    made.replaceChildren(...[["", label], ...listed].map(([value, words]) => element("option", { value }, words)));
    made.value = chosen;
  });
  return made;
}
