// The access that an operation needs, in words.

/** @import { OpenApi } from "./types" */

/** @type {{ [scheme: string]: string }} */
const NAMES = { customerToken: "Customer’s token", agentToken: "Agent’s token", apiKey: "API key" };

/** @param {string} scheme */
export function schemeName(scheme) {
  return NAMES[scheme] ?? scheme;
}

/**
 * The schemes that an operation takes.
 *
 * @param {OpenApi.Operation} operation
 */
export function schemesOf(operation) {
  return operation.security.flatMap((option) => Object.keys(option));
}

/** @param {OpenApi.Operation} operation */
export function needsToken(operation) {
  return operation.security.length > 0 && operation.security.every((option) => Object.keys(option).length > 0);
}

/** @param {OpenApi.Operation} operation */
export function accessOf(operation) {
  const names = schemesOf(operation).map(schemeName);
  return needsToken(operation) ? names.join(" or ") : ["No token", ...names].join(", or ");
}
