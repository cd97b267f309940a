// Drawing lines or columns over places that follow one another, such as the hours of a day.

/** @import { Canvas, ChartData, Series } from "./types" */
import { hatch, pointMark } from "./marks.js";
import { svg } from "./svg.js";
import { everyNth, ticksOf } from "./ticks.js";

const MAX_POINTS_WITH_MARKS = 48;
const MARK_WIDTH = 84;
const [ABOVE, BELOW, SIDE] = [10, 26, 8];

/**
 * The drawing, and what says where a place is in it.
 *
 * @param {ChartData} data
 * @param {Canvas} canvas
 * @param {string} prefix of the ids in it
 */
export function drawUpright(data, { width, height, rightToLeft }, prefix) {
  const ticks = ticksOf(largestOf(data.series), data.kind);
  const labels = ticks.map((tick) => data.written(tick));
  const axis = Math.min(96, 14 + 7.5 * Math.max(...labels.map((text) => text.length)));
  const inner = Math.max(10, width - axis - SIDE);
  const step = inner / data.points.length;
  const turned = (/** @type {number} */ x) => (rightToLeft ? width - x : x);
  const x = (/** @type {number} */ place) => turned(axis + step * (place + 0.5));
  const y = (/** @type {number} */ value) => height - BELOW - (value / ticks[ticks.length - 1]) * (height - BELOW - ABOVE);
  const drawing = svg("g", {}, [
    ...ticks.map((tick, place) => svg("g", { class: "grid" }, [
      svg("line", { x1: turned(axis), x2: turned(width - SIDE), y1: y(tick), y2: y(tick) }),
      svg("text", { x: turned(axis - 8), y: y(tick) + 4, "text-anchor": rightToLeft ? "start" : "end", direction: "ltr" }, [labels[place]]),
    ])),
    ...placeMarks(data.marks, x, height, inner),
    ...(data.shape === "columns" ? columns(data.series, { x, y, step, base: height - BELOW, prefix }) : lines(data.series, x, y)),
  ]);
  const placeAt = (/** @type {number} */ at) => Math.max(0, Math.min(data.points.length - 1, Math.floor((turned(at) - axis) / step)));
  const cursor = (/** @type {number} */ place) => svg("line", { class: "cursor", x1: x(place), x2: x(place), y1: ABOVE, y2: height - BELOW });
  return { drawing, placeAt: (/** @type {number} */ at) => placeAt(at), cursor, height };
}

/**
 * @param {string[]} marks
 * @param {(place: number) => number} x
 * @param {number} height
 * @param {number} inner
 */
function placeMarks(marks, x, height, inner) {
  const nth = everyNth(marks.length, inner / MARK_WIDTH);
  return marks.flatMap((mark, place) => (place % nth ? [] : [svg("text", { class: "mark", x: x(place), y: height - 8, "text-anchor": "middle" }, [mark])]));
}

/**
 * @param {Series[]} series
 * @param {(place: number) => number} x
 * @param {(value: number) => number} y
 */
function lines(series, x, y) {
  return series.toReversed().flatMap(({ values, past }, reversed) => {
    const number = series.length - 1 - reversed;
    const path = values.map((value, place) => (value === null ? "" : `${values[place - 1] == null ? "M" : "L"}${x(place)} ${y(value)}`)).join("");
    const few = values.length <= MAX_POINTS_WITH_MARKS;
    const alone = (/** @type {number} */ place) => values[place - 1] == null && values[place + 1] == null;
    const points = values.flatMap((value, place) => (value === null || past || !(few || alone(place)) ? [] : [pointMark(number, x(place), y(value))]));
    return [svg("path", { d: path, class: `line series-${number}${past ? " past" : ""}` }), ...points];
  });
}

/**
 * @param {Series[]} series
 * @param {{ x: (place: number) => number, y: (value: number) => number, step: number, base: number, prefix: string }} scale
 */
function columns(series, { x, y, step, base, prefix }) {
  const width = Math.max(1, (step * 0.8) / series.length);
  return series.flatMap(({ values, past }, number) => {
    const hatching = hatch(prefix, number);
    const offset = (number - series.length / 2) * width;
    const made = values.flatMap((value, place) => {
      if (value === null) return [];
      const box = { x: x(place) + offset, y: y(value), width: Math.max(1, width - 1), height: Math.max(0, base - y(value)) };
      const filled = svg("rect", { ...box, class: `area series-${number}${past ? " past" : ""}` });
      return hatching && width > 4 ? [filled, svg("rect", { ...box, fill: hatching.address })] : [filled];
    });
    return hatching ? [hatching.node, ...made] : made;
  });
}

/** @param {Series[]} series */
function largestOf(series) {
  return series.reduce((largest, { values }) => values.reduce((most, value) => Math.max(/** @type {number} */ (most), value ?? 0), largest) ?? 0, 0);
}
