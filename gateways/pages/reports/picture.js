// The picture of a report, and the choice of what it has.

/** @import { ChartData } from "../base/chart/types" */
/** @import { Figures } from "./types" */
/** @import { ReportStore } from "./report-store.js" */
import { chart } from "../base/chart/chart.js";
import { checkbox, select } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { number } from "../base/formats.js";
import { computed, effect } from "../base/signals.js";
import { columnName, isFigure } from "./cells.js";
import { drawnOf, writtenAs } from "./picture-data.js";
import { change, place } from "./place.js";
import { words } from "./words.js";

const MAX_COLUMNS = 6;
const GROUPED = /** @type {Api.ReportColumn["kind"][]} */ (["text", "list", "boolean"]);

/**
 * @param {Api.ReportDescription} description
 * @param {ReportStore} store
 */
export function picture(description, store) {
  const choices = choicesOf(description);
  if (!choices.length) return element("div", {});
  const columns = computed(() => chosenOf(choices, place.value.parameters.show, description.kind === "list"));
  const figures = computed(() => /** @type {Figures} */ (store.figures.value));
  const drawn = computed(() => drawnOf(description, figures.value, { columns: columns.value, apart: isApart(), shape: place.value.parameters.shape === "columns" ? "columns" : "lines" }, { now: words("picture.now"), before: words("picture.before"), count: words("picture.rows") }));
  const isApart = () => place.value.parameters.apart === "yes" && canBeApart(figures.value) && columns.value.length === 1;
  const names = () => columns.value.map(({ name }) => columnName(name)).join(", ");
  /** @returns {ChartData} */
  const data = () => ({ ...drawn.value, label: `${description.title}: ${names()}`, kind: description.kind === "list" ? "count" : /** @type {ChartData["kind"]} */ (columns.value[0].kind), written: writtenAs(columns.value, description.kind === "list") });
  return element("div", { class: "picture", hidden: () => !store.figures.value?.answer.rows.length }, [
    element("div", { class: "bar picture-bar" }, [
      description.kind === "list" ? groupingField(choices, columns) : figuresField(choices, columns),
      description.kind === "list" ? null : lookFields(figures, columns),
    ]),
    element("div", {}, [withFigures(store, () => chart(data))]),
    element("p", { class: "quiet", hidden: () => !store.figures.value || drawn.value.left === 0 }, () => (store.figures.value && drawn.value.left ? words("picture.left", { count: drawn.value.left, number: number(drawn.value.left) }) : "")),
  ]);
}

/**
 * What is made once there are figures.
 *
 * @param {ReportStore} store
 * @param {() => HTMLElement} make
 */
function withFigures(store, make) {
  const there = computed(() => store.figures.value !== null);
  const hole = element("div", {});
  effect(() => void (there.value && hole.replaceChildren(make())));
  return hole;
}

/** @param {Api.ReportDescription} description */
function choicesOf({ kind, columns }) {
  if (kind === "summary") return columns.filter(isFigure);
  return columns.filter((column) => GROUPED.includes(column.kind) && !column.personal && !/(conversation|task|customer)_id$/.test(column.name));
}

/**
 * The columns of the address that can be drawn together, or the first one.
 *
 * @param {Api.ReportColumn[]} choices
 * @param {string} [named]
 * @param {boolean} [single]
 */
export function chosenOf(choices, named = "", single = false) {
  const found = named.split(",").flatMap((name) => choices.find((column) => column.name === name) ?? []);
  if (!found.length) return choices.slice(0, 1);
  return found.filter(({ kind }) => kind === found[0].kind).slice(0, single ? 1 : MAX_COLUMNS);
}

/**
 * Check boxes for the figures. Those of another unit take the place of the ones before.
 *
 * @param {Api.ReportColumn[]} choices
 * @param {Readable<Api.ReportColumn[]>} columns
 */
function figuresField(choices, columns) {
  const boxes = choices.map((column) => {
    const toggle = () => {
      const now = columns.peek();
      const without = now.filter(({ name }) => name !== column.name);
      const next = without.length < now.length ? without : [...now.filter(({ kind }) => kind === column.kind).slice(-(MAX_COLUMNS - 1)), column];
      change({ show: next.map(({ name }) => name).join(",") || null }, { quietly: true });
    };
    const { node, control } = checkbox(columnName(column.name), { onchange: toggle });
    effect(() => (control.checked = columns.value.some(({ name }) => name === column.name)));
    return { node, kind: column.kind };
  });
  const groups = [...Map.groupBy(boxes, ({ kind }) => kind)].map(([kind, same]) =>
    element("fieldset", {}, [element("legend", {}, words(/** @type {"picture.count"} */ (`picture.${kind}`))), ...same.map(({ node }) => node)]),
  );
  return element("details", { class: "choice-panel" }, [
    element("summary", { class: "button secondary" }, [element("span", {}, () => words("picture.figures", { names: columns.value.map(({ name }) => columnName(name)).join(", ") }))]),
    element("div", { class: "panel card" }, groups),
  ]);
}

/**
 * @param {Api.ReportColumn[]} choices
 * @param {Readable<Api.ReportColumn[]>} columns
 */
function groupingField(choices, columns) {
  const control = select(choices.map(({ name }) => [name, columnName(name)]), columns.peek()[0].name, { "aria-label": words("picture.grouped"), onchange: ({ currentTarget }) => change({ show: currentTarget.value }, { quietly: true }) });
  effect(() => (control.value = columns.value[0].name));
  return element("label", { class: "field" }, [element("span", { class: "label" }, words("picture.grouped")), control]);
}

/**
 * @param {Readable<Figures>} figures
 * @param {Readable<Api.ReportColumn[]>} columns
 */
function lookFields(figures, columns) {
  const overTime = computed(() => Boolean(figures.value) && figures.value.query.interval !== "total");
  const shape = select([["lines", words("picture.lines")], ["columns", words("picture.columns")]], "lines", { "aria-label": words("picture.shape"), hidden: () => !overTime.value, onchange: ({ currentTarget }) => change({ shape: currentTarget.value === "columns" ? "columns" : null }, { quietly: true }) });
  effect(() => (shape.value = place.value.parameters.shape === "columns" ? "columns" : "lines"));
  const apart = checkbox(words("picture.apart"), { onchange: ({ currentTarget }) => change({ apart: currentTarget.checked ? "yes" : null }, { quietly: true }) });
  effect(() => (apart.control.checked = place.value.parameters.apart === "yes"));
  effect(() => (apart.node.hidden = !figures.value || !canBeApart(figures.value) || columns.value.length > 1));
  return element("div", { class: "bar looks" }, [shape, apart.node]);
}

/** @param {Figures} figures */
function canBeApart({ query }) {
  return query.interval !== "total" && query.by !== "total";
}
