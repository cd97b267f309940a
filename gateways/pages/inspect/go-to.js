// <go-to>: opens a stream, an event, a conversation or a correlation by its id.

import { element } from "../base/elements.js";
import { read } from "./api.js";
import { go, href } from "./routes.js";

const STREAM = /^(conversation|agent|router|configuration)-./;

class GoTo extends HTMLElement {
  #input = element("input", {
    type: "text",
    placeholder: "Open an id or a stream",
    "aria-label": "Open an id or a stream",
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

  async #open(wanted) {
    if (!wanted) return;
    try {
      go(await found(wanted));
      this.#input.value = "";
    } catch (error) {
      this.#wrong.textContent = error.status === 404 ? "Nothing has this id." : `${error.message}. ${error.detail ?? ""}`;
    }
  }
}

async function found(wanted) {
  if (STREAM.test(wanted)) return href("stream", wanted);
  try {
    await read(`events/${encodeURIComponent(wanted)}`);
    return href("event", wanted);
  } catch (error) {
    if (error.status !== 404) throw error;
  }
  await read(`correlations/${encodeURIComponent(wanted)}`, { limit: 1 });
  return href("graph", wanted);
}

customElements.define("go-to", GoTo);
