// The callback in the widget. It is loaded when a visitor asks for it: the form, and then the callback that was made.

/** @import { CallbackParts, Leaving, Texts, ViewParts, Waiting } from "./types" */
import { element } from "../base/elements.js";
import { pause } from "../base/event-stream.js";
import { computed, effect } from "../base/signals.js";
import { backoff, call } from "./api.js";
import { callbackCard } from "./callback-card.js";
import { callbackForm } from "./callback-form.js";
import { CallbackRequest } from "./callback-request.js";
import { callbackTexts } from "./callback-texts.js";

/** @type {CallbackRequest?} */
let request = null; // one for the page: the view may be drawn anew, in another language

/**
 * The callback as an element, which fills itself. `callbackChannel` is the channel for callbacks, `storage` the chat's,
 * `name` the visitor's if it is known. `isWaiting()` says whether the visitor waits in the chat, and `leave()` goes back
 * there, if there is one. With an event "forget" the visitor is somebody else.
 *
 * @param {Pick<ViewParts, "texts" | "locale" | "storage"> & Leaving & Waiting & { callbackChannel: string, name?: string? }} parts
 */
export function callbackView({ callbackChannel, texts, locale, storage, name, isWaiting, leave }) {
  const view = element("section", { class: "callback", tabindex: "-1", "aria-busy": "true", "aria-labelledby": "callback-title" });
  const asking = (request ??= new CallbackRequest(callbackChannel, storage));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  asking.resume();
  void fill(view, { asking, callbackChannel, texts, locale, zone, name, isWaiting, leave, lasting: () => storage.lasting });
  return view;
}

/**
 * @param {HTMLElement} view
 * @param {Pick<ViewParts, "texts"> & Omit<CallbackParts, "texts"> & Leaving & Waiting & { callbackChannel: string, lasting: () => boolean }} given
 */
async function fill(view, given) {
  const { asking } = given;
  const [, own] = await patiently(view, given, () => Promise.all([styled(), callbackTexts(document.documentElement.lang)]));
  const context = { ...given, texts: { ...own, ...given.texts } };
  const back = given.leave ? [element("button", { type: "button", class: "back", onclick: given.leave }, [arrow(), context.texts.callBack])] : [];
  const show = (/** @type {HTMLElement} */ content) => put(view, [...back, content]);
  const isAsked = computed(() => asking.status.value !== "none");
  /** @type {HTMLElement?} */
  let form = null;
  const again = () => {
    form = null;
    if (isAsked.peek()) asking.forget();
    else void showForm();
  };
  view.addEventListener("forget", again);
  effect(() => {
    if (isAsked.value) show(callbackCard({ ...context, again }));
    else void showForm();
  });

  /** The form, for which the server is asked. It stays, with what was typed, while the server has not taken that. */
  async function showForm() {
    if (!form) {
      const channel = encodeURIComponent(given.callbackChannel);
      const options = await patiently(view, given, () => call("GET", `callback-options?channel=${channel}`));
      form = callbackForm({ ...context, options });
    }
    if (!isAsked.peek()) show(form);
  }
}

/**
 * Puts the content into the view, and the focus to its heading if the focus was in the view.
 *
 * @param {HTMLElement} view
 * @param {HTMLElement[]} content
 */
function put(view, content) {
  const hadFocus = view.contains(document.activeElement);
  view.replaceChildren(...content);
  view.removeAttribute("aria-busy");
  view.scrollTop = 0;
  if (hadFocus) view.querySelector("h2")?.focus();
}

function arrow() {
  return element("span", { class: "arrow", "aria-hidden": "true" }, "‹");
}

/**
 * Tries until it succeeds, and says so meanwhile.
 *
 * @template Done
 * @param {HTMLElement} view
 * @param {{ texts: Texts }} parts
 * @param {() => Promise<Done>} work
 */
async function patiently(view, { texts }, work) {
  view.setAttribute("aria-busy", "true");
  for (let failures = 0; ; failures += 1) {
    try {
      return await work();
    } catch {
      view.replaceChildren(element("p", { id: "callback-title", role: "status" }, texts.offline));
      await pause(backoff(failures), new AbortController().signal);
    }
  }
}

/** Adds the stylesheet once, and waits for it. */
function styled() {
  const address = new URL("callback.css", import.meta.url).href;
  if (document.querySelector(`link[href="${address}"]`)) return null;
  return new Promise((resolve, reject) => {
    const link = element("link", { rel: "stylesheet", href: address, onload: resolve });
    link.addEventListener("error", () => {
      link.remove();
      reject(new Error("the styles did not come"));
    });
    document.head.append(link);
  });
}
