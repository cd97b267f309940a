// The lines to copy into a website.

import { codeBlock } from "../base/code-block.js";
import { disclosure, element } from "../base/elements.js";

const EDITION = /\/pages\/([0-9a-f]{16})\//;

/**
 * @param {string} name
 * @param {Api.Channel} channel
 */
export function snippetView(name, channel) {
  const script = new URL(`v1.js?channel=${name}`, location.href).href;
  return element("section", { class: "card snippet", "aria-labelledby": "snippet-heading" }, [
    element("h2", { id: "snippet-heading", tabindex: "-1" }, "Put it on your website"),
    originsView(name, channel.allowed_origins ?? []),
    element("p", {}, "Add this line to every page, anywhere:"),
    codeBlock("HTML", `<script async src="${script}"></script>`),
    disclosure({}, "A site with a Content-Security-Policy", policyView),
    disclosure({}, "A script that never changes, for a site that checks it", () => pinnedView(name, channel)),
  ]);
}

/**
 * Which sites may show the widget, and what to do if none may.
 *
 * @param {string} name
 * @param {string[]} origins
 */
function originsView(name, origins) {
  if (origins.includes("*")) return element("p", {}, "Every site may show the chat of this channel.");
  if (origins.length) {
    return element("p", {}, ["These sites may show it: ", ...origins.flatMap((origin) => [code(origin), " "])]);
  }
  return element("div", { class: "notice" }, [
    element("p", {}, [element("strong", {}, "No site may show it yet. "), "The channel’s ", code("allowed_origins"), " is empty. Name your sites in it:"]),
    codeBlock("Configuration", `[channels.${tomlKey(name)}]\nallowed_origins = ["https://www.example.org"]`),
  ]);
}

function policyView() {
  const { origin } = location;
  return [
    element("p", {}, "It needs these two entries and nothing else, also where it requires Trusted Types:"),
    codeBlock("Content-Security-Policy", `script-src ${origin}; frame-src ${origin}`),
  ];
}

/**
 * @param {string} name
 * @param {Api.Channel} channel
 */
function pinnedView(name, channel) {
  const place = element("div", { role: "status" }, "Computing…");
  void pinned(name, channel.widget ?? {}).then(
    (line) =>
      place.replaceChildren(
        codeBlock("HTML, pinned", line),
        element("p", { class: "hint" }, "After the next update of the server this script is gone, and this line is another one. The looks stand in it, and an invitation is not shown by it."),
      ),
    (error) => place.replaceChildren(element("p", {}, /** @type {Error} */ (error).message)),
  );
  return place;
}

/**
 * The line with the script of the present edition and its digest. Throws an error in words where there can be none.
 *
 * @param {string} name
 * @param {Api.Widget} widget
 */
async function pinned(name, widget) {
  if (!isSecureContext) {
    throw new Error("The browser computes the digest of the script only on a page that came over https, or from this machine. Open this page there.");
  }
  const edition = EDITION.exec(import.meta.url)?.[1];
  const address = new URL(`${edition}/loader.js`, location.href).href;
  const response = await fetch(address);
  if (!response.ok) throw new Error("The server has been updated. Load this page again.");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-384", await response.arrayBuffer()));
  const integrity = `sha384-${btoa(String.fromCharCode(...digest))}`;
  const looks = Object.entries({ accent: widget.accent, theme: widget.theme, launcher: widget.launcher })
    .filter(([, value]) => value)
    .map(([attribute, value]) => ` data-${attribute}="${value}"`);
  return `<script async src="${address}" integrity="${integrity}" crossorigin data-channel="${name}"${looks.join("")}></script>`;
}

/**
 * The name as a key of TOML.
 *
 * @param {string} name
 */
function tomlKey(name) {
  return name.includes(".") ? `"${name}"` : name;
}

/** @param {string} words */
function code(words) {
  return element("code", {}, words);
}
