// The API's page: fetches the OpenAPI description and draws it.

import "./navigation.js";
import "./operation.js";
import { Description } from "./description.js";
import { element } from "../base/elements.js";
import { introduction } from "./introduction.js";
import { prose } from "./prose.js";

const main = document.querySelector("main");
const navigation = document.querySelector("api-navigation");

async function start() {
  try {
    const response = await fetch("openapi.json", { headers: { accept: "application/json" } });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    show(new Description(await response.json()));
  } catch (error) {
    showFailure(error);
  }
}

function show(description) {
  main.replaceChildren(introduction(description), ...description.tags.map((tag) => tagSection(description, tag)));
  navigation.show(description, main);
  if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

function tagSection(description, tag) {
  const operations = description.operationsOf(tag.name);
  return element("section", { class: "tag", id: tag.id, "aria-labelledby": `${tag.id}-heading` }, [
    element("header", { class: "tag-head" }, [
      element("h2", { id: `${tag.id}-heading` }, tag.name),
      ...prose(tag.description),
    ]),
    ...operations.map((operation) => {
      const section = document.createElement("api-operation");
      section.show(description, operation);
      return section;
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
