// <go-to>: opens whatever the pages show, by its id, the end of its id, its name or its position.

/** @import { Failure } from "./types" */
import { element } from "../base/elements.js";
import { read } from "./api.js";
import { addressOfFinding } from "./find-view.js";
import { go, href } from "./routes.js";

class GoTo extends HTMLElement {
  #input = element("input", {
    type: "text",
    placeholder: "Open an id, a name or a position",
    "aria-label": "Open an id, a name or a position",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    maxlength: 300,
    "aria-describedby": "go-to-wrong",
  });
  #wrong = element("p", { class: "wrong", id: "go-to-wrong", role: "alert" });

  connectedCallback() {
    const form = element("form", { role: "search", "aria-label": "Open" }, [
      this.#input,
      element("button", { type: "submit", class: "action" }, "Open"),
    ]);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#open(this.#input.value.trim());
    });
    this.#input.addEventListener("input", () => (this.#wrong.textContent = ""));
    this.replaceChildren(form, this.#wrong);
  }

  /** @param {string} wanted */
  async #open(wanted) {
    if (!wanted) return;
    try {
      go(await addressOf(wanted));
      this.#input.value = "";
    } catch (error) {
      const { message, detail = "" } = /** @type {Failure} */ (error);
      this.#wrong.textContent = `${message}. ${detail}`;
    }
  }
}

/**
 * The address of the only thing that the text means, or of the list of all that it may mean.
 *
 * @param {string} wanted
 */
async function addressOf(wanted) {
  const { found } = await read("find", { q: wanted });
  return found.length === 1 ? addressOfFinding(found[0]) : href("find", null, { q: wanted });
}

customElements.define("go-to", GoTo);
