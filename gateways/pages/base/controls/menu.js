// A button that opens a menu. Arrow keys move in it, letters jump, Escape closes it.

/** @import { ButtonOptions, MenuEntry } from "./types" */
import { element } from "../elements.js";
import { icon } from "../icons.js";
import { button } from "./button.js";
import { notifyOfProblem } from "./notices.js";

let count = 0;

/**
 * The button and its menu. `entries` are asked for each time it opens.
 *
 * @param {string | (() => string)} words
 * @param {() => MenuEntry[]} entries
 * @param {ButtonOptions} [options]
 */
export function menuButton(words, entries, options = {}) {
  const id = `menu-${(count += 1)}`;
  const menu = element("div", { id, class: "menu", role: "menu", popover: "auto" });
  const opener = button(words, () => menu.togglePopover(), { ...options, "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id });
  menu.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "open") menu.replaceChildren(...entries().map((entry) => rowOf(entry, menu)));
  });
  menu.addEventListener("toggle", ({ newState }) => {
    opener.setAttribute("aria-expanded", String(newState === "open"));
    if (newState === "open") opened(menu, opener);
  });
  menu.addEventListener("keydown", (event) => moved(event, menu));
  opener.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    menu.showPopover();
  });
  const node = element("span", { class: "menu-place" }, [opener, menu]);
  return { node, opener, open: () => menu.showPopover() };
}

/**
 * @param {MenuEntry} entry
 * @param {HTMLElement} menu
 */
function rowOf(entry, menu) {
  if (entry === null) return element("hr", {});
  const { words, act, icon: name, checked, hint } = entry;
  const chosen = () => {
    menu.hidePopover();
    Promise.resolve(act()).catch(notifyOfProblem);
  };
  const role = checked === undefined ? "menuitem" : "menuitemradio";
  return element("button", { type: "button", role, tabindex: "-1", "aria-checked": checked === undefined ? null : String(checked), onclick: chosen }, [
    name ? icon(name) : null,
    element("span", {}, words),
    hint ? element("span", { class: "quiet" }, hint) : null,
    checked ? icon("check") : null,
  ]);
}

/**
 * Puts the menu under its button, and the focus on its first entry.
 *
 * @param {HTMLElement} menu
 * @param {HTMLElement} opener
 */
function opened(menu, opener) {
  const place = opener.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.max(8, Math.min(place.left, innerWidth - width - 8));
  const below = place.bottom + 4;
  menu.style.left = `${left}px`;
  menu.style.top = `${below + height > innerHeight - 8 ? Math.max(8, place.top - height - 4) : below}px`;
  const rows = rowsOf(menu);
  (rows.find((row) => row.getAttribute("aria-checked") === "true") ?? rows[0])?.focus();
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} menu
 */
function moved(event, menu) {
  const rows = rowsOf(menu);
  const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = nextRow(event.key, at, rows);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/**
 * @param {string} key
 * @param {number} at
 * @param {HTMLElement[]} rows
 */
function nextRow(key, at, rows) {
  if (key === "ArrowDown") return rows[(at + 1) % rows.length];
  if (key === "ArrowUp") return rows.at(at - 1);
  if (key === "Home") return rows[0];
  if (key === "End") return rows.at(-1);
  if (key.length !== 1) return undefined;
  const behind = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
  return behind.find((row) => row.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}

/** @param {HTMLElement} menu */
function rowsOf(menu) {
  return /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[role^=menuitem]")]);
}
