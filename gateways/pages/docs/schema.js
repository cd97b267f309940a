// A JSON schema in words.

/** @import { Description, OpenApi } from "./types" */

/**
 * The name of a schema's type, such as `string`, `array of Task` or `Customer or null`.
 *
 * @param {Description} description
 * @param {OpenApi.Schema} schema
 * @returns {string}
 */
export function typeName(description, schema) {
  if (schema.$ref) return schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
  if (schema.anyOf) return alternatives(schema.anyOf).map((option) => typeName(description, option)).join(" or ");
  if (schema.type === "array") return schema.items ? `array of ${typeName(description, schema.items)}` : "array";
  const values = schema.additionalProperties;
  if (typeof values === "object" && values.type) return `map to ${typeName(description, values)}`;
  if (schema.enum && schema.enum.length === 1) return JSON.stringify(schema.enum[0]);
  if (schema.enum && !schema.type) return "string";
  if (schema.format === "date-time") return "instant";
  return schema.type ?? "any";
}

/** @param {OpenApi.Schema[]} options */
function alternatives(options) {
  return options.length > 4 ? [{ type: "object" }] : options;
}

/**
 * The schemas of objects that a schema leads to: its own, its items', its alternatives'.
 *
 * @param {Description} description
 * @param {OpenApi.Schema} schema
 * @returns {OpenApi.Schema[]}
 */
export function objectsIn(description, schema) {
  if (schema.$ref) return objectsIn(description, description.resolve(schema));
  if (schema.anyOf) return schema.anyOf.flatMap((option) => objectsIn(description, option));
  if (schema.type === "array" && schema.items) return objectsIn(description, schema.items);
  return Object.keys(schema.properties ?? {}).length ? [schema] : [];
}

/**
 * The conditions on a value, one phrase each; code stands in backquotes.
 *
 * @param {OpenApi.Schema} schema
 */
export function constraints(schema) {
  const own = schema.anyOf?.find((option) => option.type !== "null") ?? schema;
  const values = own.enum ?? [];
  return [
    own.pattern && own.description ? own.description.replace(/\.$/, "") : null,
    range(own.minLength, own.maxLength, "character"),
    range(own.minItems, own.maxItems, "item"),
    range(own.minimum, own.maximum, ""),
    own.exclusiveMinimum !== undefined ? `more than ${own.exclusiveMinimum}` : null,
    values.length > 1 && values.length <= 8 ? `one of ${values.map((value) => `\`${value}\``).join(", ")}` : null,
    own.pattern && !own.description ? `matches \`${own.pattern}\`` : null,
    hasDefault(schema) ? `\`${JSON.stringify(schema.default)}\` by default` : null,
    own["x-personal"] || own["x-personal-where"] ? "personal data" : null,
  ].filter((rule) => rule !== null);
}

/**
 * @param {number | undefined} least
 * @param {number | undefined} most
 * @param {string} unit
 */
function range(least, most, unit) {
  const units = unit && ` ${unit}${(most ?? least) === 1 ? "" : "s"}`;
  if (least === undefined) return most === undefined ? null : `at most ${most.toLocaleString("en")}${units}`;
  if (most === undefined) return `at least ${least.toLocaleString("en")}${units}`;
  return `${least.toLocaleString("en")} to ${most.toLocaleString("en")}${units}`;
}

/** @param {OpenApi.Schema} schema */
function hasDefault(schema) {
  return schema.default !== undefined && schema.default !== null && JSON.stringify(schema.default).length > 2;
}
