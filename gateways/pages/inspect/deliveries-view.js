// <deliveries-view>: the systems that get deliveries, and the deliveries themselves, the latest first.

/** @import { Route } from "./types" */
import { element } from "../base/elements.js";
import { read } from "./api.js";
import { mayChange, targetButtons } from "./delivery-changes.js";
import { lasting } from "./instants.js";
import { go, href } from "./routes.js";
import { none, table } from "./tables.js";
import { stateBadge, timeOf } from "./values.js";
import { View, actionButton, focusOn, labelled, nothing } from "./view.js";

const PAGE = 50;
const STATES = ["waiting", "calling", "parked", "refused", "delivered"];

class DeliveriesView extends View {
  /** @type {{ target: string, state: string }} */
  #wanted = { target: "", state: "" };
  #rows = element("div", {});
  #more = element("div", { class: "more" });
  #said = element("p", { class: "lead", role: "status" });
  #target = element("select", {});
  #state = element("select", {}, [
    element("option", { value: "" }, "Any state"),
    ...STATES.map((name) => element("option", { value: name }, name)),
  ]);
  /** @type {Api.Delivery[]} */
  #deliveries = [];

  /** @param {Route} route */
  show({ parameters }) {
    if (!this.heading.isConnected) this.#build();
    this.#wanted = { target: parameters.get("target") ?? "", state: parameters.get("state") ?? "" };
    this.#load();
  }

  resume() {
    this.#load();
  }

  #build() {
    this.build("Deliveries");
    this.actions.append(actionButton("Refresh", () => this.#load()));
    this.subheading.append(this.#said);
    const apply = () => go(href("deliveries", null, { target: this.#target.value, state: this.#state.value }));
    for (const field of [this.#target, this.#state]) field.addEventListener("change", apply);
    this.controls.append(element("div", { class: "fields" }, [labelled("Target", this.#target), labelled("State", this.#state)]));
  }

  #load() {
    this.load(
      (signal) => Promise.all([read("targets", {}, signal), this.#page(null, signal)]),
      ([{ targets }, page]) => this.#show(targets, page),
      { keep: true },
    );
  }

  /**
   * @param {number?} before
   * @param {AbortSignal} signal
   */
  #page(before, signal) {
    return read("deliveries", { ...this.#wanted, before, limit: PAGE }, signal);
  }

  /**
   * @param {Api.DeliveryTarget[]} targets
   * @param {Api.Deliveries} page
   */
  #show(targets, page) {
    this.#offer(targets.map(({ target }) => target));
    if (!targets.length) {
      this.fill([nothing("Nothing has been delivered yet", "What goes to webhooks, bots and channels will appear here.")]);
      return;
    }
    this.#deliveries = [];
    this.fill([
      section("Targets", targetTable(targets, (said) => this.#done(said))),
      section("Latest", element("div", {}, [this.#rows, this.#more])),
    ]);
    this.#add(page);
  }

  /** @param {string[]} targets */
  #offer(targets) {
    const { target, state } = this.#wanted;
    const known = target && !targets.includes(target) ? [...targets, target] : targets;
    this.#target.replaceChildren(
      element("option", { value: "" }, "All targets"),
      ...known.map((name) => element("option", { value: name }, name)),
    );
    this.#target.value = target;
    this.#state.value = state;
  }

  /** @param {Api.Deliveries} page */
  #add({ deliveries, next }) {
    this.#deliveries.push(...deliveries);
    this.#rows.replaceChildren(this.#deliveries.length ? deliveryTable(this.#deliveries) : none("No delivery matches. Leave a filter out."));
    this.#more.replaceChildren(...(next ? [actionButton("Load more", () => this.#loadMore(next))] : []));
  }

  /** @param {number} next */
  #loadMore(next) {
    const before = this.#deliveries.length;
    const show = (/** @type {Api.Deliveries} */ page) => {
      this.#add(page);
      const first = this.#rows.querySelectorAll("tbody tr")[before];
      if (first) focusOn(first, "a");
    };
    this.load((signal) => this.#page(next, signal), show, { keep: true });
  }

  /** @param {string} said */
  #done(said) {
    this.#said.textContent = said;
    this.#load();
  }
}

/**
 * @param {Api.DeliveryTarget[]} targets
 * @param {(said: string) => void} done
 */
function targetTable(targets, done) {
  const change = mayChange();
  const heads = ["Target", "State", "Waiting", "Parked", "Oldest", "Last 5 minutes", ...(change ? ["Change"] : [])];
  return table(heads, targets.map((target) => [
    element("a", { href: href("deliveries", null, { target: target.target }) }, target.target),
    [stateBadge(target.state), element("span", { class: "quiet" }, ` ${why(target)}`)],
    count(target, "waiting", target.waiting),
    count(target, "parked", target.parked),
    target.oldest_seconds === null ? "–" : lasting(target.oldest_seconds * 1000),
    `${target.delivered} delivered, ${target.failed} failed`,
    ...(change ? [targetButtons(target, done)] : []),
  ]));
}

/** @param {Api.DeliveryTarget} target */
function why({ stopped, replayed_to }) {
  if (stopped) return stopped;
  return replayed_to === null ? "" : `planned again up to position ${replayed_to}`;
}

/**
 * How many deliveries are in the state, as a link to them.
 *
 * @param {Api.DeliveryTarget} target
 * @param {string} state
 * @param {number} number
 */
function count({ target }, state, number) {
  if (!number) return "0";
  return element("a", { href: href("deliveries", null, { target, state }), "aria-label": `${number} ${state} for ${target}` }, String(number));
}

/** @param {Api.Delivery[]} deliveries */
function deliveryTable(deliveries) {
  return table(["Delivery", "Target", "State", "Tries", "Last", "Outcome"], deliveries.map((delivery) => [
    element("a", { href: href("delivery", String(delivery.id)) }, String(delivery.id)),
    element("a", { href: href("deliveries", null, { target: delivery.target }) }, delivery.target),
    stateBadge(delivery.state),
    String(delivery.tries),
    timeOf(delivery.last_try_at ?? delivery.planned_at),
    outcomeWords(delivery),
  ]));
}

/**
 * What became of the last call, in short.
 *
 * @param {Api.Delivery} delivery
 */
function outcomeWords({ outcome, code, detail }) {
  return [outcome?.replaceAll("_", " "), code, detail].filter(Boolean).join(", ") || "–";
}

/**
 * @param {string} heading
 * @param {Node} content
 */
function section(heading, content) {
  const id = `deliveries-${heading.toLowerCase().replaceAll(" ", "-")}`;
  return element("section", { "aria-labelledby": id }, [element("h2", { id }, heading), content]);
}

customElements.define("deliveries-view", DeliveriesView);
