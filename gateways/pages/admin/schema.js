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
  return shapesIn(await schemas, schema);
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
 * @param {{ [name: string]: any }} all
 * @param {string} schema
 * @returns {Shapes}
 */
export function shapesIn(all, schema) {
  const { properties, required = [] } = all[schema];
  const shapes = Object.entries(properties).map(([path, described]) => [path, shapeOf(all, described, required.includes(path))]);
  return Object.fromEntries(shapes);
}

/**
 * @param {{ [name: string]: any }} all
 * @param {any} described
 * @param {boolean} required
 * @returns {Shape}
 */
function shapeOf(all, described, required) {
  /** @type {any[]} */
  const parts = described.anyOf ?? [described];
  const nullable = parts.some(({ type }) => type === "null");
  const { minimum, exclusiveMinimum: above, maximum, maxLength, enum: options, type, description, discriminator, items } = parts[0];
  const first = type === "string" ? "" : type === "array" ? [] : null;
  const initial = described.default ?? (nullable ? null : (options?.[0] ?? first));
  const isSecret = type === "string" && Boolean(description?.includes("[secrets]"));
  const variants = discriminator && variantsOf(all, discriminator);
  return { type, minimum, above, maximum, maxLength, options, each: items?.enum, names: described.propertyNames?.enum, description, isSecret, variants, nullable, required, initial };
}

/**
 * What the fields of each type of a union may be, apart from the field that tells the types apart.
 *
 * @param {{ [name: string]: any }} all
 * @param {{ propertyName: string, mapping: { [type: string]: string } }} discriminator
 * @returns {{ [type: string]: Shapes }}
 */
function variantsOf(all, { propertyName, mapping }) {
  const variants = Object.entries(mapping).map(([type, reference]) => {
    const { [propertyName]: _, ...shapes } = shapesIn(all, reference.slice(reference.lastIndexOf("/") + 1));
    return [type, shapes];
  });
  return Object.fromEntries(variants);
}
