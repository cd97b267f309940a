// <find-view>: everything that a text may mean.

/** @import { Route } from "./types" */
import { element } from "../base/elements.js";
import { read } from "./api.js";
import { href } from "./routes.js";
import { badge } from "./values.js";
import { View, nothing } from "./view.js";

/** @type {{ [kind in Api.Finding["kind"]]: string }} */
const VIEWS = { event: "event", stream: "stream", correlation: "graph" };

/** @param {Api.Finding} finding */
export function addressOfFinding({ kind, id }) {
  return href(VIEWS[kind], id);
}

class FindView extends View {
  /** @param {Route} route */
  show({ parameters }) {
    const wanted = parameters.get("q") ?? "";
    this.build(`Found for “${wanted}”`);
    this.load((signal) => read("find", { q: wanted }, signal), ({ found }) => this.#show(found));
  }

  /** @param {Api.Finding[]} found */
  #show(found) {
    const words = "Open takes a stream, a position, an agent, a queue, an MRD, a whole id, or the last characters of one.";
    this.body.replaceChildren(found.length ? list(found) : nothing("Nothing is called that", words));
  }
}

/** @param {Api.Finding[]} found */
function list(found) {
  return element("ul", { class: "linked" }, found.map((finding) =>
    element("li", {}, [badge(finding.kind, finding.kind), " ", element("a", { href: addressOfFinding(finding) }, finding.description)]),
  ));
}

customElements.define("find-view", FindView);
