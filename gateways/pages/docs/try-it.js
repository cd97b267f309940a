// A form that sends an operation to this server and shows the answer.
// Tokens are only in this page's memory: they are never stored, and they are gone when the page is closed.

import { needsToken, schemeName, schemesOf } from "./access.js";
import { codeBlock } from "../base/code-block.js";
import { disclosure, element } from "../base/elements.js";
import { FORM_TYPE, JSON_TYPE, exampleBody, fileType } from "./requests.js";

const tokens = new Map();

export function tryIt(description, operation) {
  return disclosure({ class: "try-it" }, "Try it", () => form(description, operation));
}

function form(description, operation) {
  const id = operation.operationId;
  const [scheme] = schemesOf(operation);
  const body = exampleBody(operation);
  const answer = element("div", { class: "answer", role: "status" });
  const made = element("form", { class: "request" }, [
    scheme ? tokenField(id, scheme, needsToken(operation)) : null,
    ...operation.parameters.map((parameter) => parameterField(id, parameter)),
    body === undefined ? null : bodyField(id, body),
    fileType(operation) ? fileField(id, fileType(operation)) : null,
    element("button", { type: "submit", class: "button" }, "Send"),
    element("p", { class: "quiet" }, "Sends a real request to this server. The token is not stored."),
  ]);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    send(description, operation, new FormData(made), tokens.get(scheme), answer);
  });
  return [made, answer];
}

function tokenField(id, scheme, required) {
  const input = element("input", { type: "password", id: `${id}-token`, autocomplete: "off", spellcheck: "false" });
  input.value = tokens.get(scheme) ?? "";
  input.addEventListener("focus", () => (input.value = tokens.get(scheme) ?? ""));
  input.addEventListener("input", () => tokens.set(scheme, input.value.trim()));
  return labelled(`${id}-token`, `${schemeName(scheme)}${required ? "" : " (optional)"}`, input);
}

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

function bodyField(id, example) {
  const written = JSON.stringify(example, null, 2);
  const rows = written.split("\n").length + 1;
  const text = element("textarea", { id: `${id}-body`, name: "body", rows, spellcheck: "false" });
  text.value = written;
  return labelled(text.id, "Body", text);
}

function fileField(id, type) {
  const input = element("input", { type: "file", id: `${id}-file`, name: "file", required: true });
  return labelled(input.id, `File, sent as ${type}`, input);
}

function labelled(id, label, input) {
  return element("div", { class: "form-field" }, [element("label", { for: id }, label), input]);
}

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
    answer.replaceChildren(`The request failed: ${error.message}`);
  }
}

/** Adds the body's media type to the headers, except for a form: the browser writes that one, with its boundary. */
function bodyOf(operation, values, headers) {
  if (values.has("body")) {
    headers["content-type"] = JSON_TYPE;
    return values.get("body");
  }
  if (!values.has("file")) return undefined;
  if (fileType(operation) !== FORM_TYPE) {
    headers["content-type"] = fileType(operation);
    return values.get("file");
  }
  const form = new FormData();
  form.append("file", values.get("file"));
  return form;
}

function address(description, operation, values) {
  const headers = { accept: "application/json" };
  const query = new URLSearchParams();
  let path = operation.path;
  for (const [name, value] of values) {
    const [place, parameter] = name.split(":");
    if (place === "path") path = path.replace(`{${parameter}}`, encodeURIComponent(value));
    if (place === "query" && value) query.set(parameter, value);
    if (place === "header" && value) headers[parameter] = value;
  }
  return { url: `${description.base}${path}${query.size ? `?${query}` : ""}`, headers };
}

function show(answer, response, text, milliseconds) {
  const title = `${response.status} ${response.statusText} in ${milliseconds} ms`;
  const json = response.headers.get("content-type")?.includes("json");
  const body = json ? JSON.stringify(JSON.parse(text), null, 2) : text;
  answer.replaceChildren(codeBlock(title, body || "(no body)", json ? "json" : "text"));
}
