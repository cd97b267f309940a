// <api-navigation>: search, and the entries of each section.

/** @import { Entry, Section } from "./types" */
import { element } from "../base/elements.js";
import { method } from "./method.js";

const SHORTCUT = navigator.userAgent.includes("Mac") ? "⌘K" : "Ctrl+K";
const HAS_KEYBOARD = matchMedia("(hover: hover)").matches;
const NEAR_THE_TOP = "-8% 0px -80% 0px";

export class ApiNavigation extends HTMLElement {
  /** @type {Map<string, HTMLAnchorElement>} */
  #links = new Map();
  /** @type {Entry[]} */
  #entries = [];
  #main = element("main");
  /** @type {HTMLElement} */
  #nothing = this.#nothingFound();
  #count = element("p", { class: "count", role: "status" });
  #input = element("input", {
    type: "search",
    id: "search",
    placeholder: HAS_KEYBOARD ? `Search (${SHORTCUT})` : "Search",
    autocomplete: "off",
    spellcheck: "false",
  });

  /**
   * @param {Section[]} sections
   * @param {HTMLElement} main
   */
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

  /** @param {Section[]} sections */
  #list(sections) {
    const items = sections.map(({ id, name, entries }) =>
      element("li", { class: "nav-tag" }, [
        element("a", { href: `#${id}` }, name),
        element("ul", {}, entries.map((entry) => this.#item(entry))),
      ]),
    );
    return element("nav", { "aria-label": "Contents" }, element("ul", {}, items));
  }

  /** @param {Entry} entry */
  #item(entry) {
    const badge = entry.method ? [" ", method(entry.method)] : [];
    const link = element("a", { href: entry.href ?? `#${entry.id}` }, [element("span", {}, entry.title), ...badge]);
    this.#links.set(entry.id, link);
    return element("li", {}, link);
  }

  /** @param {string} text */
  #search(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.#entries.filter(({ searched }) => words.every((word) => searched.includes(word)));
    const kept = new Set(found.map(({ id }) => id));
    for (const [id, link] of this.#links) {
      for (const part of [link.parentElement, document.getElementById(id)]) part?.toggleAttribute("hidden", !kept.has(id));
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

  /**
   * Hides the sections without a match and, during a search, everything that is no entry.
   *
   * @param {boolean} searching
   */
  #hideEmpty(searching) {
    for (const tag of this.querySelectorAll(".nav-tag")) {
      tag.toggleAttribute("hidden", !tag.querySelector("li:not([hidden])"));
    }
    for (const section of this.#main.querySelectorAll(".tag")) {
      section.toggleAttribute("hidden", searching && !section.querySelector(".entry:not([hidden])"));
    }
    this.#main.querySelector(".introduction")?.toggleAttribute("hidden", searching);
  }

  /** Marks the entry that the reader has scrolled to, of those that are read on this page. */
  #followReading() {
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) this.#mark(target.id, isIntersecting);
    }, { rootMargin: NEAR_THE_TOP });
    const read = this.#entries.filter(({ href }) => !href);
    for (const { id } of read) observer.observe(/** @type {HTMLElement} */ (document.getElementById(id)));
  }

  /**
   * @param {string} id
   * @param {boolean} current
   */
  #mark(id, current) {
    const link = /** @type {HTMLElement} */ (this.#links.get(id));
    if (current) {
      link.setAttribute("aria-current", "true");
      const { offsetTop, offsetHeight } = link;
      if (offsetTop < this.scrollTop || offsetTop + offsetHeight > this.scrollTop + this.clientHeight) {
        this.scroll({ top: offsetTop - this.clientHeight / 2 });
      }
    } else {
      link.removeAttribute("aria-current");
    }
  }

  /** On a narrow screen the navigation opens over the page. */
  #bindMenu() {
    this.#button.addEventListener("click", () => (this.#isOpen ? this.close() : this.open()));
    this.addEventListener("click", (event) => /** @type {Element} */ (event.target).closest("a") && this.close());
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#isOpen) {
        this.close();
        this.#button.focus();
      }
    });
  }

  /** @returns {HTMLElement} */
  get #button() {
    return /** @type {HTMLElement} */ (document.querySelector(".menu-button"));
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

/**
 * @param {number} found
 * @param {number} all
 */
function counted(found, all) {
  if (found === all) return `${all} entries`;
  return found === 0 ? "Nothing matches" : `${found} of ${all} entries match`;
}

customElements.define("api-navigation", ApiNavigation);
