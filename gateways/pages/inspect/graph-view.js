// <graph-view>: causes and effects in a conversation, or among all events of one correlation id.

/** @import { RouteToOne } from "./types" */
import { element } from "../base/elements.js";
import { read } from "./api.js";
import { GraphDrawing } from "./graph-drawing.js";
import { graphList } from "./graph-list.js";
import { dayAndTime, zoneAt } from "./instants.js";
import { href, readdress } from "./routes.js";
import { copyable, shortId } from "./values.js";
import { View, actionButton, actionLink, maskedNotice, nothing } from "./view.js";

const PAGE = 200;
const NARROW = matchMedia("(max-width: 45rem)");

class GraphView extends View {
  #id = "";
  /** @type {Api.TracedEvent[]} */
  #events = [];
  /** @type {Api.Edge[]} */
  #edges = [];
  /** @type {number?} */
  #next = null;
  #masked = false;
  #as = "drawing";
  #choices = ["drawing", "list"].map((as) => actionButton(as === "list" ? "List" : "Drawing", () => this.#choose(as)));
  #choice = element("div", { class: "choice", role: "group", "aria-label": "Shown as" }, this.#choices);

  /** @param {RouteToOne} route */
  show({ subject, parameters }) {
    if (!this.#id) this.#build(subject);
    this.#as = parameters.get("as") === "list" || (!parameters.has("as") && NARROW.matches) ? "list" : "drawing";
    if (this.#events.length) this.#draw();
    else this.load((signal) => this.#page(null, signal), (page) => this.#add(page));
  }

  /** @param {string} id */
  #build(id) {
    this.#id = id;
    this.build(["Cause and effect ", element("span", { class: "id" }, shortId(id))]);
    this.subheading.append(copyable(id));
    this.actions.append(this.#choice);
  }

  /**
   * @param {number?} after
   * @param {AbortSignal} signal
   */
  #page(after, signal) {
    return read(`correlations/${encodeURIComponent(this.#id)}`, { after, limit: PAGE }, signal);
  }

  /** @param {Api.Trace} trace */
  #add({ events, edges, next, masked }) {
    const known = new Set(this.#edges.map(({ from, to }) => `${from} ${to}`));
    this.#events.push(...events);
    this.#edges.push(...edges.filter(({ from, to }) => !known.has(`${from} ${to}`)));
    [this.#next, this.#masked] = [next, masked];
    const own = events.find(({ stream }) => stream === `conversation-${this.#id}`);
    if (own && this.actions.firstElementChild === this.#choice) {
      this.actions.prepend(actionLink(href("stream", own.stream), "Timeline"), actionLink(href("state", own.stream), "State"));
    }
    this.#draw();
  }

  /** @param {string} as */
  #choose(as) {
    this.#as = as;
    readdress(href("graph", this.#id, { as }));
    this.#draw();
  }

  #draw() {
    for (const [place, as] of ["drawing", "list"].entries()) {
      this.#choices[place].setAttribute("aria-pressed", String(this.#as === as));
    }
    if (!this.#events.length) {
      this.body.replaceChildren(nothing("No events", "No recorded event has this id."));
      return;
    }
    const graph = this.#as === "list" ? graphList(this.#events, this.#edges) : this.#drawing();
    this.fill([maskedNotice(this.#masked), this.#span(), graph, this.#more()]);
  }

  #drawing() {
    return new GraphDrawing().show(this.#events, this.#edges, this.body.clientWidth);
  }

  #span() {
    const end = this.#events[this.#events.length - 1].at;
    const [first, last] = [dayAndTime(this.#events[0].at), dayAndTime(end)];
    const until = first.day === last.day ? last.time : `${last.day} ${last.time}`;
    const count = this.#events.length === 1 ? "1 event" : `${this.#events.length} events`;
    return element("p", { class: "quiet" }, `${count}, ${first.day} ${first.time} to ${until} ${zoneAt(end)}`);
  }

  #more() {
    if (this.#next === null) return null;
    const load = () => this.load((signal) => this.#page(this.#next, signal), (page) => this.#add(page), { keep: true });
    return element("div", { class: "more" }, actionButton("Load later events", load));
  }
}

customElements.define("graph-view", GraphView);
