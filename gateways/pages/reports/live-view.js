// The dashboard: how the queues, the agents and the conversations are now.

/** @import { Attention } from "./attention.js" */
/** @import { Watched } from "./thresholds.js" */
/** @import { Column } from "../base/controls/types" */
/** @import { LiveStore } from "./live-store.js" */
import { button } from "../base/controls/button.js";
import { dataTable } from "../base/controls/data-table.js";
import { element } from "../base/elements.js";
import { clock, fullTime, number, relative, share, time } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { problemWords } from "../base/problem-words.js";
import { ROOT } from "../base/root.js";
import { keepRows } from "../base/rows.js";
import { computed, signal } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { attention } from "./attention.js";
import { liveStore } from "./live-store.js";
import { hrefOf, place } from "./place.js";
import { openThresholds } from "./threshold-dialog.js";
import { filterButton } from "./filter-button.js";
import { valueWords, words } from "./words.js";
import { BROWSER_ZONE, zoneField } from "./zone-field.js";

const STATES = /** @type {const} */ (["ready", "reserved", "active", "busy", "pending_not_ready", "not_ready", "interrupted"]);
const NONE = "–";

/** @param {{ wallboard: boolean }} options On a wallboard nothing can be pressed. */
export function liveView({ wallboard }) {
  const query = computed(() => JSON.stringify({ zone: place.value.parameters.zone || BROWSER_ZONE, queue: place.value.parameters.queue ?? "" }));
  const store = liveStore(() => JSON.parse(query.value));
  const isLoading = () => store.seen.value === null && store.problem.value === null;
  const body = element("div", { class: () => `live-body${store.stale.value ? " stale" : ""}`, hidden: () => store.seen.value === null }, [
    tiles(store),
    card(words("live.queues"), queues(store)),
    card(words("live.agents"), agents(store)),
    wallboard ? null : card(words("live.ongoing"), ongoing(store)),
  ]);
  return element("div", { class: `view live${wallboard ? " on-wall" : ""}` }, [
    element("header", { class: "view-head" }, [
      element("h1", { tabindex: "-1" }, wallboard ? words("live.wall_title") : words("live.title")),
      freshness(store),
      wallboard ? null : controls(store),
    ]),
    problemNotice(store),
    element("p", { class: "quiet", "aria-busy": () => (isLoading() ? "true" : null), hidden: () => !isLoading() }, shared("state.loading")),
    body,
  ]);
}

/** @param {LiveStore} store */
function controls(store) {
  const pause = button(() => words(store.paused.value ? "live.go_on" : "live.pause"), () => (store.paused.peek() ? store.goOn() : store.pause()), { "aria-pressed": () => String(store.paused.value), icon: "pause" });
  const wall = element("a", { class: "button secondary", href: () => `${location.pathname}?wallboard${hrefOf(place.value.view, { zone: BROWSER_ZONE, ...place.value.parameters })}`, target: "_blank", rel: "noopener" }, [icon("eye"), element("span", {}, words("live.wallboard"))]);
  return element("div", { class: "bar" }, [
    filterButton("queue", words("live.queue"), () => [...new Set(store.seen.peek()?.queues.map(({ queue }) => queue))]),
    zoneField(),
    pause,
    button(words("thresholds.open"), openThresholds, { icon: "bell" }),
    wall,
  ]);
}

/** How old what is seen is, in words, and that it is held. @param {LiveStore} store */
function freshness(store) {
  const at = () => (store.seen.value ? words("live.as_of", { time: fullTime(store.seen.value.at) }) : "");
  const since = () => relative(-Math.round(store.age.value / 1000));
  const state = () => (store.paused.value ? words("live.paused") : store.stale.value ? words("live.stale", { since: since() }) : words("live.fresh", { since: since() }));
  const kind = () => (store.stale.value ? "bad" : store.paused.value ? "warn" : "good");
  return element("p", { class: "freshness", hidden: () => store.seen.value === null }, [
    element("span", { class: () => `badge ${kind()}` }, [icon("clock"), element("span", {}, state)]),
    element("span", { class: "quiet" }, at),
    element("span", { class: "quiet" }, () => store.seen.value?.zone ?? ""),
  ]);
}

/** @param {LiveStore} store */
function problemNotice(store) {
  const text = () => (store.problem.value ? problemWords(store.problem.value) : store.stale.value ? shared("connection.interrupted") : "");
  return element("p", { class: "notice", role: "alert", hidden: () => !text() }, [text]);
}

/** @param {LiveStore} store */
function tiles(store) {
  const rows = () => store.seen.value?.queues ?? [];
  const sum = (/** @type {"waiting" | "active" | "offered" | "answered" | "abandoned"} */ name) => rows().reduce((total, row) => total + row[name], 0);
  const oldest = () => store.grown(largest(rows().map(({ oldest_wait }) => oldest_wait)));
  const inWords = (/** @type {number | null} */ seconds) => (seconds === null ? NONE : clock(seconds));
  return element("dl", { class: "tiles" }, [
    tile(words("live.waiting"), () => attention(sum("waiting"), "waiting", number)),
    tile(words("live.oldest"), () => attention(oldest(), "oldest", inWords)),
    tile(words("live.active"), () => number(sum("active"))),
    tile(words("live.ready"), () => number(store.seen.value?.mrds.reduce((total, { agents: { ready = 0 } }) => total + ready, 0) ?? 0)),
    tile(words("live.offered_today"), () => number(sum("offered"))),
    tile(words("live.abandoned_today"), () => number(sum("abandoned"))),
    tile(words("live.open_conversations"), () => number(Object.values(store.seen.value?.conversations ?? {}).reduce((total, count) => total + count, 0)), () =>
      Object.entries(store.seen.value?.conversations ?? {}).map(([status, count]) => `${valueWords(status)}: ${number(count)}`).join(" · ")),
  ]);
}

/**
 * @param {string} name
 * @param {() => string | Attention} content
 * @param {() => string} [more]
 */
function tile(name, content, more) {
  return element("div", { class: "tile" }, [
    element("dt", {}, name),
    element("dd", { class: "number" }, attentionCell(content)),
    more ? element("dd", { class: "quiet tile-more" }, more) : null,
  ]);
}

/** @param {LiveStore} store */
function queues(store) {
  const figure = (/** @type {"waiting" | "reserved" | "scheduled" | "active" | "agents_ready" | "offered" | "answered" | "abandoned"} */ name) => ({ key: name, words: words(`live.${name}`), value: (/** @type {Api.DashboardQueue} */ row) => row[name], cell: (/** @type {Signal<Api.DashboardQueue>} */ row) => () => number(row.value[name]), number: true });
  const watched = (/** @type {string} */ key, /** @type {Watched} */ name, /** @type {(row: Api.DashboardQueue) => number | null} */ value, /** @type {(value: number | null) => string} */ written) => ({
    key,
    words: words(/** @type {"live.waiting"} */ (`live.${key}`)),
    value,
    cell: (/** @type {Signal<Api.DashboardQueue>} */ row) => attentionCell(() => attention(value(row.value), name, written)),
    number: true,
  });
  /** @type {Column<Api.DashboardQueue>[]} */
  const columns = [
    { key: "queue", words: words("live.queue"), value: ({ queue }) => queue },
    { key: "mrd", words: words("live.mrd"), value: ({ mrd }) => mrd },
    watched("waiting", "waiting", ({ waiting }) => waiting, (value) => number(value ?? 0)),
    watched("oldest", "oldest", ({ oldest_wait }) => store.grown(oldest_wait), (value) => (value === null ? NONE : clock(value))),
    figure("reserved"),
    figure("active"),
    figure("agents_ready"),
    figure("scheduled"),
    figure("offered"),
    figure("answered"),
    figure("abandoned"),
    { key: "average_wait", words: words("live.average_wait"), value: ({ average_wait }) => average_wait, cell: (row) => () => (row.value.average_wait === null ? NONE : clock(row.value.average_wait)), number: true },
    watched("service_level", "service_level", ({ service_level }) => service_level, (value) => (value === null ? NONE : share(value / 100))),
  ];
  const sorting = signal({ column: "", descending: false });
  return dataTable(words("live.queues"), columns, () => store.seen.value?.queues ?? [], ({ queue, mrd }) => `${queue} ${mrd}`, sorting);
}

/**
 * A figure with its colour, drawing and word where it needs attention.
 *
 * @param {() => string | Attention} content
 */
function attentionCell(content) {
  const found = computed(() => {
    const made = content();
    return typeof made === "string" ? { level: null, text: made, words: "" } : made;
  });
  return element("span", { class: () => `level ${found.value.level ?? ""}` }, [
    icon("alert"),
    element("span", {}, () => found.value.text),
    element("span", { class: "level-words" }, () => found.value.words),
  ]);
}

/** @param {LiveStore} store */
function agents(store) {
  /** @type {Column<Api.DashboardMrd>[]} */
  const columns = [
    { key: "mrd", words: words("live.mrd"), value: ({ mrd }) => mrd },
    { key: "logged_in", words: words("live.logged_in"), value: ({ logged_in }) => logged_in, cell: (row) => () => number(row.value.logged_in), number: true },
    ...STATES.map((state) => ({ key: state, words: shared(`agent_state.${state}`), value: (/** @type {Api.DashboardMrd} */ { agents: { [state]: count = 0 } }) => count, cell: (/** @type {Signal<Api.DashboardMrd>} */ row) => () => number(row.value.agents[state] ?? 0), number: true })),
  ];
  const sorting = signal({ column: "", descending: false });
  return dataTable(words("live.agents"), columns, () => store.seen.value?.mrds ?? [], ({ mrd }) => mrd, sorting);
}

/** @param {LiveStore} store */
function ongoing(store) {
  const rows = () => store.seen.value?.ongoing ?? [];
  const list = element("tbody", {});
  keepRows(list, rows, ({ conversation_id }) => conversation_id, (item, id) =>
    element("tr", {}, [
      element("th", { scope: "row" }, [element("a", { href: `${ROOT}inspect#stream/conversation-${id}` }, `…${id.slice(-8)}`)]),
      element("td", {}, () => item.value.channel),
      element("td", {}, () => valueWords(item.value.status)),
      element("td", {}, () => item.value.queue || NONE),
      element("td", {}, () => item.value.agents.join(", ") || item.value.bot || NONE),
      element("td", {}, () => time(item.value.started_at)),
    ]),
  );
  const heads = /** @type {const} */ (["conversation", "channel", "status", "queue", "with", "since"]).map((name) => element("th", { scope: "col" }, words(`live.${name}`)));
  return element("div", {}, [
    element("div", { class: "table-place", tabindex: "0", role: "region", "aria-label": words("live.ongoing"), hidden: () => !rows().length }, [
      element("table", { class: "data-table plain" }, [element("thead", {}, element("tr", {}, heads)), list]),
    ]),
    element("div", { class: "empty", hidden: () => rows().length > 0 }, [icon("chat"), element("p", {}, words("live.nobody"))]),
  ]);
}

/**
 * @param {string} heading
 * @param {Node} content
 */
function card(heading, content) {
  return element("section", { class: "card" }, [element("h2", {}, heading), content]);
}

/** @param {(number | null)[]} values */
function largest(values) {
  const known = values.filter((value) => value !== null);
  return known.length ? Math.max(...known) : null;
}
