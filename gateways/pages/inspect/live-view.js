// <live-view>: the live tail of the whole journal, with an optional filter.

/** @import { Problem } from "../base/session/types" */
/** @import { Route } from "./types" */
import { element } from "../base/elements.js";
import { read } from "./api.js";
import { eventList } from "./event-list.js";
import { go, href } from "./routes.js";
import { Tail } from "./tail.js";
import { View, failure, labelled, maskedNotice, nothing } from "./view.js";

const RECENT = 50;
const NEAR_THE_END = 200;
const EXAMPLES = ["type == 'MessagePosted'", "starts_with(stream, 'agent-')", "data.reason == 'rona'"];

class LiveView extends View {
  #where = element("input", {
    type: "text",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    placeholder: EXAMPLES[0],
    maxlength: 1000,
    "aria-describedby": "where-help where-wrong",
  });
  #from = element("select", {}, [
    element("option", { value: "" }, `the last ${RECENT} events`),
    element("option", { value: "0" }, "the beginning"),
  ]);
  #wrong = element("p", { class: "wrong", id: "where-wrong", role: "alert" });
  #empty = nothing("No event yet", "New events that match the filter appear here.");
  #list = eventList([], { ofJournal: true });
  #followed = "";
  #cursor = 0;
  #tail = new Tail({
    path: () => "events",
    parameters: () => ({ where: this.#followed }),
    cursor: () => this.#cursor,
    show: (events) => this.#add(events),
    problem: (problem) => this.#fail(problem),
  });

  /** @param {Route} route */
  show({ parameters }) {
    if (!this.heading.isConnected) this.#build();
    this.#tail.pause();
    const [where, after] = [parameters.get("where") ?? "", parameters.get("after") ?? ""];
    this.#where.value = where;
    this.#from.value = after === "" ? "" : "0";
    this.#showError(null);
    this.load((signal) => start(after, signal), (found) => this.#follow(where, found));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#tail.leave();
  }

  /** @param {Route} route */
  resume(route) {
    super.resume(route);
    this.#tail.comeBack();
  }

  #build() {
    this.build("Live");
    const form = element("form", { class: "fields" }, [
      labelled("Where", this.#where, { class: "labelled wide" }),
      labelled("From", this.#from),
      element("button", { type: "submit", class: "button" }, "Apply"),
    ]);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const address = href("live", null, { where: this.#where.value.trim(), after: this.#from.value });
      if (address === location.hash) dispatchEvent(new HashChangeEvent("hashchange"));
      else go(address);
    });
    const examples = EXAMPLES.flatMap((example) => [" ", element("code", {}, example)]);
    const help = ["JMESPath over an event; empty for all. Such as", ...examples];
    this.controls.append(form, element("p", { class: "quiet help", id: "where-help" }, help), this.#wrong);
  }

  /**
   * @param {string} where
   * @param {{ head: number, masked: boolean }} start
   */
  #follow(where, { head, masked }) {
    [this.#followed, this.#cursor] = [where, head];
    this.#list.show([], { ofJournal: true, label: "Events of the whole journal" });
    const end = element("div", { class: "live-end" }, this.#tail.control);
    this.fill([maskedNotice(masked), this.#empty, this.#list, end]);
    this.#empty.hidden = false;
    this.#tail.resume();
  }

  /** @param {Api.InspectedEvent[]} events */
  #add(events) {
    const bottom = document.documentElement.scrollHeight - scrollY - innerHeight < NEAR_THE_END;
    this.#cursor = events[events.length - 1].position;
    this.#list.addLater(events);
    this.#empty.hidden = true;
    if (bottom) scrollTo(0, document.documentElement.scrollHeight);
  }

  /** @param {Problem} problem */
  #fail(problem) {
    const about = problem.about("where");
    this.#empty.hidden = true;
    if (about) this.#showError(about);
    else this.body.replaceChildren(failure(problem, () => this.#tail.resume()));
  }

  /** @param {string?} words */
  #showError(words) {
    this.#wrong.textContent = words ?? "";
    if (words === null) this.#where.removeAttribute("aria-invalid");
    else {
      this.#where.setAttribute("aria-invalid", "true");
      this.#where.focus();
    }
  }
}

/**
 * The position after which the tail begins.
 *
 * @param {string} after
 * @param {AbortSignal} signal
 */
async function start(after, signal) {
  const { last_position, masked } = await read("events", { limit: 1 }, signal);
  return { head: after === "" ? Math.max(0, last_position - RECENT) : Number(after) || 0, masked };
}

customElements.define("live-view", LiveView);
