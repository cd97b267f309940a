// Drawing a bar for each of several things that do not follow one another, such as queues.

/** @import { Canvas, ChartData } from "./types" */
import { hatch } from "./marks.js";
import { svg } from "./svg.js";
import { ticksOf } from "./ticks.js";

const [THICKNESS, NAME, GAP] = [18, 20, 12];

/**
 * The drawing, and what says where a place is in it.
 *
 * @param {ChartData} data
 * @param {Canvas} canvas
 * @param {string} prefix of the ids in it
 */
export function drawBars(data, { width, rightToLeft }, prefix) {
  const { series, points, kind, written } = data;
  const largest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const end = ticksOf(largest, kind).at(-1) ?? 1;
  const longest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => (value === null ? 1 : written(value).length))));
  const room = Math.max(40, width - 16 - 7.5 * longest);
  const group = NAME + THICKNESS * series.length + GAP;
  const height = group * points.length + GAP;
  const start = (/** @type {number} */ length) => (rightToLeft ? width - length : 0);
  const hatches = series.map((_, number) => hatch(prefix, number));
  const drawing = svg("g", {}, [
    ...hatches.flatMap((each) => (each ? [each.node] : [])),
    ...points.flatMap((point, place) => [
      svg("text", { class: "bar-name", x: rightToLeft ? width : 0, y: place * group + 15, "text-anchor": "start" }, [point]),
      ...series.flatMap(({ values, past }, number) => {
        const value = values[place];
        const y = place * group + NAME + number * THICKNESS;
        const length = value === null ? 0 : Math.max(1, (value / end) * room);
        const box = { x: start(length), y, width: length, height: THICKNESS - 3, rx: 2 };
        const text = svg("text", { class: "bar-value", x: rightToLeft ? width - length - 6 : length + 6, y: y + 12, "text-anchor": "start" }, [value === null ? "–" : written(value)]);
        const hatching = hatches[number];
        const filled = svg("rect", { ...box, class: `area series-${number}${past ? " past" : ""}` });
        return hatching && value !== null ? [filled, svg("rect", { ...box, fill: hatching.address }), text] : [filled, text];
      }),
    ]),
  ]);
  const placeAt = (/** @type {number} */ _, /** @type {number} */ down) => Math.max(0, Math.min(points.length - 1, Math.floor(down / group)));
  const cursor = (/** @type {number} */ place) => svg("rect", { class: "cursor-row", x: 0, y: place * group, width, height: group - GAP / 2, rx: 4 });
  return { drawing, placeAt, cursor, height };
}
