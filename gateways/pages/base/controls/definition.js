// What a figure means, opened by a small button beside its name.

import { element } from "../elements.js";
import { icon } from "../icons.js";
import { shared } from "../words/shared.js";

let count = 0;

/**
 * The button, which opens the text by pointer or keyboard; Escape closes it.
 *
 * @param {string} name of what is defined
 * @param {string} text
 */
export function definition(name, text) {
  const id = `definition-${(count += 1)}`;
  /** @type {HTMLElement | null} */
  let panel = null;
  const opener = element("button", { type: "button", class: "definition", "aria-label": shared("definition.of", { name }), "aria-expanded": "false", "aria-controls": id, onclick: () => toggle() }, icon("info"));
  const place = element("span", { class: "definition-place" }, [opener]);

  function toggle() {
    if (!panel) {
      panel = element("div", { id, class: "definition-text", popover: "auto", role: "note" }, [element("strong", {}, name), element("p", {}, text)]);
      panel.addEventListener("toggle", ({ newState }) => opener.setAttribute("aria-expanded", String(newState === "open")));
      place.append(panel);
    }
    panel.togglePopover();
    if (panel.matches(":popover-open")) putUnder(panel, opener);
  }
  return place;
}

/**
 * @param {HTMLElement} panel
 * @param {HTMLElement} opener
 */
function putUnder(panel, opener) {
  const place = opener.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const below = place.bottom + 4;
  panel.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
  panel.style.top = `${below + height > innerHeight - 8 ? Math.max(8, place.top - height - 4) : below}px`;
}
