// <api-navigation>: search, and the entries of each section.

import { element } from "../base/elements.js";
import { method } from "./method.js";

const SHORTCUT = navigator.userAgent.includes("Mac") ? "⌘K" : "Ctrl+K";
const HAS_KEYBOARD = matchMedia("(hover: hover)").matches;
const NEAR_THE_TOP = "-8% 0px -80% 0px";

class ApiNavigation extends HTMLElement {
  #links = new Map();
  #entries = [];
  #main = null;
  #nothing = this.#nothingFound();
  #count = element("p", { class: "count", role: "status" });
  #input = element("input", {
    type: "search",
    id: "search",
    placeholder: HAS_KEYBOARD ? `Search (${SHORTCUT})` : "Search",
    autocomplete: "off",
    spellcheck: "false",
  });

  show(sections, main) {
    this.#entries = sections.flatMap(({ entries }) => entries);
    this.#main = main;
    main.append(this.#nothing);
    this.replaceChildren(this.#searchField(), this.#list(sections));
    this.#search("");
    this.#followReading();
    this.#bindMenu();
  }

  #searchField() {
    this.#input.addEventListener("input", () => this.#search(this.#input.value));
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.open();
      this.#input.focus();
    });
    const label = element("label", { for: "search", class: "visually-hidden" }, "Search operations, events and guides");
    return element("search", {}, [label, this.#input, this.#count]);
  }

  #list(sections) {
    const items = sections.map(({ id, name, entries }) =>
      element("li", { class: "nav-tag" }, [
        element("a", { href: `#${id}` }, name),
        element("ul", {}, entries.map((entry) => this.#item(entry))),
      ]),
    );
    return element("nav", { "aria-label": "Contents" }, element("ul", {}, items));
  }

  #item(entry) {
    const badge = entry.method ? [" ", method(entry)] : [];
    const link = element("a", { href: entry.href ?? `#${entry.id}` }, [element("span", {}, entry.title), ...badge]);
    this.#links.set(entry.id, link);
    return element("li", {}, link);
  }

  #search(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.#entries.filter(({ searched }) => words.every((word) => searched.includes(word)));
    const kept = new Set(found.map(({ id }) => id));
    for (const [id, link] of this.#links) {
      link.parentElement.hidden = !kept.has(id);
      document.getElementById(id).hidden = !kept.has(id);
    }
    this.#hideEmpty(words.length > 0);
    this.#nothing.hidden = found.length > 0;
    this.#count.textContent = counted(found.length, this.#entries.length);
  }

  #nothingFound() {
    const clear = element("button", { type: "button", class: "button" }, "Clear the search");
    clear.addEventListener("click", () => {
      this.#input.value = "";
      this.#search("");
      this.#input.focus();
    });
    return element("div", { hidden: true }, [element("p", { class: "lead" }, "Nothing matches the search."), clear]);
  }

  /** Hides the sections without a match and, during a search, everything that is no entry. */
  #hideEmpty(searching) {
    for (const tag of this.querySelectorAll(".nav-tag")) tag.hidden = !tag.querySelector("li:not([hidden])");
    for (const section of this.#main.querySelectorAll(".tag")) {
      section.hidden = searching && !section.querySelector(".entry:not([hidden])");
    }
    this.#main.querySelector(".introduction").hidden = searching;
  }

  /** Marks the entry that the reader has scrolled to, of those that are read on this page. */
  #followReading() {
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) this.#mark(this.#links.get(target.id), isIntersecting);
    }, { rootMargin: NEAR_THE_TOP });
    const read = this.#entries.filter(({ href }) => !href);
    for (const { id } of read) observer.observe(document.getElementById(id));
  }

  #mark(link, current) {
    if (current) {
      link.setAttribute("aria-current", "true");
      const { offsetTop, offsetHeight } = link;
      if (offsetTop < this.scrollTop || offsetTop + offsetHeight > this.scrollTop + this.clientHeight) {
        this.scrollTop = offsetTop - this.clientHeight / 2;
      }
    } else {
      link.removeAttribute("aria-current");
    }
  }

  /** On a narrow screen the navigation opens over the page. */
  #bindMenu() {
    this.#button.addEventListener("click", () => (this.#isOpen ? this.close() : this.open()));
    this.addEventListener("click", (event) => event.target.closest("a") && this.close());
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#isOpen) {
        this.close();
        this.#button.focus();
      }
    });
  }

  get #button() {
    return document.querySelector(".menu-button");
  }

  get #isOpen() {
    return this.#button.getAttribute("aria-expanded") === "true";
  }

  open() {
    this.#button.setAttribute("aria-expanded", "true");
    this.classList.add("open");
  }

  close() {
    this.#button.setAttribute("aria-expanded", "false");
    this.classList.remove("open");
  }
}

function counted(found, all) {
  if (found === all) return `${all} entries`;
  return found === 0 ? "Nothing matches" : `${found} of ${all} entries match`;
}

customElements.define("api-navigation", ApiNavigation);
