// <graph-drawing>: a conversation's events in lanes over time, with arrows from cause to effect. Each event is a link.

import { element } from "../base/elements.js";
import { dayAndTime, lasting } from "./instants.js";
import { ROW, TIMES, laidOut, pathOf } from "./lanes.js";
import { href } from "./routes.js";

const SVG = "http://www.w3.org/2000/svg";
const LETTER = 6.4;
const BESIDE = 44;

class GraphDrawing extends HTMLElement {
  /** `width` is the width that the page has for the drawing. */
  show(events, edges, width) {
    const layout = laidOut(events, edges, width);
    const pane = element("div", { class: "pane", tabindex: "0", role: "region", "aria-label": "Drawing of the conversation" }, [
      heads(layout),
      drawing(layout),
    ]);
    this.replaceChildren(pane);
    for (const name of ["focusin", "mouseover"]) pane.addEventListener(name, (event) => this.#emphasise(event.target));
    return this;
  }

  /** Emphasises the arrows from and to the event under the pointer or the focus. */
  #emphasise(target) {
    const id = target.closest?.("a.node")?.dataset.event;
    if (!id) return;
    for (const arrow of this.querySelectorAll(".arrow")) {
      arrow.classList.toggle("near", arrow.dataset.from === id || arrow.dataset.to === id);
    }
  }
}

function heads({ lanes, laneWidth, width }) {
  const row = element("div", { class: "lane-heads" }, [
    element("span", { class: "lane-head" }, "Time"),
    ...lanes.map(({ kind, name }) => element("span", { class: `lane-head ${kind}` }, [kind, name ? element("strong", {}, ` ${name}`) : ""])),
  ]);
  row.style.width = `${width}px`;
  row.style.gridTemplateColumns = `${TIMES}px repeat(${lanes.length}, ${laneWidth}px)`;
  return row;
}

function drawing(layout) {
  const { width, height, lanes, laneWidth, nodes, arrows } = layout;
  return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Events" }, [
    svg("defs", {}, [arrowhead("head", "arrowhead"), arrowhead("head-near", "arrowhead near")]),
    ...lanes.map(({ kind, x }) => laneLine(x, height, kind)),
    ...nodes.flatMap(times),
    ...arrows.map(arrow),
    ...nodes.map((node) => link(node, laneWidth)),
  ]);
}

function arrowhead(id, kind) {
  const shape = svg("path", { d: "M0 0L8 4L0 8z", class: kind });
  return svg("marker", { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto", markerUnits: "userSpaceOnUse" }, [shape]);
}

function laneLine(x, height, kind) {
  return svg("line", { x1: x, x2: x, y1: 0, y2: height, class: `lane ${kind}` });
}

/** The time of each row, and the length of a long pause before it. */
function times({ event, y, gap }) {
  const time = svg("text", { x: 12, y: y + 4, class: "at", "aria-hidden": "true" }, [dayAndTime(event.at).time]);
  if (!gap) return [time];
  return [svg("text", { x: 12, y: y - ROW / 2 - 6, class: "gap", "aria-hidden": "true" }, [`⋯ ${lasting(gap)}`]), time];
}

function arrow(edge) {
  const [from, to] = [edge.from.event.event_id, edge.to.event.event_id];
  return svg("path", { d: pathOf(edge), class: "arrow", "data-from": from, "data-to": to });
}

/** An event as a link. Its accessible name begins with the words that are visible. */
function link({ event, x, y }, laneWidth) {
  const letters = Math.floor((laneWidth - BESIDE) / LETTER);
  const label = `${event.type} ${event.summary}, ${event.lane.replace(":", " ")}, ${dayAndTime(event.at).time}`;
  const kind = event.lane.split(":")[0];
  const attributes = { href: href("event", event.event_id), class: `node ${kind}`, "aria-label": label, "data-event": event.event_id };
  return svg("a", attributes, [
    svg("rect", { x: x - 12, y: y - 19, width: laneWidth - 16, height: 38, rx: 6, class: "target" }),
    svg("circle", { cx: x, cy: y, r: 6 }),
    svg("text", { x: x + 13, y: y - 3, class: "type" }, [event.type]),
    " ",
    svg("text", { x: x + 13, y: y + 12, class: "summary" }, [cut(event.summary, letters)]),
  ]);
}

/** The text, cut after the last whole word that fits. */
function cut(text, length) {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, text.lastIndexOf(" ", length - 1)))} …`;
}

function svg(name, attributes, children = []) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

customElements.define("graph-drawing", GraphDrawing);
