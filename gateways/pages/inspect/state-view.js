// <state-view>: a stream's state after any version or at any instant, and the changes by the event that led to it.

/** @import { Query } from "../base/session/types" */
/** @import { PatchOperation, RouteToOne } from "./types" */
import { element } from "../base/elements.js";
import { read } from "./api.js";
import { allAdded, changesOf } from "./changes.js";
import { asField, fromField, inFull } from "./instants.js";
import { go, href, readdress } from "./routes.js";
import { changeList, stateLines } from "./state-lines.js";
import { badge, eventLink, partsOf, maskedText, streamName, timeOf } from "./values.js";
import { View, actionButton, actionLink, labelled, maskedNotice } from "./view.js";

const MAX_KEPT_STATES = 60;

class StateView extends View {
  #stream = "";
  /** @type {Map<number, Api.StateAt>} */
  #known = new Map();
  #slider = element("input", { type: "range", min: 1, max: 1, step: 1, value: 1, "aria-label": "Version" });
  #output = element("output", { class: "slider-words" });
  #at = element("input", { type: "datetime-local", step: "any", required: true });
  #steps = {
    first: actionButton("First", () => this.#goTo(1)),
    previous: actionButton("Previous", () => this.#goTo(this.#version - 1)),
    next: actionButton("Next", () => this.#goTo(this.#version + 1)),
    last: actionButton("Last", () => this.#goTo(Number(this.#slider.max))),
  };

  /** @param {RouteToOne} route */
  show({ subject, parameters }) {
    if (!this.#stream) this.#build(subject);
    const version = parameters.get("version");
    const at = version ? null : parameters.get("at");
    this.#load({ version, at });
  }

  get #version() {
    return Number(this.#slider.value);
  }

  /** @param {string} stream */
  #build(stream) {
    this.#stream = stream;
    this.build(["State of ", streamName(stream)]);
    this.actions.append(actionLink(href("stream", stream), "Timeline"));
    const instant = element("form", { class: "fields inline" }, [
      labelled("At", this.#at),
      element("button", { type: "submit", class: "action" }, "Go"),
    ]);
    instant.addEventListener("submit", (event) => {
      event.preventDefault();
      const at = fromField(this.#at.value);
      if (at) go(href("state", stream, { at }));
    });
    this.#slider.addEventListener("input", () => this.#goTo(this.#version));
    const steps = element("div", { class: "steps", role: "group", "aria-label": "Steps through time" }, Object.values(this.#steps));
    this.controls.append(element("div", { class: "through-time" }, [this.#slider, this.#output]), steps, instant);
  }

  /** @param {number} version */
  #goTo(version) {
    const kept = Math.min(Math.max(version, 1), Number(this.#slider.max));
    readdress(href("state", this.#stream, { version: kept }));
    this.#slider.value = String(kept);
    this.#describeVersion();
    this.#load({ version: kept });
  }

  /** @param {Query} wanted */
  #load(wanted) {
    this.load((signal) => this.#withPrevious(wanted, signal), (found) => this.#show(found), { keep: true });
  }

  /**
   * @param {Query} wanted
   * @param {AbortSignal} signal
   */
  async #withPrevious(wanted, signal) {
    const after = await this.#read(wanted, signal);
    const version = after.previous_version;
    const before = version ? await this.#read({ version }, signal) : null;
    return { after, before };
  }

  /**
   * The state after a version never changes, so it is kept; only the stream's last version grows.
   *
   * @param {Query} wanted
   * @param {AbortSignal} signal
   */
  async #read({ version = null, at = null }, signal) {
    const known = this.#known.get(Number(version));
    if (version && known) return known;
    const found = await read(`streams/${encodeURIComponent(this.#stream)}/state`, { version, at }, signal);
    this.#known.set(found.version, found);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KEPT_STATES) this.#known.delete(oldest);
    return found;
  }

  /** @param {{ after: Api.StateAt, before: Api.StateAt? }} found */
  #show({ after, before }) {
    const last = Math.max(after.last_version, Number(this.#slider.max));
    this.#slider.max = String(last);
    this.#slider.value = String(after.version);
    this.#at.value = asField(after.at);
    this.#describeVersion(after);
    const patch = /** @type {PatchOperation[]} */ (after.changes);
    const changes = before ? changesOf(before.state, patch) : allAdded(/** @type {object} */ (after.state));
    this.fill([
      maskedNotice(after.masked),
      element("section", { class: "led-here", "aria-label": "The event that led here" }, ledHere(after.event)),
      element("div", { class: "two-columns" }, [
        element("section", {}, [element("h2", {}, before ? `Changed since version ${before.version}` : "Changed from nothing"), changeList(changes)]),
        element("section", {}, [element("h2", {}, "The whole state"), stateLines(after.state, changes)]),
      ]),
    ]);
  }

  /** @param {Api.StateAt?} state */
  #describeVersion(state = null) {
    const [version, last] = [this.#version, Number(this.#slider.max)];
    const words = `Version ${version} of ${last}${state ? `, ${inFull(state.at)}` : ""}`;
    this.#output.textContent = words;
    this.#slider.setAttribute("aria-valuetext", words);
    disable(this.#steps.first, version <= 1);
    disable(this.#steps.previous, version <= 1);
    disable(this.#steps.next, version >= last);
    disable(this.#steps.last, version >= last);
  }
}

/**
 * Disables a button, but leaves it focusable: the focus is not lost at the first or the last version.
 *
 * @param {HTMLElement} button
 * @param {boolean} disabled
 */
function disable(button, disabled) {
  button.setAttribute("aria-disabled", String(disabled));
}

/** @param {Api.InspectedEvent} event */
function ledHere(event) {
  return element("p", {}, [
    element("span", { class: "quiet" }, "Led here: "),
    eventLink(event, badge(event.type, partsOf(event.stream)[0])),
    " ",
    timeOf(event.at),
    " ",
    element("span", { class: "event-summary" }, maskedText(event.summary)),
  ]);
}

customElements.define("state-view", StateView);
