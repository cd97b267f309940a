// An operation as requests that can be copied and sent.

/** @import { DescribedOperation, Description, OpenApi } from "./types" */
import { needsToken } from "./access.js";

export const JSON_TYPE = "application/json";
export const FORM_TYPE = "multipart/form-data";

const MAX_LINE_LENGTH = 60;
/** @type {{ [collection: string]: string }} */
const EXAMPLE_PARTS = {
  conversations: "$CONVERSATION",
  tasks: "$TASK",
  mrds: "chat",
};

/**
 * @param {OpenApi.Operation} operation
 * @returns {operation is OpenApi.Feed}
 */
export function isFeed(operation) {
  return "x-websocket" in operation;
}

/** @param {OpenApi.Operation} operation */
export function exampleBody(operation) {
  return operation.requestBody?.content[JSON_TYPE]?.example;
}

/**
 * The media type of a body that is a file; undefined for other bodies.
 *
 * @param {OpenApi.Operation} operation
 */
export function fileType(operation) {
  const [type] = Object.keys(operation.requestBody?.content ?? {});
  return type === JSON_TYPE ? undefined : type;
}

/**
 * The samples of an operation: title and text.
 *
 * @param {Description} description
 * @param {DescribedOperation} operation
 */
export function samplesOf(description, operation) {
  if (!isFeed(operation)) return [["curl", curl(description, operation)]];
  return [
    ["curl, a JSON page", curl(description, operation, { query: "?after=0" })],
    ["curl, an event stream", curl(description, operation, { options: ["-N"], accept: "text/event-stream" })],
    ["JavaScript, a WebSocket", webSocket(description, operation)],
  ];
}

/**
 * @param {Description} description
 * @param {DescribedOperation} operation
 * @param {{ query?: string, options?: string[], accept?: string? }} [with]
 */
export function curl(description, operation, { query = "", options = [], accept = null } = {}) {
  const body = exampleBody(operation);
  const lines = [`${description.base}${examplePath(operation.path)}${query}`];
  if (operation.method !== "GET" && body === undefined) lines.push(`-X ${operation.method}`);
  if (operation.method === "PUT" && body !== undefined) lines.push("-X PUT");
  if (accept) lines.push(`-H "Accept: ${accept}"`);
  if (needsToken(operation)) lines.push('-H "Authorization: Bearer $TOKEN"');
  if (body !== undefined) lines.push('-H "Content-Type: application/json"', `-d ${quoted(written(body))}`);
  lines.push(...fileOptions(fileType(operation)));
  const [url, ...rest] = lines;
  return [["curl", ...options, `"${url}"`].join(" "), ...rest].join(" \\\n  ");
}

/** @param {string | undefined} type */
function fileOptions(type) {
  if (type === undefined) return [];
  if (type === FORM_TYPE) return ['-F "file=@receipt.pdf;type=application/pdf"'];
  return [`-H "Content-Type: ${type}"`, `--data-binary @file.${type.split("/").pop()}`];
}

/**
 * @param {Description} description
 * @param {DescribedOperation & OpenApi.Feed} operation
 */
function webSocket(description, operation) {
  const url = `${description.base.replace(/^http/, "ws")}${examplePath(operation.path, "${conversation}")}?after=\${cursor}`;
  const [subprotocol] = operation["x-websocket"].subprotocols;
  return [
    "const socket = new WebSocket(",
    `  \`${url}\`,`,
    `  ["${subprotocol}", \`bearer.\${token}\`],`,
    ");",
    "socket.onmessage = ({ data }) => {",
    "  const event = JSON.parse(data);",
    "  console.log(event.type, event.data);",
    "};",
  ].join("\n");
}

/** @param {string} path */
function examplePath(path, conversation = EXAMPLE_PARTS.conversations) {
  const parts = path.split("/");
  const examples = { ...EXAMPLE_PARTS };
  examples.conversations = conversation;
  return parts
    .map((part, place) => (part.startsWith("{") ? examples[parts[place - 1]] ?? variable(part) : part))
    .join("/");
}

/** @param {string} part */
function variable(part) {
  return `$${part.slice(1, -1).toUpperCase()}`;
}

/**
 * The body as JSON, on one line where that is short.
 *
 * @param {unknown} body
 */
function written(body) {
  const line = JSON.stringify(body);
  return line.length <= MAX_LINE_LENGTH ? line : JSON.stringify(body, null, 2).replaceAll("\n", "\n  ");
}

/**
 * The text between single quotes, safe in a shell.
 *
 * @param {string} text
 */
function quoted(text) {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
