// The inspection page: finds the view that the address names, and shows it to a user who is logged in.

/** @import { Place, Route, ShownView } from "./types" */
import "./account-menu.js";
import "./deliveries-view.js";
import "./delivery-view.js";
import "./event-view.js";
import "./find-view.js";
import "./floor-view.js";
import "./go-to.js";
import "./graph-view.js";
import "./live-view.js";
import "./log-in.js";
import "./state-view.js";
import "./stream-view.js";
import "./streams-view.js";
import { element } from "../base/elements.js";
import { ZONE } from "./instants.js";
import { entryOnShow, forgetPlaces, leave, placeAt } from "./places.js";
import { href, routeOf } from "./routes.js";
import { session } from "../base/session/session.js";

const VIEWS_OF_ALL = ["streams", "live", "floor", "deliveries", "find"];
const VIEWS_OF_ONE = ["stream", "event", "state", "graph", "delivery"];

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const forUsers = document.querySelectorAll("header nav, go-to, account-menu");

/** @type {{ view: ShownView, entry: string, address: string, route: Route? }?} */
let current = null;

function start() {
  session.probe = "inspect/v1/streams?limit=1";
  document.getElementById("zone")?.replaceChildren(ZONE);
  document.querySelector(".skip-link")?.addEventListener("click", skip);
  addEventListener("hashchange", () => show({ moved: true }));
  session.addEventListener("change", () => show({ moved: true }));
  show({ moved: false });
}

/**
 * Moves the focus to the content without changing the address, which names the view.
 *
 * @param {Event} event
 */
function skip(event) {
  event.preventDefault();
  main.focus();
  main.scrollIntoView();
}

/** @param {{ moved: boolean }} options */
function show({ moved }) {
  for (const part of forUsers) part.toggleAttribute("hidden", !session.open);
  const route = routeOf(location.hash);
  const entry = entryOnShow();
  const view = viewShown(route, entry, { moved });
  current = { view, entry, address: location.hash, route: session.open ? route : null };
  mark(route);
}

/**
 * Shows what the route names, in the view on show if it is the same one, and returns the view.
 *
 * @param {Route} route
 * @param {string} entry
 * @param {{ moved: boolean }} options
 */
function viewShown(route, entry, { moved }) {
  if (session.open && current?.route?.view === route.view && current.route.subject === route.subject) {
    current.view.show?.(route);
    return current.view;
  }
  if (session.open && current?.route) leave(current.entry, current.view, current.address);
  else forgetPlaces();
  const place = placeAt(entry, location.hash);
  return place ? comeBack(place, route) : replace(route, { moved });
}

/**
 * @param {Route} route
 * @param {{ moved: boolean }} options
 */
function replace(route, { moved }) {
  /** @type {ShownView} */
  const view = session.open ? viewOf(route) : document.createElement("log-in");
  main.replaceChildren(view);
  view.show?.(route);
  scrollTo(0, 0);
  name();
  if (moved) main.querySelector("h1")?.focus({ preventScroll: true });
  return view;
}

/**
 * Shows a view again as it was left.
 *
 * @param {Place} place
 * @param {Route} route
 */
function comeBack({ view, scroll, focused }, route) {
  main.replaceChildren(view);
  view.resume?.(route);
  scrollTo(0, scroll);
  name();
  (focused ?? main.querySelector("h1"))?.focus({ preventScroll: true });
  return view;
}

function name() {
  document.title = `${main.querySelector("h1")?.textContent} · Hybrid Chat Inspect`;
}

/**
 * @param {Route} route
 * @returns {ShownView}
 */
function viewOf(route) {
  const known = (route.subject ? VIEWS_OF_ONE : VIEWS_OF_ALL).includes(route.view);
  return known ? document.createElement(`${route.view}-view`) : notFound();
}

function notFound() {
  return element("div", { class: "view" }, [
    element("h1", { tabindex: "-1" }, "There is no such view"),
    element("p", {}, ["The address may be cut off. ", element("a", { href: href("streams") }, "All streams")]),
  ]);
}

/** @param {Route} route */
function mark(route) {
  const ofOne = VIEWS_OF_ONE.includes(route.view);
  const section = href(route.view === "delivery" ? "deliveries" : ofOne ? "streams" : route.view);
  for (const link of document.querySelectorAll("header nav a")) {
    if (link.getAttribute("href") === section) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

start();
