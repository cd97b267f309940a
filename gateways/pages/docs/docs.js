// The API's page: fetches the OpenAPI description and draws it.

import "./navigation.js";
import "./event.js";
import "./operation.js";
import { Description } from "./description.js";
import { element } from "../base/elements.js";
import { guideSections } from "./guides.js";
import { introduction } from "./introduction.js";
import { prose } from "./prose.js";
import { sectionsOf } from "./sections.js";

const main = document.querySelector("main");
const navigation = document.querySelector("api-navigation");

async function start() {
  try {
    const [description, guides] = await Promise.all(["openapi.json", "docs/guides.json"].map(fetched));
    show(new Description(description), guides);
  } catch (error) {
    showFailure(error);
  }
}

async function fetched(address) {
  const response = await fetch(address, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}

function show(description, guides) {
  const sections = [...sectionsOf(description), ...guideSections(guides)];
  main.replaceChildren(introduction(description), ...sections.map((section) => drawn(description, section)));
  navigation.show(sections, main);
  if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

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

function showFailure(error) {
  const retry = element("button", { type: "button", class: "button" }, "Try again");
  retry.addEventListener("click", start);
  main.replaceChildren(
    element("div", { class: "failure", role: "alert" }, [
      element("h1", {}, "The description could not be loaded"),
      element("p", {}, `${error.message}. Is the server running?`),
      retry,
    ]),
  );
}

start();
