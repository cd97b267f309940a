// The inspection page: finds the view that the address names, and shows it to a user who is logged in.

import "./account-menu.js";
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
import { session } from "./session.js";

const VIEWS_OF_ALL = ["streams", "live", "floor", "find"];
const VIEWS_OF_ONE = ["stream", "event", "state", "graph"];

const main = document.querySelector("main");
const forUsers = document.querySelectorAll("header nav, go-to, account-menu");

let current = null;

function start() {
  document.getElementById("zone").textContent = ZONE;
  document.querySelector(".skip-link").addEventListener("click", skip);
  addEventListener("hashchange", () => show({ moved: true }));
  session.addEventListener("change", () => show({ moved: true }));
  show({ moved: false });
}

/** Moves the focus to the content without changing the address, which names the view. */
function skip(event) {
  event.preventDefault();
  main.focus();
  main.scrollIntoView();
}

function show({ moved }) {
  for (const part of forUsers) part.hidden = !session.open;
  const route = routeOf(location.hash);
  const entry = entryOnShow();
  if (session.open && current?.route?.view === route.view && current.route.subject === route.subject) {
    current.view.show?.(route);
  } else {
    if (session.open && current?.route) leave(current.entry, current.view, current.address);
    else forgetPlaces();
    const place = placeAt(entry, location.hash);
    if (place) comeBack(place, route);
    else replace(route, { moved });
  }
  Object.assign(current, { entry, address: location.hash, route: session.open ? route : null });
  mark(route);
}

function replace(route, { moved }) {
  const view = session.open ? viewOf(route) : document.createElement("log-in");
  current = { view };
  main.replaceChildren(view);
  view.show?.(route);
  scrollTo(0, 0);
  name();
  if (moved) main.querySelector("h1")?.focus({ preventScroll: true });
}

/** Shows a view again as it was left. */
function comeBack({ view, scroll, focused }, route) {
  current = { view };
  main.replaceChildren(view);
  view.resume?.(route);
  scrollTo(0, scroll);
  name();
  (focused ?? main.querySelector("h1"))?.focus({ preventScroll: true });
}

function name() {
  document.title = `${main.querySelector("h1").textContent} · Hybrid Chat Inspect`;
}

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

function mark(route) {
  const section = href(VIEWS_OF_ONE.includes(route.view) ? "streams" : route.view);
  for (const link of document.querySelectorAll("header nav a")) {
    if (link.getAttribute("href") === section) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

start();
