// <streams-view>: all streams, the one with the newest event first.

import { element } from "../base/elements.js";
import { read } from "./api.js";
import { ago } from "./instants.js";
import { go, href } from "./routes.js";
import { streamName, timeOf } from "./values.js";
import { View, actionButton, labelled, nothing } from "./view.js";

const PAGE = 50;
const TYPING_MILLISECONDS = 250;
const CATEGORIES = ["conversation", "agent", "router", "configuration"];

class StreamsView extends View {
  #wanted = {};
  #rows = element("ul", { class: "streams" });
  #more = element("div", { class: "more" });
  #search = element("input", { type: "search", autocomplete: "off", spellcheck: "false", maxlength: 200 });
  #category = element("select", {}, [
    element("option", { value: "" }, "All categories"),
    ...CATEGORIES.map((name) => element("option", { value: name }, name)),
  ]);
  #typing = null;

  show({ parameters }) {
    if (!this.heading.isConnected) this.#build();
    this.#wanted = { q: parameters.get("q") ?? "", category: parameters.get("category") ?? "" };
    if (document.activeElement !== this.#search) this.#search.value = this.#wanted.q;
    this.#category.value = this.#wanted.category;
    this.load((signal) => this.#page(null, signal), (page) => this.#showFirst(page), { keep: true });
  }

  #build() {
    this.build("Streams");
    const form = element("form", { class: "fields", role: "search" }, [
      labelled("Part of the name", this.#search),
      labelled("Category", this.#category),
    ]);
    const apply = () => go(href("streams", null, { q: this.#search.value.trim(), category: this.#category.value }));
    this.#search.addEventListener("input", () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(apply, TYPING_MILLISECONDS);
    });
    this.#category.addEventListener("change", apply);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      apply();
    });
    this.controls.replaceChildren(form);
  }

  #page(cursor, signal) {
    return read("streams", { ...this.#wanted, cursor, limit: PAGE }, signal);
  }

  #showFirst(page) {
    this.#rows.replaceChildren();
    const searched = this.#wanted.q || this.#wanted.category;
    if (page.streams.length) this.body.replaceChildren(this.#rows, this.#more);
    else if (searched) this.body.replaceChildren(nothing("No stream matches", "Try a shorter part of the name, or all categories."));
    else this.body.replaceChildren(nothing("No event is recorded yet", "The first conversation will appear here."));
    this.#add(page);
  }

  #add({ streams, next }) {
    const rows = streams.map(row);
    this.#rows.append(...rows);
    this.#more.replaceChildren(...(next ? [actionButton("Load more", () => this.#loadMore(next))] : []));
    return rows[0];
  }

  #loadMore(next) {
    const show = (page) => this.#add(page)?.querySelector("a").focus();
    this.load((signal) => this.#page(next, signal), show, { keep: true });
  }
}

function row({ stream, events, last_at, last_type }) {
  const count = events === 1 ? "1 event" : `${events} events`;
  return element("li", {}, element("a", { href: href("stream", stream) }, [
    streamName(stream),
    element("span", { class: "last" }, last_type),
    element("span", { class: "count" }, count),
    element("span", { class: "when" }, [timeOf(last_at), " ", element("span", { class: "quiet" }, ago(last_at))]),
  ]));
}

customElements.define("streams-view", StreamsView);
