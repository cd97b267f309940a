// The page of the widget: a log-in, then the channels with a widget, of which one is shown.

import { codeBlock } from "../base/code-block.js";
import { element } from "../base/elements.js";
import { effect, onStop, owned, signal } from "../base/signals.js";
import { Editor } from "./editor.js";
import { logInView } from "./log-in.js";
import { call, isAsking, logOut, user } from "./session.js";

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const account = /** @type {HTMLElement} */ (document.querySelector(".account"));
let stop = () => {};
let isDrawn = false;

effect(() => {
  const isHere = user.value !== null;
  if (isHere === isDrawn) return;
  isDrawn = isHere;
  if (isHere) void open();
  else showLogIn();
});
effect(() => {
  const now = user.value;
  const leave = element("button", { type: "button", class: "plain", onclick: () => logOut() }, "Log out");
  account.replaceChildren(...(now ? [element("span", { class: "quiet" }, [now.name, now.role].filter(Boolean).join(", ")), leave] : []));
});
effect(() => {
  if (isAsking.value) askAgain();
});
showLogIn();

function showLogIn() {
  stop();
  stop = () => {};
  main.replaceChildren(logInView("Try and configure the chat", "For administrators. Supervisors may look at everything."));
}

/** Asks for a log-in above the page, which stays as it is. */
function askAgain() {
  const dialog = element("dialog", { "aria-labelledby": "log-in-heading" }, [
    logInView("Log in again", "Your session has ended. What you have typed is still here."),
  ]);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(dialog);
  dialog.showModal();
  const { stop: done } = owned(() =>
    effect(() => {
      if (isAsking.value) return;
      dialog.close();
      dialog.remove();
      done?.();
    }),
  );
}

async function open() {
  main.replaceChildren(element("p", { role: "status" }, "Loading the channels…"));
  try {
    const channels = await allChannels();
    const { made, stop: end } = owned(() => workshop(channels));
    stop = end;
    main.replaceChildren(...made);
    main.querySelector("h1")?.focus();
  } catch (error) {
    const again = element("button", { type: "button", class: "button", onclick: open }, "Try again");
    main.replaceChildren(element("p", { role: "alert" }, /** @type {Error} */ (error).message), again);
  }
}

async function allChannels() {
  /** @type {{ [name: string]: Api.Channel }} */
  const found = {};
  for (let after = ""; ; ) {
    const page = await call("GET admin/v1/channels", { query: { after } });
    Object.assign(found, page.items);
    if (page.next === null) return found;
    after = page.next;
  }
}

/** @param {{ [name: string]: Api.Channel }} channels */
function workshop(channels) {
  const of = (/** @type {string} */ kind) => Object.keys(channels).filter((name) => (channels[name].kind ?? "web") === kind);
  const names = of("web");
  const heading = element("h1", { tabindex: "-1" }, "The chat on your website");
  if (!names.length) return [heading, ...emptyView()];

  /** @type {Map<string, Editor>} */
  const editors = new Map();
  const wanted = decodeURIComponent(location.hash.slice(1));
  const chosen = signal(names.includes(wanted) ? wanted : names[0]);
  const place = element("div", {});
  const options = names.map((name) => element("option", { value: name, selected: name === chosen.peek() }, name));
  const select = element("select", { id: "channel" }, options);
  select.addEventListener("input", () => (chosen.value = select.value));
  /** @type {(() => void)[]} */
  const stops = [];
  const drawn = (/** @type {string} */ name) => {
    const { made, stop: end } = owned(() => new Editor(name, channels[name], of("callback")));
    stops.push(end);
    editors.set(name, made);
    return made;
  };
  effect(() => {
    const name = chosen.value;
    history.replaceState(null, "", `#${name}`);
    const before = editors.get(name);
    place.replaceChildren((before ?? drawn(name)).view);
    before?.load();
  });
  const leaving = new AbortController();
  const warn = (/** @type {Event} */ event) => {
    if ([...editors.values()].some(({ isChanged }) => isChanged)) event.preventDefault();
  };
  addEventListener("beforeunload", warn, { signal: leaving.signal });
  onStop(() => {
    leaving.abort();
    for (const end of stops) end();
  });
  return [
    element("div", { class: "head" }, [
      heading,
      element("div", { class: "field inline" }, [element("label", { class: "label", for: "channel" }, "Channel"), select]),
      element("button", { type: "button", class: "plain", onclick: goToSnippet }, "Get the code"),
    ]),
    place,
  ];
}

function goToSnippet() {
  const heading = main.querySelector("#snippet-heading");
  if (!(heading instanceof HTMLElement)) return;
  heading.scrollIntoView();
  heading.focus();
}

function emptyView() {
  const example = '[channels.web]\nqueue = "support"\nallowed_origins = ["https://www.example.org"]';
  return [
    element("p", {}, "There is no channel of kind web yet. Each website has one. Add it to the configuration, with the name of one of your queues:"),
    codeBlock("Configuration", example),
    element("p", {}, ["The guide says how: ", element("a", { href: "../docs/guides/configuration.md" }, "configuration"), "."]),
  ];
}
