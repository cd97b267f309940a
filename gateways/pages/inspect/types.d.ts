// The types that the scripts of this page share. They are for checks and are not served.

import type { Problem, Query } from "../base/session/types";

/** What an address names. Only the views of all have no subject. */
export interface Route {
  view: string;
  subject: string | null;
  parameters: URLSearchParams;
}

export interface RouteToOne extends Route {
  subject: string;
}

export interface ShownView extends HTMLElement {
  show?(route: Route): void;
  resume?(route: Route): void;
}

/** A view that was left, as it was. */
export interface Place {
  view: ShownView;
  address: string;
  scroll: number;
  focused: HTMLElement | null;
}

/** Any error; a Problem has all of this. */
export interface Failure extends Error {
  status?: number;
  code?: string;
  detail?: string;
  passes?: boolean;
}

/** What a tail shows. */
export interface TailSource {
  path(): string;
  parameters(): Query;
  cursor(): number;
  show(events: Api.InspectedEvent[]): void;
  problem(problem: Problem): void;
}

/** An operation of a JSON Patch. */
export type PatchOperation =
  | { op: "add" | "replace"; path: string; value: unknown; from?: undefined }
  | { op: "remove"; path: string; value?: undefined; from?: undefined }
  | { op: "move" | "copy"; path: string; value?: undefined; from: string };

export type ChangeKind = "added" | "changed" | "moved" | "removed";

export interface Change {
  kind: ChangeKind;
  path: string[];
  before: unknown;
  after: unknown;
}

/** A line of a state, below those of its field. */
export interface StateLine {
  depth: number;
  name: string;
  content: (Node | string)[];
  mark: ChangeKind | undefined;
}

export interface Lane {
  lane: string;
  kind: string;
  name: string;
  start: number;
  width: number;
  x: number;
}

/** An event in the drawing. `gap` is a long pause before it, in milliseconds. */
export interface GraphNode {
  event: Api.TracedEvent;
  x: number;
  y: number;
  gap: number | null;
}

export interface Arrow {
  from: GraphNode;
  to: GraphNode;
}

export interface Layout {
  lanes: Lane[];
  nodes: GraphNode[];
  arrows: Arrow[];
  width: number;
  height: number;
}
