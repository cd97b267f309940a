// <code-block>: a titled sample with a button that copies it.

import { element } from "./elements.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?\b/g;
const COPIED_MILLISECONDS = 2000;

class CodeBlock extends HTMLElement {
  /**
   * @param {string} title
   * @param {string} text
   */
  show(title, text, language = "text") {
    const code = element("code", {}, language === "json" ? coloured(text) : text);
    const status = element("span", { class: "visually-hidden", role: "status" });
    this.replaceChildren(
      element("div", { class: "code-head" }, [element("span", {}, title), this.#copyButton(title, text, status), status]),
      element("pre", {}, code),
    );
    return this;
  }

  /**
   * @param {string} title
   * @param {string} text
   * @param {HTMLElement} status
   */
  #copyButton(title, text, status) {
    const button = element("button", { type: "button", class: "copy", "aria-label": `Copy: ${title}` }, "Copy");
    button.addEventListener("click", async () => {
      const done = await copy(text);
      button.textContent = done ? "Copied" : "Select and copy";
      status.textContent = button.textContent;
      setTimeout(() => {
        button.textContent = "Copy";
        status.textContent = "";
      }, COPIED_MILLISECONDS);
    });
    return button;
  }
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * JSON as text and spans, one a token.
 *
 * @param {string} text
 */
function coloured(text) {
  /** @type {Child[]} */
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(text.slice(end, match.index), ...tokenSpans(match));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

/** @param {RegExpExecArray} match */
function tokenSpans([whole, string, colon]) {
  if (colon) return [element("span", { class: "key" }, string), colon];
  return [element("span", { class: string ? "string" : "literal" }, whole)];
}

customElements.define("code-block", CodeBlock);

/**
 * A sample to put on the page.
 *
 * @param {string} title
 * @param {string} text
 * @param {string} [language]
 */
export function codeBlock(title, text, language) {
  return new CodeBlock().show(title, text, language);
}

/**
 * A value as readable JSON.
 *
 * @param {string} title
 * @param {unknown} value
 */
export function jsonBlock(title, value) {
  return codeBlock(title, JSON.stringify(value, null, 2), "json");
}
