// <api-operation>: one method of one path, with everything that a caller must know.

/** @import { Description, OpenApi, OperationEntry } from "./types" */
import { accessOf } from "./access.js";
import { codeBlock, jsonBlock } from "../base/code-block.js";
import { disclosure, element } from "../base/elements.js";
import { ANSWER, REQUEST, fieldRow, fieldsOf } from "./fields.js";
import { heading } from "./heading.js";
import { method } from "./method.js";
import { prose } from "./prose.js";
import { JSON_TYPE, fileType, samplesOf } from "./requests.js";
import { objectsIn } from "./schema.js";
import { tryIt } from "./try-it.js";

class ApiOperation extends HTMLElement {
  /**
   * @param {Description} description
   * @param {OperationEntry} operation
   */
  show(description, operation) {
    this.id = operation.id;
    this.replaceChildren(
      element("article", { class: "two-columns", "aria-labelledby": `${this.id}-heading` }, [
        element("div", { class: "explained" }, [
          heading(operation, "Link to this operation"),
          ...callOf(operation),
          ...prose(operation.description),
          ...parameters(description, operation),
          ...requestBody(description, operation),
          ...responses(description, operation),
        ]),
        element("div", { class: "samples" }, [...samples(description, operation), tryIt(description, operation)]),
      ]),
    );
  }
}

/** @param {OperationEntry} operation */
function callOf(operation) {
  return [
    element("p", { class: "endpoint" }, [method(operation.method), " ", element("code", {}, pathSpans(operation.path))]),
    element("p", { class: "access" }, [element("span", { class: "quiet" }, "Access: "), accessOf(operation)]),
  ];
}

/** @param {string} path */
function pathSpans(path) {
  const parts = path.split(/({\w+})/);
  return parts.map((part) => (part.startsWith("{") ? element("span", { class: "path-part" }, part) : part));
}

/**
 * @param {Description} description
 * @param {OperationEntry} operation
 */
function parameters(description, operation) {
  if (!operation.parameters.length) return [];
  const rows = operation.parameters.map(({ name, schema, description: text, in: place, required = false }) =>
    fieldRow(description, { name, schema, text, place, required, direction: REQUEST }),
  );
  return [element("h4", {}, "Parameters"), element("ul", { class: "fields" }, rows)];
}

/**
 * @param {Description} description
 * @param {OperationEntry} operation
 */
function requestBody(description, operation) {
  const body = operation.requestBody;
  if (!body) return [];
  const optional = body.required ? null : element("span", { class: "quiet" }, " may be left out");
  const media = Object.entries(body.content).flatMap(([type, { schema = {} }]) => [
    type === JSON_TYPE && !fileType(operation) ? null : element("p", { class: "media" }, element("code", {}, type)),
    ...(description.resolve(schema).type === "object" ? fieldsOf(description, schema, REQUEST) : []),
  ]);
  return [element("h4", {}, ["Request body", optional].filter(Boolean)), ...media.filter(Boolean)];
}

/**
 * @param {Description} description
 * @param {OperationEntry} operation
 */
function responses(description, operation) {
  const all = Object.entries(operation.responses);
  const good = all.filter(([status]) => Number(status) < 400);
  const bad = all.filter(([status]) => Number(status) >= 400);
  return [
    element("h4", {}, "Responses"),
    ...good.map(([status, response]) => success(description, status, response)),
    ...(bad.length ? [problems(description, bad)] : []),
  ];
}

/**
 * @param {Description} description
 * @param {string} status
 * @param {OpenApi.Response} response
 */
function success(description, status, response) {
  const [title, ...rest] = response.description.split("\n\n");
  const summary = [element("code", { class: "status" }, status), ` ${title.replace(/[.:].*$/s, "")}`];
  return disclosure({ class: "response", open: status.startsWith("2") }, summary, () => [
    ...(rest.length ? prose(response.description) : []),
    ...contents(description, response),
    ...headers(description, response),
  ]);
}

/**
 * @param {Description} description
 * @param {OpenApi.Response} response
 */
function headers(description, response) {
  const rows = Object.entries(response.headers ?? {}).map(([name, reference]) => {
    const { schema, description: text } = description.resolve(reference);
    return fieldRow(description, { name, schema, text, place: "header", direction: ANSWER });
  });
  return rows.length ? [element("p", { class: "media" }, "Headers"), element("ul", { class: "fields" }, rows)] : [];
}

/**
 * @param {Description} description
 * @param {OpenApi.Response} response
 */
function contents(description, response) {
  const media = Object.entries(response.content ?? {});
  if (!media.length) return response.description.includes("\n") ? [] : [element("p", { class: "quiet" }, "No body.")];
  return media.flatMap(([type, { schema = {} }]) => [
    element("p", { class: "media" }, element("code", {}, type)),
    ...(objectsIn(description, schema).length ? fieldsOf(description, schema, ANSWER) : []),
  ]);
}

/**
 * @param {Description} description
 * @param {[string, OpenApi.Response][]} bad
 */
function problems(description, bad) {
  const statuses = bad.map(([status]) => status).join(", ");
  const summary = ["Problems", element("span", { class: "quiet" }, ` ${statuses}`)];
  return disclosure({ class: "response" }, summary, () =>
    element("dl", { class: "problems" }, bad.map(([status, response]) => problem(description, status, response))),
  );
}

/**
 * @param {Description} description
 * @param {string} status
 * @param {OpenApi.Response} response
 */
function problem(description, status, response) {
  const [title, ...rest] = response.description.split("\n\n");
  return element("div", {}, [
    element("dt", {}, [element("code", { class: "status bad" }, status), ` ${title.replace(/[.:]$/, "")}`]),
    element("dd", {}, [...prose(rest.join("\n\n")), ...headers(description, response)]),
  ]);
}

/**
 * @param {Description} description
 * @param {OperationEntry} operation
 */
function samples(description, operation) {
  const requests = samplesOf(description, operation).map(([title, text]) => codeBlock(title, text));
  const answers = Object.entries(operation.responses).flatMap(([status, response]) =>
    Object.entries(response.content ?? {}).map(([type, { example }]) => answer(status, type, example)),
  );
  return [...requests, ...answers].filter(Boolean);
}

/**
 * @param {string} status
 * @param {string} type
 * @param {unknown} example
 */
function answer(status, type, example) {
  if (example === undefined) return null;
  const title = `Response ${status}`;
  return type.endsWith("json") ? jsonBlock(title, example) : codeBlock(`${title}, ${type}`, String(example).trimEnd());
}

customElements.define("api-operation", ApiOperation);
