// What plain text does not need is loaded when it is first needed: it has words and styles of its own.

/** @import { Loaded } from "./types" */
import { element } from "../base/elements.js";
import { pause } from "../base/event-stream.js";
import { effect, onStop, owned, signal } from "../base/signals.js";
import { backoff } from "./api.js";

/** @type {{ [language: string]: () => Promise<{ TEXTS: Loaded["texts"] }> }} */
const LANGUAGES = {
  ar: () => import("./texts/contents/ar.js"),
  de: () => import("./texts/contents/de.js"),
  en: () => import("./texts/contents/en.js"),
  es: () => import("./texts/contents/es.js"),
  fr: () => import("./texts/contents/fr.js"),
};
/**
 * What is loaded, or being loaded, by language.
 *
 * @type {Map<string, { loaded: Signal<Loaded?>, ready: Promise<Loaded> }>}
 */
const loads = new Map();

/** What shows and sends all that is no plain text, and its words, once both are here; null until then. */
export function later() {
  return loadOf(document.documentElement.lang).loaded.value;
}

/** The same when it is here. */
export function whenLoaded() {
  return loadOf(document.documentElement.lang).ready;
}

/** @param {string} language */
function loadOf(language) {
  if (!loads.has(language)) {
    /** @type {Signal<Loaded?>} */
    const loaded = signal(null);
    loads.set(language, { loaded, ready: load(language).then((all) => (loaded.value = all)) });
  }
  return /** @type {{ loaded: Signal<Loaded?>, ready: Promise<Loaded> }} */ (loads.get(language));
}

/**
 * @param {string} language
 * @returns {Promise<Loaded>}
 */
async function load(language) {
  const loading = () => Promise.all([import("./contents/contents.js"), LANGUAGES[language](), styles()]);
  const [view, { TEXTS }] = await persistently(loading);
  return { view, texts: TEXTS };
}

/**
 * A place in which something is drawn once it is needed: `draw` makes it of what `load` gets. It stops with its owner.
 *
 * @template Got
 * @param {() => unknown} isNeeded
 * @param {() => Promise<Got>} load
 * @param {(got: Got) => Node} draw
 */
export function drawnLater(isNeeded, load, draw) {
  const place = element("div", {});
  const leaving = new AbortController();
  let isLoading = false;
  onStop(() => leaving.abort());
  effect(() => {
    if (isLoading || !isNeeded()) return;
    isLoading = true;
    void persistently(load).then((loaded) => {
      const { made, stop } = owned(() => draw(loaded));
      leaving.signal.addEventListener("abort", stop);
      place.append(made);
    });
  });
  return place;
}

/**
 * Loads as often as it takes.
 *
 * @template Got
 * @param {() => Promise<Got>} load
 * @returns {Promise<Got>}
 */
async function persistently(load) {
  for (let failures = 0; ; failures += 1) {
    try {
      return await load();
    } catch {
      await pause(backoff(failures), new AbortController().signal);
    }
  }
}

/** The styles are here before what they are for, so that nothing is seen without them. */
function styles() {
  const href = new URL("contents/contents.css", import.meta.url).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return null;
  const sheet = element("link", { rel: "stylesheet", href });
  return new Promise((resolve, reject) => {
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", () => {
      sheet.remove();
      reject(new Error("the styles are not here"));
    });
    document.head.append(sheet);
  });
}
