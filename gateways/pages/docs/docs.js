// The API's page: fetches the OpenAPI description and draws it.

/** @import { Guide, Section } from "./types" */
import "./event.js";
import "./operation.js";
import { Description } from "./description.js";
import { element } from "../base/elements.js";
import { guideSections } from "./guides.js";
import { introduction } from "./introduction.js";
import { ApiNavigation } from "./navigation.js";
import { prose } from "./prose.js";
import { sectionsOf } from "./sections.js";

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const navigation = /** @type {ApiNavigation} */ (document.querySelector("api-navigation"));

async function start() {
  try {
    const [description, guides] = await Promise.all(["openapi.json", "docs/guides.json"].map(fetched));
    show(new Description(description), guides);
  } catch (error) {
    showFailure(error);
  }
}

/** @param {string} address */
async function fetched(address) {
  const response = await fetch(address, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}

/**
 * @param {Description} description
 * @param {Guide[]} guides
 */
function show(description, guides) {
  const sections = [...sectionsOf(description), ...guideSections(guides)];
  main.replaceChildren(introduction(description), ...sections.map((section) => drawn(description, section)));
  navigation.show(sections, main);
  if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/**
 * @param {Description} description
 * @param {Section} section
 */
function drawn(description, section) {
  return element("section", { class: "tag", id: section.id, "aria-labelledby": `${section.id}-heading` }, [
    element("header", { class: "tag-head" }, [
      element("h2", { id: `${section.id}-heading` }, section.name),
      ...prose(section.description),
    ]),
    ...section.entries.map((entry) => {
      const part = element(entry.part, { class: "entry" });
      part.show(description, entry);
      return part;
    }),
  ]);
}

/** @param {unknown} error */
function showFailure(error) {
  const retry = element("button", { type: "button", class: "button" }, "Try again");
  retry.addEventListener("click", start);
  main.replaceChildren(
    element("div", { class: "failure", role: "alert" }, [
      element("h1", {}, "The description could not be loaded"),
      element("p", {}, `${/** @type {Error} */ (error).message}. Is the server running?`),
      retry,
    ]),
  );
}

start();
