// The OpenAPI document, read for drawing: tags, operations, references.

/** @import { DescribedOperation, OpenApi } from "./types" */

const METHODS = ["get", "post", "put", "patch", "delete"];

export class Description {
  /** @param {OpenApi.Document} document */
  constructor(document) {
    this.document = document;
    this.operations = Object.entries(document.paths).flatMap(([path, item]) => operationsAt(path, item));
    this.tags = document.tags.map((tag) => ({ ...tag, id: tag.name.toLowerCase().replaceAll(" ", "-") }));
  }

  /** @param {string} tag */
  operationsOf(tag) {
    return this.operations.filter((operation) => operation.tags.includes(tag));
  }

  /**
   * The part that a reference names. A part that is no reference is returned as it is.
   *
   * @template {{ $ref?: string }} Part
   * @param {Part} part
   * @returns {Part}
   */
  resolve(part) {
    if (!part?.$ref) return part;
    const steps = part.$ref.replace("#/", "").split("/");
    return steps.reduce((found, step) => found?.[step], /** @type {any} */ (this.document));
  }

  /** The address before every path, without a slash at the end. */
  get base() {
    return new URL(".", document.baseURI).href.replace(/\/$/, "");
  }
}

/**
 * @param {string} path
 * @param {{ [method: string]: OpenApi.Operation }} item
 * @returns {DescribedOperation[]}
 */
function operationsAt(path, item) {
  return METHODS.filter((method) => method in item).map((method) => {
    const operation = { parameters: [], ...item[method], path, method: method.toUpperCase() };
    const searched = [operation.summary, path, operation.operationId, operation.method, operation.description];
    return { ...operation, searched: [...searched, ...codesOf(operation)].join("\n").toLowerCase() };
  });
}

/** @param {OpenApi.Operation} operation */
function codesOf(operation) {
  return Object.values(operation.responses).map((response) => response.description);
}
