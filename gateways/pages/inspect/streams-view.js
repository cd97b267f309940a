// <streams-view>: all streams, the one with the newest event first.

/** @import { Route } from "./types" */
import { element } from "../base/elements.js";
import { read } from "./api.js";
import { ago } from "./instants.js";
import { go, href } from "./routes.js";
import { maskedText, stateBadge, streamName, timeOf } from "./values.js";
import { View, actionButton, labelled, nothing } from "./view.js";

const PAGE = 50;
const TYPING_MILLISECONDS = 250;
const FILTERS = ["q", "category", "channel", "status", "customer", "agent"];
const STATUSES = ["with_bot", "waiting_for_customer", "waiting_for_agent", "with_agent", "wrap_up", "ended"];
const CATEGORIES = ["conversation", "agent", "router", "configuration"];

class StreamsView extends View {
  /** @type {Record<string, string>} */
  #wanted = {};
  #rows = element("ul", { class: "streams" });
  #more = element("div", { class: "more" });
  #search = element("input", { type: "search", autocomplete: "off", spellcheck: "false", maxlength: 200 });
  #category = element("select", {}, [
    element("option", { value: "" }, "All categories"),
    ...CATEGORIES.map((name) => element("option", { value: name }, name)),
  ]);
  #status = element("select", {}, [
    element("option", { value: "" }, "Any status"),
    ...STATUSES.map((name) => element("option", { value: name }, name.replaceAll("_", " "))),
  ]);
  #channel = part();
  #customer = part();
  #agent = part();
  #fields = {
    q: this.#search,
    category: this.#category,
    channel: this.#channel,
    status: this.#status,
    customer: this.#customer,
    agent: this.#agent,
  };
  /** @type {number | undefined} */
  #typing;

  /** @param {Route} route */
  show({ parameters }) {
    if (!this.heading.isConnected) this.#build();
    this.#wanted = Object.fromEntries(FILTERS.map((name) => [name, parameters.get(name) ?? ""]));
    for (const [name, field] of Object.entries(this.#fields)) {
      if (document.activeElement !== field) field.value = this.#wanted[name];
    }
    this.load((signal) => this.#page(null, signal), (page) => this.#showFirst(page), { keep: true });
  }

  #build() {
    this.build("Streams");
    const form = element("form", { class: "fields", role: "search" }, [
      labelled("Part of the name", this.#search),
      labelled("Category", this.#category),
      labelled("Channel", this.#channel),
      labelled("Status", this.#status),
      labelled("Customer", this.#customer),
      labelled("Agent", this.#agent),
    ]);
    const values = () => Object.entries(this.#fields).map(([name, field]) => [name, field.value.trim()]);
    const apply = () => go(href("streams", null, Object.fromEntries(values())));
    for (const field of Object.values(this.#fields)) {
      if (field.localName === "select") field.addEventListener("change", apply);
      else
        field.addEventListener("input", () => {
          clearTimeout(this.#typing);
          this.#typing = setTimeout(apply, TYPING_MILLISECONDS);
        });
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      apply();
    });
    this.controls.replaceChildren(form);
  }

  /**
   * @param {string?} cursor
   * @param {AbortSignal} signal
   */
  #page(cursor, signal) {
    return read("streams", { ...this.#wanted, cursor, limit: PAGE }, signal);
  }

  /** @param {Api.Streams} page */
  #showFirst(page) {
    this.#rows.replaceChildren();
    const searched = Object.values(this.#wanted).some(Boolean);
    if (page.streams.length) this.body.replaceChildren(this.#rows, this.#more);
    else if (searched) this.body.replaceChildren(nothing("No stream matches", "Leave a filter out, or shorten it. Customers are found in conversations that you read in clear."));
    else this.body.replaceChildren(nothing("No event is recorded yet", "The first conversation will appear here."));
    this.#add(page);
  }

  /** @param {Api.Streams} page */
  #add({ streams, next }) {
    const rows = streams.map(row);
    this.#rows.append(...rows);
    this.#more.replaceChildren(...(next ? [actionButton("Load more", () => this.#loadMore(next))] : []));
    return rows[0];
  }

  /** @param {string} next */
  #loadMore(next) {
    this.load((signal) => this.#page(next, signal), (page) => this.#add(page)?.querySelector("a")?.focus(), { keep: true });
  }
}

function part() {
  return element("input", { type: "text", autocomplete: "off", spellcheck: "false", maxlength: 200, size: 12 });
}

/**
 * What a conversation is about, in its row.
 *
 * @param {Api.ConversationHead} conversation
 */
function about({ channel, status, customer, agents }) {
  return element("span", { class: "about" }, [
    stateBadge(status),
    ` ${channel}`,
    ...(customer ? [", ", ...maskedText(customer)] : []),
    agents.length ? `, ${agents.join(", ")}` : "",
  ]);
}

/** @param {Api.StreamHead} head */
function row({ stream, events, last_at, last_type, conversation }) {
  const count = events === 1 ? "1 event" : `${events} events`;
  return element("li", {}, element("a", { href: href("stream", stream) }, [
    streamName(stream),
    element("span", { class: "last" }, last_type),
    element("span", { class: "count" }, count),
    conversation ? about(conversation) : null,
    element("span", { class: "when" }, [timeOf(last_at), " ", element("span", { class: "quiet" }, ago(last_at))]),
  ]));
}

customElements.define("streams-view", StreamsView);
