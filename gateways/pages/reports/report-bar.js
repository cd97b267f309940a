// What is asked of a report: the period, the intervals, what has a row each, and the filters.

import { button } from "../base/controls/button.js";
import { checkbox, input, select } from "../base/controls/field.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { serverTime } from "../base/clock.js";
import { call } from "../base/session/calls.js";
import { computed, effect } from "../base/signals.js";
import { groupsOf, periodOf, rangeAsked } from "./asked.js";
import { csvFile } from "./csv-file.js";
import { filterButton, NO_VALUE } from "./filter-button.js";
import { later, localNow, PERIODS } from "./periods.js";
import { change, hrefOf, place } from "./place.js";
import { ask } from "./report-store.js";
import { known, words } from "./words.js";
import { BROWSER_ZONE, zoneField } from "./zone-field.js";

const OWN = "own";
const DATE = /^\d{4}-\d\d-\d\d/;
const DIRECTIONS = ["inbound", "outbound", "consult", "transfer_direct", "transfer_consult", "conference", "monitor", "barge_in"];

/**
 * @param {Api.ReportDescription} description
 * @param {Api.ReportDescription[]} all every report, among which some know the values of filters
 */
export function reportBar(description, all) {
  const sumsUp = description.kind === "summary";
  return element("div", { class: "report-bar card" }, [
    element("div", { class: "bar" }, [...periodFields(), sumsUp ? intervalField(description) : null, zoneField(), sumsUp ? compareField() : null]),
    element("div", { class: "bar" }, [sumsUp && description.dimensions.length ? groupsField(description) : null, ...description.filters.map((name) => filterOf(name, description, all))]),
  ]);
}

/** What can be done with the report as it is. @param {Api.ReportDescription} description @param {() => void} reload */
export function reportActions(description, reload) {
  const copy = async () => {
    const { view, parameters } = place.peek();
    const link = new URL(hrefOf(view, { zone: BROWSER_ZONE, ...parameters }), location.href);
    await navigator.clipboard.writeText(link.href);
    notify(words("report.copied"), { kind: "good" });
  };
  return element("div", { class: "bar actions" }, [
    button(words("report.reload"), reload, { icon: "refresh" }),
    button(words("report.csv"), () => csvFile(description), { icon: "download" }),
    button(words("report.print"), () => print(), { icon: "file" }),
    button(words("report.copy"), copy, { icon: "link" }),
  ]);
}

function periodFields() {
  const period = computed(() => periodOf(place.value.parameters) ?? OWN);
  const zone = () => place.value.parameters.zone || BROWSER_ZONE;
  const range = computed(() => rangeAsked(place.value.parameters, localNow(zone(), serverTime()), 1));
  const control = select([...PERIODS.map((each) => /** @type {[string, string]} */ ([each, words(`period.${each}`)])), [OWN, words("period.own")]], period.peek(), { "aria-label": words("period.label"), onchange: ({ currentTarget }) => choose(currentTarget.value) });
  effect(() => (control.value = period.value));
  const dated = (/** @type {string} */ text) => DATE.exec(text)?.[0] ?? "";
  const from = input({ type: "date", "aria-label": words("period.from"), onchange: () => own() });
  const to = input({ type: "date", "aria-label": words("period.to"), onchange: () => own() });
  effect(() => {
    const { from: begin, to: end } = range.value;
    from.value = dated(begin);
    to.value = end && end.length === 10 ? later(end, -1) : dated(end);
  });

  /** @param {string} value */
  function choose(value) {
    if (value !== OWN) return change({ period: value, from: null, to: null });
    change({ period: null, from: range.peek().from, to: range.peek().to });
    from.focus();
  }

  function own() {
    if (from.value && to.value) change({ period: null, from: from.value, to: later(to.value, 1) });
  }
  return [
    labelled(words("period.label"), control),
    element("div", { class: "field range", hidden: () => period.value !== OWN }, [element("span", { class: "label", "aria-hidden": "true" }, words("period.from")), from, element("span", { class: "label", "aria-hidden": "true" }, words("period.to")), to]),
  ];
}

/** @param {Api.ReportDescription} description */
function intervalField({ intervals, default_interval: usual }) {
  const control = select(intervals.map((each) => [each, known(`interval.${each}`) ?? each]), "", { "aria-label": words("interval.label"), onchange: ({ currentTarget }) => change({ interval: currentTarget.value }) });
  effect(() => (control.value = place.value.parameters.interval ?? usual ?? ""));
  return labelled(words("interval.label"), control);
}

function compareField() {
  const { node, control } = checkbox(words("compare.label"), { onchange: ({ currentTarget }) => change({ compare: currentTarget.checked ? null : "no" }) });
  effect(() => (control.checked = place.value.parameters.compare !== "no"));
  return node;
}

/** @param {Api.ReportDescription} description */
function groupsField(description) {
  const boxes = description.dimensions.map((dimension) => {
    const toggle = (/** @type {boolean} */ on) => {
      const now = groupsOf(description, place.peek().parameters).filter((each) => each !== dimension);
      change({ by: (on ? [...now, dimension] : now).join(",") || "total" });
    };
    const { node, control } = checkbox(filterName(dimension), { onchange: ({ currentTarget }) => toggle(currentTarget.checked) });
    effect(() => (control.checked = groupsOf(description, place.value.parameters).includes(/** @type {never} */ (dimension))));
    return node;
  });
  return element("fieldset", { class: "groups" }, [element("legend", { class: "label" }, words("groups.label")), ...boxes]);
}

/**
 * @param {string} name
 * @param {Api.ReportDescription} description
 * @param {Api.ReportDescription[]} all
 */
function filterOf(name, description, all) {
  return filterButton(name, filterName(name), () => valuesOf(name, description, all));
}

/**
 * The values of a filter that there are figures about in the period.
 *
 * @param {string} name
 * @param {Api.ReportDescription} description
 * @param {Api.ReportDescription[]} all
 */
async function valuesOf(name, description, all) {
  const none = description.optional.includes(name) ? [NO_VALUE] : [];
  if (name === "direction") return [...DIRECTIONS, ...none];
  const knowing = [description, ...all].find(({ kind, dimensions }) => kind === "summary" && dimensions.includes(name));
  const column = knowing?.columns.find(({ filter }) => filter === name);
  if (!knowing || !column) return none;
  const { parameters } = place.peek();
  const zone = parameters.zone || BROWSER_ZONE;
  const range = rangeAsked(parameters, localNow(zone, serverTime()), 1);
  const { rows } = await ask(knowing, { ...range, zone, interval: "total", by: name });
  const values = rows.flatMap((row) => (row[column.name] === null ? [] : String(row[column.name])));
  return [...new Set([...values, ...(name === "queue" ? await queuesNow(zone) : []), ...none])];
}

/** @param {string} zone */
async function queuesNow(zone) {
  const { queues } = await call("GET reports/v1/live", { query: { zone } });
  return queues.map(({ queue }) => queue);
}

/** @param {string} name */
export function filterName(name) {
  return known(`filter.name.${name}`) ?? name;
}

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
function labelled(label, control) {
  return element("div", { class: "field" }, [element("span", { class: "label", "aria-hidden": "true" }, label), control]);
}
