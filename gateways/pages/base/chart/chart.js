// Charts: lines, columns or bars, read place by place with the pointer or the arrow keys.

/** @import { ChartData } from "./types" */
import { disclosure, element, unseen } from "../elements.js";
import { computed, effect, onStop, signal } from "../signals.js";
import { shared } from "../words/shared.js";
import { drawBars } from "./bars.js";
import { sample } from "./marks.js";
import { svg } from "./svg.js";
import { drawUpright } from "./upright.js";

const HEIGHT = 260;
const NONE = "–";
let count = 0;

/**
 * A chart of data that may change. The legend says the values of the place that is read, and a table below has them all.
 *
 * @param {() => ChartData} dataOf
 */
export function chart(dataOf) {
  const prefix = `chart-${(count += 1)}`;
  const data = computed(dataOf);
  const width = signal(0);
  const at = signal(/** @type {number | null} */ (null));
  const place = computed(() => (at.value === null ? null : Math.min(at.value, data.value.points.length - 1)));
  const drawn = computed(() => {
    const canvas = { width: width.value, height: HEIGHT, rightToLeft: document.documentElement.dir === "rtl" };
    return data.value.shape === "bars" ? drawBars(data.value, canvas, prefix) : drawUpright(data.value, canvas, prefix);
  });
  const picture = svg("svg", { "aria-hidden": "true", focusable: "false" });
  const plot = element("div", {
    class: "plot",
    role: "slider",
    tabindex: "0",
    "aria-label": () => shared("chart.read", { chart: data.value.label }),
    "aria-orientation": () => (data.value.shape === "bars" ? "vertical" : "horizontal"),
    "aria-valuemin": "0",
    "aria-valuemax": () => Math.max(0, data.value.points.length - 1),
    "aria-valuenow": () => place.value ?? 0,
    "aria-valuetext": () => readOut(data.value, place.value ?? 0),
    onkeydown: (event) => pressed(event),
    onfocus: () => (at.value ??= 0),
    onblur: () => (at.value = null),
    onpointermove: (event) => pointed(event),
    onpointerdown: (event) => pointed(event),
    onpointerleave: ({ currentTarget }) => document.activeElement !== currentTarget && (at.value = null),
  }, [picture]);

  effect(() => {
    const { drawing, height, cursor } = drawn.value;
    picture.setAttribute("viewBox", `0 0 ${Math.max(1, width.value)} ${height}`);
    picture.setAttribute("height", String(height));
    const where = place.value === null || place.value < 0 ? [] : [cursor(place.value)];
    picture.replaceChildren(...where, drawing);
  });
  const observer = new ResizeObserver(([{ contentRect }]) => (width.value = Math.floor(contentRect.width)));
  observer.observe(plot);
  onStop(() => observer.disconnect());

  /** @param {PointerEvent} event */
  function pointed({ clientX, clientY }) {
    const { left, top } = picture.getBoundingClientRect();
    at.value = drawn.peek().placeAt(clientX - left, clientY - top);
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const last = data.peek().points.length - 1;
    const next = moved(event.key, place.peek() ?? 0, last);
    if (next === undefined) return;
    event.preventDefault();
    at.value = Math.max(0, Math.min(last, next));
  }

  return element("figure", { class: "chart" }, [
    legend(data, place),
    plot,
    element("figcaption", { class: "visually-hidden" }, () => data.value.label),
    disclosure({ class: "chart-table" }, shared("chart.table"), () => table(data)),
  ]);
}

/**
 * @param {string} key
 * @param {number} at
 * @param {number} last
 */
function moved(key, at, last) {
  const onward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = onward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const places = { [onward]: at + 1, [back]: at - 1, ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: last };
  return places[key];
}

/**
 * @param {Readable<ChartData>} data
 * @param {Readable<number | null>} place
 */
function legend(data, place) {
  const list = element("ul", { class: "legend" });
  effect(() => {
    const { series } = data.value;
    list.replaceChildren(...series.map(({ name, past = false }, number) => {
      const value = () => {
        const { series: now, written } = data.value;
        const found = place.value === null ? null : now[number]?.values[place.value];
        return place.value === null ? "" : found == null ? NONE : written(found);
      };
      return element("li", {}, [sample(number, past), element("span", {}, name), element("strong", { class: "number" }, value)]);
    }));
  });
  const where = element("p", { class: "legend-place" }, () => (place.value === null ? "" : data.value.points[place.value] ?? ""));
  return element("div", { class: "legend-head" }, [list, where]);
}

/** @param {Readable<ChartData>} data */
function table(data) {
  const body = element("div", { class: "table-place", tabindex: "0", role: "region", "aria-label": () => data.value.label });
  effect(() => {
    const { label, series, points, written } = data.value;
    const head = element("tr", {}, [element("td", {}, unseen(shared("chart.place"))), ...series.map(({ name }) => element("th", { scope: "col", class: "number" }, name))]);
    const rows = points.map((point, at) =>
      element("tr", {}, [element("th", { scope: "row" }, point), ...series.map(({ values }) => element("td", { class: "number" }, values[at] == null ? NONE : written(/** @type {number} */ (values[at]))))]),
    );
    body.replaceChildren(element("table", { class: "data-table plain" }, [element("caption", { class: "visually-hidden" }, label), element("thead", {}, head), element("tbody", {}, rows)]));
  });
  return body;
}

/**
 * @param {ChartData} data
 * @param {number} place
 */
function readOut({ points, series, written }, place) {
  if (!points.length) return "";
  const values = series.map(({ name, values: all }) => `${name} ${all[place] == null ? NONE : written(/** @type {number} */ (all[place]))}`);
  return `${points[place]}: ${values.join(", ")}`;
}
