// What the description of the API says of the fields of items: their limits, choices and first values.

/** @import { Item, Kind, Shape, Shapes } from "./types" */
import { ROOT } from "../base/root.js";

/** @type {Promise<{ [name: string]: any }>?} */
let schemas = null;

/**
 * What each field of a kind may be.
 *
 * @param {Kind} kind
 * @returns {Promise<Shapes>}
 */
export async function shapesOf({ schema }) {
  schemas ??= read().catch((error) => ((schemas = null), Promise.reject(error)));
  const { properties, required = [] } = (await schemas)[schema];
  const shapes = Object.entries(properties).map(([path, described]) => [path, shapeOf(described, required.includes(path))]);
  return Object.fromEntries(shapes);
}

/**
 * The item with the first values in the place of fields that are left out.
 *
 * @param {Shapes} shapes
 * @param {Item} item
 * @returns {Item}
 */
export function filledIn(shapes, item = {}) {
  const all = Object.entries(shapes).map(([path, { initial }]) => [path, structuredClone(path in item ? item[path] : initial)]);
  return Object.fromEntries(all);
}

async function read() {
  const response = await fetch(`${ROOT}openapi.json`);
  return (await response.json()).components.schemas;
}

/**
 * @param {any} described
 * @param {boolean} required
 * @returns {Shape}
 */
function shapeOf(described, required) {
  /** @type {any[]} */
  const parts = described.anyOf ?? [described];
  const nullable = parts.some(({ type }) => type === "null");
  const { minimum, exclusiveMinimum: above, maximum, maxLength, enum: options, type, description } = parts[0];
  const first = type === "string" ? "" : type === "array" ? [] : null;
  return { minimum, above, maximum, maxLength, options, names: described.propertyNames?.enum, description, nullable, required, initial: described.default ?? (nullable ? null : (options?.[0] ?? first)) };
}
