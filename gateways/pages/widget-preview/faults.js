// Faults at the fields that they are about.

/** @import { Fault } from "./types" */
import { element } from "../base/elements.js";

let count = 0;

/**
 * Shows each fault at its field, in place of those that were there, and moves the focus to the first. Returns those
 * that no field of the form is about.
 *
 * @param {HTMLElement} form
 * @param {Fault[]} faults
 */
export function showFaults(form, faults) {
  clearFaults(form);
  const placed = faults.map((fault) => ({ fault, at: placeOf(form, fault.path) }));
  for (const { fault, at } of placed) if (at) showAt(at, fault.message);
  const first = form.querySelector('[aria-invalid="true"], .fault');
  const focusable = "input, select, textarea, button";
  const target = first?.matches(focusable) ? first : first?.parentElement?.querySelector(focusable);
  /** @type {HTMLElement | null | undefined} */ (target)?.focus();
  return placed.filter(({ at }) => !at).map(({ fault }) => fault);
}

/** @param {HTMLElement} form */
export function clearFaults(form) {
  for (const fault of form.querySelectorAll(".fault")) fault.remove();
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    describe(control, hintsOf(control));
  }
}

/**
 * The last field at the path, else the nearest that it is within.
 *
 * @param {HTMLElement} form
 * @param {string} path
 */
function placeOf(form, path) {
  const marked = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-path]")]).filter(
    (each) => each.dataset.path && !each.closest("[hidden]"),
  );
  const exact = marked.filter((each) => each.dataset.path === path).at(-1);
  if (exact) return exact;
  const around = marked.filter((each) => isWithin(path, String(each.dataset.path)));
  return around.sort((one, other) => String(one.dataset.path).length - String(other.dataset.path).length).at(-1);
}

/**
 * @param {string} path
 * @param {string} place
 */
function isWithin(path, place) {
  return path.startsWith(place) && [".", "[", "#"].includes(path[place.length]);
}

/**
 * @param {HTMLElement} at
 * @param {string} message
 */
function showAt(at, message) {
  const fault = element("p", { class: "fault", id: `fault-${(count += 1)}` }, sentence(message));
  if (at.matches("input, select, textarea")) {
    at.setAttribute("aria-invalid", "true");
    describe(at, [...hintsOf(at), fault.id]);
    (at.closest(".field") ?? at).append(fault);
  } else at.prepend(fault);
}

/** @param {string} message */
function sentence(message) {
  return `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.$/, "")}.`;
}

/** @param {Element} control */
function hintsOf(control) {
  return (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && !id.startsWith("fault-"));
}

/**
 * @param {Element} control
 * @param {string[]} ids
 */
function describe(control, ids) {
  if (ids.length) control.setAttribute("aria-describedby", ids.join(" "));
  else control.removeAttribute("aria-describedby");
}
