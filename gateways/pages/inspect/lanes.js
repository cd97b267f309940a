// The layout of a conversation's drawing: a lane for each participant, a row for each event.

/** @import { Arrow, GraphNode, Lane, Layout } from "./types" */

const KINDS = ["customer", "bot", "conversation", "router", "agent", "application", "system", "configuration"];
export const ROW = 46;
const MIN_LANE_WIDTH = 130;
export const TIMES = 104;
export const BESIDE = 13;
const INSET = 24;
const MARGIN = 12;
const GAP = 30;
const GAP_MILLISECONDS = 60_000;

/**
 * `events` are in order; `edges` lead from cause to effect, by event id. Edges to events that are not drawn are left out.
 * The drawing takes all of `available`, the page's width, and more only where a lane would become too narrow to be read.
 * A row holds one event, so that its label has the room up to the drawing's edge. The last lanes are therefore as wide as
 * their labels, which `widthOf` measures, if the others leave them the room.
 *
 * @param {Api.TracedEvent[]} events
 * @param {Api.Edge[]} edges
 * @param {number} available
 * @param {(event: Api.TracedEvent) => number} widthOf
 * @returns {Layout}
 */
export function laidOut(events, edges, available, widthOf) {
  const lanes = lanesOf(events);
  const width = Math.max(available, TIMES + MIN_LANE_WIDTH * lanes.length);
  placeLanes(lanes, events, width, widthOf);
  const across = new Map(lanes.map(({ lane, x }) => [lane, x]));
  /** @type {GraphNode[]} */
  const nodes = [];
  let down = ROW / 2 + 8;
  for (const [place, event] of events.entries()) {
    const waited = place ? Date.parse(event.at) - Date.parse(events[place - 1].at) : 0;
    const gap = waited >= GAP_MILLISECONDS ? waited : null;
    if (gap) down += GAP;
    nodes.push({ event, x: across.get(event.lane) ?? 0, y: down, gap });
    down += ROW;
  }
  const byId = new Map(nodes.map((node) => [node.event.event_id, node]));
  const arrows = edges.flatMap((edge) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    return from && to ? [{ from, to }] : [];
  });
  return { lanes, nodes, arrows, width, height: down };
}

/** Lanes share the width equally. A lane whose labels reach beyond the drawing's edge moves to the left as far as the
 *  lanes before it can be narrowed. */
/**
 * @param {Lane[]} lanes
 * @param {Api.TracedEvent[]} events
 * @param {number} width
 * @param {(event: Api.TracedEvent) => number} widthOf
 */
function placeLanes(lanes, events, width, widthOf) {
  const share = (width - TIMES) / lanes.length;
  let right = width;
  for (const [place, lane] of [...lanes.entries()].reverse()) {
    const longest = Math.max(...events.filter((event) => event.lane === lane.lane).map(widthOf));
    const start = Math.min(TIMES + share * place, right - MIN_LANE_WIDTH, width - INSET - BESIDE - longest - MARGIN);
    lane.start = Math.max(TIMES + MIN_LANE_WIDTH * place, Math.floor(start));
    lane.width = right - lane.start;
    lane.x = lane.start + INSET;
    right = lane.start;
  }
}

/**
 * The room that the label of an event at `x` has.
 *
 * @param {number} x
 * @param {number} width
 */
export function roomAt(x, width) {
  return width - x - BESIDE - MARGIN;
}

/**
 * The lanes in the order of KINDS. Lanes of one kind are in the order in which they first appear.
 *
 * @param {Api.TracedEvent[]} events
 * @returns {Lane[]}
 */
function lanesOf(events) {
  const names = [...new Set(events.map(({ lane }) => lane))];
  const lanes = names.map((lane) => ({ lane, ...partsOfLane(lane), start: 0, width: 0, x: 0 }));
  return lanes.sort((one, other) => rank(one.kind) - rank(other.kind));
}

/** @param {string} kind */
function rank(kind) {
  const place = KINDS.indexOf(kind);
  return place < 0 ? KINDS.length : place;
}

/** @param {string} lane */
export function partsOfLane(lane) {
  const [kind, ...rest] = lane.split(":");
  return { kind, name: rest.join(":") };
}

/** The path of an arrow. An arrow within a lane bends to the left, away from the text. One that leads to the left comes
 *  between the rows and from above, since the text of its effect stands in its way. */
/** @param {Arrow} arrow */
export function pathOf({ from, to }) {
  const [x1, y1, x2, y2] = [from.x, from.y, to.x, to.y];
  if (x1 === x2) {
    if (y2 - y1 <= ROW) return `M${x1} ${y1 + 6}L${x2} ${y2 - 9}`;
    const bend = x1 - 10 - Math.min(12, (y2 - y1) / 24);
    return `M${x1 - 5} ${y1 + 4}C${bend} ${y1 + 18} ${bend} ${y2 - 18} ${x2 - 7} ${y2 - 7}`;
  }
  if (x2 > x1) return `M${x1} ${y1 + 6}C${x1} ${y1 + ROW * 0.7} ${x1} ${y2} ${x2 - 10} ${y2}`;
  const between = y2 - ROW / 2;
  return `M${x1 - 5} ${y1 + 4}C${x1 - 22} ${y1 + 16} ${x1 - 14} ${between} ${x1 - 36} ${between}L${x2 + 10} ${between}Q${x2} ${between} ${x2} ${y2 - 9}`;
}
