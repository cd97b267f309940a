// Where the customer writes. The draft is kept as it is typed; Enter sends, and Shift and Enter begin a line.

import { element } from "../base/elements.js";

const DRAFT_MILLISECONDS = 300;
const MAX_CHARACTERS = 4096; // of the API's texts

/** The composer as an element. `send(text)` is called with what was written. */
export function composer({ chat, texts, send }) {
  const field = element("textarea", {
    rows: "1",
    dir: "auto",
    maxlength: String(MAX_CHARACTERS),
    "aria-label": texts.write,
    placeholder: texts.write,
    enterkeyhint: "send",
    autocapitalize: "sentences",
  });
  const button = element("button", { type: "submit", class: "send", "aria-label": texts.send }, arrow());
  const form = element("form", { class: "composer" }, [field, button]);
  let keeping = null;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    field.focus();
    if (!text) return;
    clearTimeout(keeping);
    field.value = "";
    send(text);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  field.addEventListener("input", () => {
    chat.typing();
    clearTimeout(keeping);
    keeping = setTimeout(() => chat.keepDraft(field.value), DRAFT_MILLISECONDS);
  });
  addEventListener("pagehide", () => field.value && chat.keepDraft(field.value));

  field.value = chat.draft;
  return { form, field };
}

function arrow() {
  const space = "http://www.w3.org/2000/svg";
  const icon = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  path.setAttribute("d", "M3 20.5 21 12 3 3.5 3 10l12 2-12 2z");
  icon.append(path);
  return icon;
}
