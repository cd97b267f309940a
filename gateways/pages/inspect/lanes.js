// The layout of a conversation's drawing: a lane for each participant, a row for each event.

const KINDS = ["customer", "bot", "conversation", "router", "agent", "application", "system", "configuration"];
export const ROW = 46;
const MIN_LANE_WIDTH = 190;
const MAX_LANE_WIDTH = 300;
export const TIMES = 104;
const GAP = 30;
const GAP_MILLISECONDS = 60_000;

/**
 * `events` are in order; `edges` lead from cause to effect, by event id. Edges to events that are not drawn are left out.
 * The lanes share `available`, the page's width, but no lane becomes too narrow to be read.
 */
export function laidOut(events, edges, available) {
  const lanes = lanesOf(events);
  const fitting = Math.floor((available - TIMES) / lanes.length);
  const laneWidth = Math.min(MAX_LANE_WIDTH, Math.max(MIN_LANE_WIDTH, fitting));
  for (const [place, lane] of lanes.entries()) lane.x = TIMES + laneWidth * place + 24;
  const across = new Map(lanes.map(({ lane, x }) => [lane, x]));
  const nodes = [];
  let down = ROW / 2 + 8;
  for (const [place, event] of events.entries()) {
    const waited = place ? new Date(event.at) - new Date(events[place - 1].at) : 0;
    const gap = waited >= GAP_MILLISECONDS ? waited : null;
    if (gap) down += GAP;
    nodes.push({ event, x: across.get(event.lane), y: down, gap });
    down += ROW;
  }
  const byId = new Map(nodes.map((node) => [node.event.event_id, node]));
  const arrows = edges.map(({ from, to }) => ({ from: byId.get(from), to: byId.get(to) })).filter(({ from, to }) => from && to);
  return { lanes, laneWidth, nodes, arrows, width: TIMES + laneWidth * lanes.length, height: down };
}

/** The lanes in the order of KINDS. Lanes of one kind are in the order in which they first appear. */
function lanesOf(events) {
  const lanes = [...new Set(events.map(({ lane }) => lane))].map((lane) => ({ lane, ...partsOfLane(lane) }));
  return lanes.sort((one, other) => rank(one.kind) - rank(other.kind));
}

function rank(kind) {
  const place = KINDS.indexOf(kind);
  return place < 0 ? KINDS.length : place;
}

export function partsOfLane(lane) {
  const [kind, ...rest] = lane.split(":");
  return { kind, name: rest.join(":") };
}

/** The path of an arrow. An arrow within a lane bends to the left, away from the text. */
export function pathOf({ from, to }) {
  const [x1, y1, x2, y2] = [from.x, from.y, to.x, to.y];
  if (x1 === x2) {
    if (y2 - y1 <= ROW) return `M${x1} ${y1 + 6}L${x2} ${y2 - 9}`;
    const bend = x1 - 10 - Math.min(12, (y2 - y1) / 24);
    return `M${x1 - 5} ${y1 + 4}C${bend} ${y1 + 18} ${bend} ${y2 - 18} ${x2 - 7} ${y2 - 7}`;
  }
  const side = x2 > x1 ? -1 : 1;
  return `M${x1} ${y1 + 6}C${x1} ${y1 + ROW * 0.7} ${x1} ${y2} ${x2 + side * 10} ${y2}`;
}
