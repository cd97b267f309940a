// A schema's fields as a list. The fields of nested objects are behind disclosures.

/** @import { Description, Direction, Field, OpenApi } from "./types" */
import { disclosure, element } from "../base/elements.js";
import { prose, spans } from "./prose.js";
import { constraints, objectsIn, typeName } from "./schema.js";

/**
 * The direction of a field decides its mark: a request's field is marked when required, an answer's when it may be missing.
 *
 * @type {Direction}
 */
export const REQUEST = { isMarked: (required) => required, mark: "required" };
/** @type {Direction} */
export const ANSWER = { isMarked: (required) => !required, mark: "optional" };

/**
 * An object's fields, or a sentence where the object has none.
 *
 * @param {Description} description
 * @param {OpenApi.Schema} schema
 * @param {Direction} direction
 * @returns {HTMLElement[]}
 */
export function fieldsOf(description, schema, direction) {
  const object = description.resolve(schema);
  const fields = Object.entries(object.properties ?? {});
  const required = new Set(object.required);
  const intro = prose(object.description);
  if (!fields.length) return intro.length ? intro : [element("p", { class: "quiet" }, "An empty object.")];
  const rows = fields.map(([name, schema]) =>
    fieldRow(description, { name, schema, text: schema.description, required: required.has(name), direction }),
  );
  return [...intro, element("ul", { class: "fields" }, rows)];
}

/**
 * One field, parameter or header. `place` is the part of the request that holds a parameter: path, query or header.
 *
 * @param {Description} description
 * @param {Field} field
 */
export function fieldRow(description, { name, schema, text, place = null, required = true, direction }) {
  const rules = constraints(schema);
  return element("li", { class: "field" }, [
    element("div", { class: "field-head" }, [
      element("code", { class: "field-name" }, name),
      element("span", { class: "field-type" }, typeName(description, schema)),
      place ? element("span", { class: "field-place" }, place) : null,
      direction.isMarked(required) ? element("span", { class: `field-${direction.mark}` }, direction.mark) : null,
    ]),
    text ? element("p", {}, spans(text)) : null,
    rules.length ? element("p", { class: "field-rules" }, rules.flatMap(ruleSpans)) : null,
    ...inner(description, schema, direction),
  ]);
}

/**
 * @param {string} rule
 * @param {number} place
 */
function ruleSpans(rule, place) {
  return place ? [" · ", ...spans(rule)] : spans(rule);
}

/**
 * @param {Description} description
 * @param {OpenApi.Schema} schema
 * @param {Direction} direction
 */
function inner(description, schema, direction) {
  return objectsIn(description, schema).map((object) =>
    disclosure({ class: "inner" }, ["Fields of ", element("code", {}, object.title ?? "the object")], () =>
      fieldsOf(description, object, direction),
    ),
  );
}
