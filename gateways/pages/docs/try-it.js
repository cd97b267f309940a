// A form that sends an operation to this server and shows the answer.
// Tokens are only in this page's memory: they are never stored, and they are gone when the page is closed.

/** @import { DescribedOperation, Description, OpenApi } from "./types" */
import { needsToken, schemeName, schemesOf } from "./access.js";
import { codeBlock } from "../base/code-block.js";
import { disclosure, element } from "../base/elements.js";
import { FORM_TYPE, JSON_TYPE, exampleBody, fileType } from "./requests.js";

/** @type {Map<string, string>} */
const tokens = new Map();

/**
 * @param {Description} description
 * @param {DescribedOperation} operation
 */
export function tryIt(description, operation) {
  return disclosure({ class: "try-it" }, "Try it", () => form(description, operation));
}

/**
 * @param {Description} description
 * @param {DescribedOperation} operation
 */
function form(description, operation) {
  const id = operation.operationId;
  const [scheme] = schemesOf(operation);
  const body = exampleBody(operation);
  const file = fileType(operation);
  const answer = element("div", { class: "answer", role: "status" });
  const made = element("form", { class: "request" }, [
    scheme ? tokenField(id, scheme, needsToken(operation)) : null,
    ...operation.parameters.map((parameter) => parameterField(id, parameter)),
    body === undefined ? null : bodyField(id, body),
    file ? fileField(id, file) : null,
    element("button", { type: "submit", class: "button" }, "Send"),
    element("p", { class: "quiet" }, "Sends a real request to this server. The token is not stored."),
  ]);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    send(description, operation, new FormData(made), tokens.get(scheme), answer);
  });
  return [made, answer];
}

/**
 * @param {string} id
 * @param {string} scheme
 * @param {boolean} required
 */
function tokenField(id, scheme, required) {
  const input = element("input", { type: "password", id: `${id}-token`, autocomplete: "off", spellcheck: "false" });
  input.value = tokens.get(scheme) ?? "";
  input.addEventListener("focus", () => (input.value = tokens.get(scheme) ?? ""));
  input.addEventListener("input", () => tokens.set(scheme, input.value.trim()));
  return labelled(`${id}-token`, `${schemeName(scheme)}${required ? "" : " (optional)"}`, input);
}

/**
 * @param {string} id
 * @param {OpenApi.Parameter} parameter
 */
function parameterField(id, parameter) {
  const input = element("input", {
    id: `${id}-${parameter.in}-${parameter.name}`,
    name: `${parameter.in}:${parameter.name}`,
    required: parameter.required,
    autocomplete: "off",
    spellcheck: "false",
  });
  return labelled(input.id, `${parameter.name} (${parameter.in})`, input);
}

/**
 * @param {string} id
 * @param {unknown} example
 */
function bodyField(id, example) {
  const written = JSON.stringify(example, null, 2);
  const rows = written.split("\n").length + 1;
  const text = element("textarea", { id: `${id}-body`, name: "body", rows, spellcheck: "false" });
  text.value = written;
  return labelled(text.id, "Body", text);
}

/**
 * @param {string} id
 * @param {string} type
 */
function fileField(id, type) {
  const input = element("input", { type: "file", id: `${id}-file`, name: "file", required: true });
  return labelled(input.id, `File, sent as ${type}`, input);
}

/**
 * @param {string} id
 * @param {string} label
 * @param {HTMLElement} input
 */
function labelled(id, label, input) {
  return element("div", { class: "form-field" }, [element("label", { for: id }, label), input]);
}

/**
 * @param {Description} description
 * @param {DescribedOperation} operation
 * @param {FormData} values
 * @param {string | undefined} token
 * @param {HTMLElement} answer
 */
async function send(description, operation, values, token, answer) {
  const { url, headers } = address(description, operation, values);
  if (token) headers.authorization = `Bearer ${token}`;
  const body = bodyOf(operation, values, headers);
  answer.replaceChildren("Sending…");
  try {
    const started = performance.now();
    const response = await fetch(url, { method: operation.method, headers, body });
    const text = await response.text();
    show(answer, response, text, Math.round(performance.now() - started));
  } catch (error) {
    answer.replaceChildren(`The request failed: ${/** @type {Error} */ (error).message}`);
  }
}

/**
 * Adds the body's media type to the headers, except for a form: the browser writes that one, with its boundary.
 *
 * @param {DescribedOperation} operation
 * @param {FormData} values
 * @param {Record<string, string>} headers
 */
function bodyOf(operation, values, headers) {
  if (values.has("body")) {
    headers["content-type"] = JSON_TYPE;
    return values.get("body");
  }
  const [type, file] = [fileType(operation), values.get("file")];
  if (type === undefined || file === null) return undefined;
  if (type !== FORM_TYPE) {
    headers["content-type"] = type;
    return file;
  }
  const form = new FormData();
  form.append("file", file);
  return form;
}

/**
 * @param {Description} description
 * @param {DescribedOperation} operation
 * @param {FormData} values
 */
function address(description, operation, values) {
  /** @type {Record<string, string>} */
  const headers = { accept: "application/json" };
  const query = new URLSearchParams();
  let path = operation.path;
  for (const [name, value] of values) {
    if (typeof value !== "string") continue;
    const [place, parameter] = name.split(":");
    if (place === "path") path = path.replace(`{${parameter}}`, encodeURIComponent(value));
    if (place === "query" && value) query.set(parameter, value);
    if (place === "header" && value) headers[parameter] = value;
  }
  return { url: `${description.base}${path}${query.size ? `?${query}` : ""}`, headers };
}

/**
 * @param {HTMLElement} answer
 * @param {Response} response
 * @param {string} text
 * @param {number} milliseconds
 */
function show(answer, response, text, milliseconds) {
  const title = `${response.status} ${response.statusText} in ${milliseconds} ms`;
  const json = response.headers.get("content-type")?.includes("json");
  const body = json ? JSON.stringify(JSON.parse(text), null, 2) : text;
  answer.replaceChildren(codeBlock(title, body || "(no body)", json ? "json" : "text"));
}
