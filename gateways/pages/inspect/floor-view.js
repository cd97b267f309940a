// <floor-view>: the states of agents, the waiting tasks and the open conversations, now or at any instant.

/** @import { Route } from "./types" */
import { element } from "../base/elements.js";
import { read } from "./api.js";
import { agentTable, conversationTable, figures, queueTable, waitingTable } from "./floor-parts.js";
import { asField, fromField, inSentence } from "./instants.js";
import { go, href, routeOf } from "./routes.js";
import { View, actionButton, focusOn, labelled, maskedNotice } from "./view.js";

const REFRESH_MILLISECONDS = 5000;
const STEPS = [
  ["1", "1 second"],
  ["10", "10 seconds"],
  ["60", "1 minute"],
  ["600", "10 minutes"],
  ["3600", "1 hour"],
];

class FloorView extends View {
  /** @type {string?} */
  #wanted = null;
  /** @type {Api.Floor?} */
  #floor = null;
  /** @type {number | undefined} */
  #timer;
  #at = element("input", { type: "datetime-local", step: "any", required: true });
  #step = element("select", {}, STEPS.map(([value, words]) => element("option", { value, selected: value === "60" }, words)));
  #autoRefresh = element("input", { type: "checkbox", checked: true });
  #now = element("a", { class: "action", href: href("floor") }, "Now");

  /** @param {Route} route */
  show({ parameters }) {
    if (!this.heading.isConnected) this.#build();
    this.#wanted = parameters.get("at");
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  resume() {
    this.#load();
  }

  #build() {
    this.build("The floor");
    const instant = element("form", { class: "fields inline" }, [
      labelled("At", this.#at),
      element("button", { type: "submit", class: "action" }, "Go"),
    ]);
    instant.addEventListener("submit", (event) => {
      event.preventDefault();
      const at = fromField(this.#at.value);
      if (at) go(href("floor", null, { at }));
    });
    this.#autoRefresh.addEventListener("change", () => this.#plan());
    const steps = element("div", { class: "steps", role: "group", "aria-label": "Steps through time" }, [
      labelled("Step", this.#step, { class: "labelled beside" }),
      actionButton("Back", () => this.#go(-1)),
      actionButton("Forward", () => this.#go(1)),
      this.#now,
    ]);
    this.controls.append(steps, instant, labelled("Keep up to date", this.#autoRefresh, { class: "labelled beside auto-refresh" }));
  }

  /** @param {number} direction */
  #go(direction) {
    if (!this.#floor) return;
    const from = instantIn(location.hash) ?? new Date(this.#floor.at);
    const at = new Date(from.valueOf() + direction * Number(this.#step.value) * 1000);
    go(href("floor", null, at.valueOf() < Date.now() ? { at: at.toISOString() } : {}));
  }

  #load() {
    clearTimeout(this.#timer);
    const keep = this.#floor !== null;
    this.load((signal) => read("floor", { at: this.#wanted }, signal), (floor) => this.#show(floor), { keep });
  }

  /**
   * Shows the floor and keeps the focus: the focused link is found again by its address.
   *
   * @param {Api.Floor} floor
   */
  #show(floor) {
    this.#floor = floor;
    const focused = this.body.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
    this.#describe(floor);
    const at = floor.at;
    this.fill([
      maskedNotice(floor.masked),
      figures(floor),
      section("Agents", agentTable(floor.agents, at)),
      section("Queues", queueTable(floor.queues)),
      section("Waiting", waitingTable(floor.queues, at)),
      section("Conversations", conversationTable(floor.conversations, at)),
    ]);
    if (focused) focusOn(this.body, `a[href="${CSS.escape(focused)}"]`);
    this.#plan();
  }

  /** @param {Api.Floor} floor */
  #describe(floor) {
    const live = this.#wanted === null;
    this.subheading.replaceChildren(
      element("p", { class: "lead" }, [live ? "Now, " : "At ", element("time", { datetime: floor.at }, inSentence(floor.at)), `, after event ${floor.position}`]),
    );
    if (document.activeElement !== this.#at) this.#at.value = asField(floor.at);
    this.#autoRefresh.closest("label")?.toggleAttribute("hidden", !live);
    if (live) this.#now.setAttribute("aria-current", "true");
    else this.#now.removeAttribute("aria-current");
  }

  #plan() {
    clearTimeout(this.#timer);
    if (this.#wanted !== null || !this.#autoRefresh.checked || !this.isConnected) return;
    this.#timer = setTimeout(() => (document.hidden ? this.#plan() : this.#load()), REFRESH_MILLISECONDS);
  }
}

/** The instant that an address names. It is ahead of the floor on show while that is being loaded, and every press of
 *  Back or Forward counts. */
/** @param {string} address */
function instantIn(address) {
  const at = new Date(routeOf(address).parameters.get("at") ?? NaN);
  return Number.isNaN(at.valueOf()) ? null : at;
}

/**
 * @param {string} heading
 * @param {Node} content
 */
function section(heading, content) {
  const id = `floor-${heading.toLowerCase()}`;
  return element("section", { "aria-labelledby": id }, [element("h2", { id }, heading), content]);
}

customElements.define("floor-view", FloorView);
