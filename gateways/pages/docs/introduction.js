// The introduction above the operations: the API's description, the first steps, and the kinds of access.

/** @import { Description } from "./types" */
import { schemeName } from "./access.js";
import { codeBlock } from "../base/code-block.js";
import { element } from "../base/elements.js";
import { prose, spans } from "./prose.js";
import { curl } from "./requests.js";

/** @param {Description} description */
export function introduction(description) {
  const { info } = description.document;
  return element("div", { class: "introduction" }, [
    element("section", { class: "two-columns" }, [
      element("div", {}, [
        element("h1", {}, `${info.title} API`),
        element("p", { class: "lead" }, info.summary),
        facts(description),
        ...prose(info.description),
      ]),
      element("div", { class: "samples" }, firstSteps(description)),
    ]),
    access(description),
  ]);
}

/** @param {Description} description */
function facts(description) {
  const download = element("a", { href: "openapi.json", download: "openapi.json" }, "OpenAPI 3.1");
  return element("dl", { class: "facts" }, [
    fact("Version", description.document.info.version),
    fact("Address", element("code", {}, description.base)),
    fact("Description", download),
  ]);
}

/**
 * @param {string} name
 * @param {Children} value
 */
function fact(name, value) {
  return element("div", {}, [element("dt", {}, name), element("dd", {}, value)]);
}

/** @param {Description} description */
function firstSteps(description) {
  const [start, follow] = ["customer_start_conversation", "customer_follow_conversation_events"].map((id) =>
    description.operations.find((operation) => operation.operationId === id),
  );
  if (!start || !follow) return [];
  const steps = [
    `# 1. Start a conversation\n${curl(description, start)}`,
    "# 2. Keep what it answers\nexport CONVERSATION=…  TOKEN=…",
    `# 3. Follow it, live\n${curl(description, follow, { options: ["-N"], accept: "text/event-stream" })}`,
  ];
  return [codeBlock("First steps", steps.join("\n\n"))];
}

/** @param {Description} description */
function access(description) {
  const schemes = Object.entries(description.document.components.securitySchemes);
  return element("section", { class: "tag", id: "access", "aria-labelledby": "access-heading" }, [
    element("header", { class: "tag-head" }, [
      element("h2", { id: "access-heading" }, "Access"),
      element("p", {}, spans("Send your token or key as `Authorization: Bearer …`.")),
    ]),
    element("dl", { class: "schemes" }, schemes.map(([name, scheme]) =>
      element("div", {}, [element("dt", {}, schemeName(name)), element("dd", {}, spans(scheme.description))]),
    )),
  ]);
}
