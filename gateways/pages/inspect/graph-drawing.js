// <graph-drawing>: a conversation's events in lanes over time, with arrows from cause to effect. Each event is a link.

/** @import { Arrow, GraphNode, Layout } from "./types" */
import { element } from "../base/elements.js";
import { dayAndTime, lasting } from "./instants.js";
import { BESIDE, ROW, TIMES, laidOut, pathOf, roomAt } from "./lanes.js";
import { href } from "./routes.js";
import { focusOn } from "./view.js";

const SVG = "http://www.w3.org/2000/svg";
const BORDER = 1;
const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

export class GraphDrawing extends HTMLElement {
  /** @type {Pick<Api.Trace, "events" | "edges">} */
  #graph = { events: [], edges: [] };
  #width = 0;
  #resized = new ResizeObserver(() => requestAnimationFrame(() => this.#fit(this.clientWidth)));

  constructor() {
    super();
    for (const name of ["focusin", "mouseover"]) {
      this.addEventListener(name, ({ target }) => this.#emphasise(/** @type {Element} */ (target)));
    }
  }

  connectedCallback() {
    this.#resized.observe(this);
  }

  disconnectedCallback() {
    this.#resized.disconnect();
  }

  /**
   * `width` is the width that the page has for the drawing. The drawing follows the page when that changes.
   *
   * @param {Api.TracedEvent[]} events
   * @param {Api.Edge[]} edges
   * @param {number} width
   */
  show(events, edges, width) {
    this.#graph = { events, edges };
    this.#fit(width);
    return this;
  }

  /**
   * Draws anew for another width, and keeps the focus.
   *
   * @param {number} width
   */
  #fit(width) {
    if (width === this.#width || !width) return;
    this.#width = width;
    const focused = document.activeElement?.closest("a.node")?.getAttribute("data-event");
    this.#draw(laidOut(this.#graph.events, this.#graph.edges, width - 2 * BORDER, labelWidth));
    if (focused) focusOn(this, `a.node[data-event="${CSS.escape(focused)}"]`);
  }

  /** The heads stay in sight while the page is scrolled down, and follow the pane when it is scrolled sideways: an element
   *  that can be scrolled sideways cannot keep a part of itself in sight of the page. */
  /** @param {Layout} layout */
  #draw(layout) {
    const lanes = element("div", { class: "lane-heads" }, heads(layout));
    const pane = element("div", { class: "pane", tabindex: "0", role: "region", "aria-label": "Drawing of the conversation" }, drawing(layout));
    pane.addEventListener("scroll", () => (lanes.scrollLeft = pane.scrollLeft), { passive: true });
    lanes.style.top = `${heightOfTop()}px`;
    this.replaceChildren(lanes, pane);
  }

  /**
   * Emphasises the arrows from and to the event under the pointer or the focus.
   *
   * @param {Element} target
   */
  #emphasise(target) {
    const id = target.closest?.("a.node")?.getAttribute("data-event");
    if (!id) return;
    for (const arrow of this.querySelectorAll(".arrow")) {
      arrow.classList.toggle("near", ["data-from", "data-to"].some((end) => arrow.getAttribute(end) === id));
    }
  }
}

/** The height of the page's top as far as it stays in sight. */
function heightOfTop() {
  const top = /** @type {HTMLElement?} */ (document.querySelector(".top"));
  return top && getComputedStyle(top).position === "sticky" ? top.offsetHeight : 0;
}

/** @param {Layout} layout */
function heads({ lanes, width }) {
  const row = element("div", { class: "lane-row" }, [
    element("span", { class: "lane-head" }, "Time"),
    ...lanes.map(({ kind, name }) => element("span", { class: `lane-head ${kind}` }, [kind, name ? element("strong", {}, ` ${name}`) : ""])),
  ]);
  row.style.width = `${width}px`;
  row.style.gridTemplateColumns = [TIMES, ...lanes.map((lane) => lane.width)].map((pixels) => `${pixels}px`).join(" ");
  return row;
}

/** @param {Layout} layout */
function drawing(layout) {
  const { width, height, lanes, nodes, arrows } = layout;
  return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Events" }, [
    svg("defs", {}, [arrowhead("head", "arrowhead"), arrowhead("head-near", "arrowhead near")]),
    ...lanes.map(({ kind, x }) => laneLine(x, height, kind)),
    ...nodes.flatMap(times),
    ...arrows.map(arrow),
    ...nodes.map((node) => link(node, roomAt(node.x, width))),
  ]);
}

/**
 * @param {string} id
 * @param {string} kind
 */
function arrowhead(id, kind) {
  const shape = svg("path", { d: "M0 0L8 4L0 8z", class: kind });
  return svg("marker", { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto", markerUnits: "userSpaceOnUse" }, [shape]);
}

/**
 * @param {number} x
 * @param {number} height
 * @param {string} kind
 */
function laneLine(x, height, kind) {
  return svg("line", { x1: x, x2: x, y1: 0, y2: height, class: `lane ${kind}` });
}

/**
 * The time of each row, and the length of a long pause before it.
 *
 * @param {GraphNode} node
 */
function times({ event, y, gap }) {
  const time = svg("text", { x: 12, y: y + 4, class: "at", "aria-hidden": "true" }, [dayAndTime(event.at).time]);
  if (!gap) return [time];
  return [svg("text", { x: 12, y: y - ROW / 2 - 6, class: "gap", "aria-hidden": "true" }, [`⋯ ${lasting(gap)}`]), time];
}

/** @param {Arrow} edge */
function arrow(edge) {
  const [from, to] = [edge.from.event.event_id, edge.to.event.event_id];
  return svg("path", { d: pathOf(edge), class: "arrow", "data-from": from, "data-to": to });
}

/**
 * An event as a link. Its accessible name begins with the words that are visible.
 *
 * @param {GraphNode} node
 * @param {number} room
 */
function link({ event, x, y }, room) {
  const label = `${event.type} ${event.summary}, ${event.lane.replace(":", " ")}, ${dayAndTime(event.at).time}`;
  const kind = event.lane.split(":")[0];
  const attributes = { href: href("event", event.event_id), class: `node ${kind}`, "aria-label": label, "data-event": event.event_id };
  return svg("a", attributes, [
    svg("rect", { x: x - 12, y: y - 19, width: Math.min(room, labelWidth(event)) + BESIDE + 18, height: 38, rx: 6, class: "target" }),
    svg("circle", { cx: x, cy: y, r: 6 }),
    svg("text", { x: x + BESIDE, y: y - 3, class: "type" }, [event.type]),
    " ",
    svg("text", { x: x + BESIDE, y: y + 12, class: "summary" }, [cut(event.summary, room)]),
  ]);
}

/** @param {Api.TracedEvent} event */
function labelWidth({ type, summary }) {
  return Math.ceil(Math.max(widthOf(type, 600), widthOf(summary)));
}

/** @param {string} text */
function widthOf(text, weight = 400) {
  ruler.font = `${weight} 12px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(text).width;
}

/**
 * The text, cut after the last whole word that fits into the room.
 *
 * @param {string} text
 * @param {number} room
 */
function cut(text, room) {
  if (widthOf(text) <= room) return text;
  const words = text.split(" ");
  while (words.length && widthOf(`${words.join(" ")} …`) > room) words.pop();
  return `${words.join(" ")} …`;
}

/**
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number>} attributes
 * @param {(Node | string)[]} children
 */
function svg(name, attributes, children = []) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  made.append(...children);
  return made;
}

customElements.define("graph-drawing", GraphDrawing);
