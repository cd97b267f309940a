// <delivery-view>: one delivery, what became of its last call, and the way to its event.

/** @import { RouteToOne } from "./types" */
import { element } from "../base/elements.js";
import { read } from "./api.js";
import { deliveryButtons, mayChange } from "./delivery-changes.js";
import { go, href } from "./routes.js";
import { eventLink, facts, stateBadge, streamName, timeAndAge } from "./values.js";
import { View, actionButton } from "./view.js";

class DeliveryView extends View {
  #subject = "";
  #said = element("p", { class: "lead", role: "status" });

  /** @param {RouteToOne} route */
  show({ subject }) {
    this.#subject = subject;
    this.build(`Delivery ${subject}`);
    this.subheading.replaceChildren(this.#said);
    this.#load();
  }

  resume() {
    this.#load();
  }

  #load() {
    const path = /** @type {const} */ (`deliveries/${encodeURIComponent(this.#subject)}`);
    this.load((signal) => read(path, {}, signal), (found) => this.#show(found), { keep: true });
  }

  /** @param {Api.DeliveryWithEvent} found */
  #show({ delivery, event }) {
    const retried = (/** @type {string} */ said) => {
      this.#said.textContent = said;
      this.#load();
    };
    const dropped = () => go(href("deliveries", null, { target: delivery.target }));
    const buttons = mayChange() ? deliveryButtons(delivery, retried, dropped) : [];
    this.actions.replaceChildren(actionButton("Refresh", () => this.#load()), ...buttons);
    this.fill([
      element("div", { class: "two-columns" }, [
        element("section", {}, [element("h2", {}, "Delivery"), course(delivery)]),
        element("section", {}, [element("h2", {}, "Event"), event ? eventFacts(event) : element("p", { class: "quiet" }, "None: something came in and goes on.")]),
      ]),
    ]);
  }
}

/** @param {Api.Delivery} delivery */
function course(delivery) {
  return facts([
    ["Target", element("a", { href: href("deliveries", null, { target: delivery.target }) }, delivery.target)],
    ["State", stateBadge(delivery.state)],
    ["Outcome", delivery.outcome && delivery.outcome.replaceAll("_", " ")],
    ["Code", delivery.code],
    ["Detail", delivery.detail],
    ["Tries", String(delivery.tries)],
    ["Parts taken", delivery.parts > 1 ? String(delivery.parts) : null],
    ["Planned", timeAndAge(delivery.planned_at)],
    ["First try", delivery.first_try_at && timeAndAge(delivery.first_try_at)],
    ["Last try", delivery.last_try_at && timeAndAge(delivery.last_try_at)],
    ["Known there as", delivery.provider_id],
  ]);
}

/** @param {Api.DeliveredEvent} event */
function eventFacts(event) {
  return facts([
    ["Type", eventLink(event)],
    ["Stream", element("a", { href: href("stream", event.stream, { version: event.version }) }, streamName(event.stream))],
    ["Position", String(event.position)],
    ["At", timeAndAge(event.at)],
  ]);
}

customElements.define("delivery-view", DeliveryView);
