// A JSON schema in words.

/** The name of a schema's type, such as `string`, `array of Task` or `Customer or null`. */
export function typeName(description, schema) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf) return alternatives(schema).map((option) => typeName(description, option)).join(" or ");
  if (schema.type === "array") return schema.items ? `array of ${typeName(description, schema.items)}` : "array";
  if (schema.additionalProperties?.type) return `map to ${typeName(description, schema.additionalProperties)}`;
  if (schema.enum && schema.enum.length === 1) return JSON.stringify(schema.enum[0]);
  if (schema.enum && !schema.type) return "string";
  if (schema.format === "date-time") return "instant";
  return schema.type ?? "any";
}

function alternatives(schema) {
  return schema.anyOf.length > 4 ? [{ type: "object" }] : schema.anyOf;
}

/** The schemas of objects that a schema leads to: its own, its items', its alternatives'. */
export function objectsIn(description, schema) {
  if (schema.$ref) return objectsIn(description, description.resolve(schema));
  if (schema.anyOf) return schema.anyOf.flatMap((option) => objectsIn(description, option));
  if (schema.type === "array" && schema.items) return objectsIn(description, schema.items);
  return Object.keys(schema.properties ?? {}).length ? [schema] : [];
}

/** The conditions on a value, one phrase each; code stands in backquotes. */
export function constraints(schema) {
  const own = schema.anyOf?.find((option) => option.type !== "null") ?? schema;
  return [
    own.pattern && own.description ? own.description.replace(/\.$/, "") : null,
    range(own.minLength, own.maxLength, "character"),
    range(own.minItems, own.maxItems, "item"),
    range(own.minimum, own.maximum, ""),
    own.exclusiveMinimum !== undefined ? `more than ${own.exclusiveMinimum}` : null,
    own.enum?.length > 1 && own.enum.length <= 8 ? `one of ${own.enum.map((value) => `\`${value}\``).join(", ")}` : null,
    own.pattern && !own.description ? `matches \`${own.pattern}\`` : null,
    hasDefault(schema) ? `\`${JSON.stringify(schema.default)}\` by default` : null,
    own["x-personal"] || own["x-personal-where"] ? "personal data" : null,
  ].filter(Boolean);
}

function range(least, most, unit) {
  if (least === undefined && most === undefined) return null;
  const units = unit && ` ${unit}${(most ?? least) === 1 ? "" : "s"}`;
  if (least === undefined) return `at most ${most.toLocaleString("en")}${units}`;
  if (most === undefined) return `at least ${least.toLocaleString("en")}${units}`;
  return `${least.toLocaleString("en")} to ${most.toLocaleString("en")}${units}`;
}

function hasDefault(schema) {
  return schema.default !== undefined && schema.default !== null && JSON.stringify(schema.default).length > 2;
}
