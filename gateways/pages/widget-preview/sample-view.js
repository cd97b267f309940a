// The sample site in a frame, with the widget of the channel as it is saved. Colours are followed as they are chosen.

/** @import { Chat, Choice } from "./types" */
import { element } from "../base/elements.js";
import { effect, signal } from "../base/signals.js";
import { drawnColour } from "./accent.js";
import { choiceField, field } from "./fields.js";
import { segments } from "./segments.js";

/** @type {Choice[]} */
const LANGUAGES = [
  ["en", "English"],
  ["de", "Deutsch"],
  ["fr", "Français"],
  ["es", "Español"],
  ["ar", "العربية"],
];
const DESKTOP_PIXELS = 720;
const OPENING_MILLISECONDS = 3000;

export class SampleView {
  #channel;
  #widget;
  #size = signal(matchMedia("(max-width: 40rem)").matches ? "phone" : "desktop");
  #scheme = signal(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  #language = choiceField("Language", LANGUAGES.find(([tag]) => navigator.language.startsWith(tag))?.[0] ?? "en", LANGUAGES);
  #page = element("input", { type: "text", ".value": "/", autocomplete: "off", spellcheck: "false" });
  #frame = element("iframe", { title: "The sample site with the chat", allow: "clipboard-write; geolocation" });
  #isOpen = false;
  #hasAccent = false;

  /**
   * `widget` returns the settings as they are typed; `isChanged` is whether they are not saved.
   *
   * @param {string} channel
   * @param {() => Api.Widget} widget
   * @param {Readable<boolean>} isChanged
   */
  constructor(channel, widget, isChanged) {
    this.#channel = channel;
    this.#widget = widget;
    this.view = element("section", { class: "card preview", "aria-labelledby": "preview-heading" }, [
      element("h2", { id: "preview-heading" }, "Preview"),
      this.#tools(),
      element("p", { class: "hint", role: "status" }, () =>
        isChanged.value
          ? "Colours follow what you choose. All else is here as soon as it is saved."
          : "This is the chat as your visitors have it now. What you write in it reaches your bots and agents.",
      ),
      this.#stage(),
    ]);
    effect(() => {
      void this.#scheme.value;
      this.load();
    });
  }

  /** Loads the site anew. */
  load() {
    const query = {
      channel: this.#channel,
      language: this.#language.read("", []),
      scheme: this.#scheme.peek(),
      page: this.#page.value,
      at: String(Date.now()),
    };
    const address = new URL(`preview/site?${new URLSearchParams(query)}`, location.href);
    const window = this.#frame.src ? this.#frame.contentWindow : null;
    if (window) window.location.replace(address); // leaves no entry behind in the browser's history
    else this.#frame.src = address.href;
  }

  /** Loads the site with what has been saved just now. */
  async reload() {
    await refreshed(this.#channel);
    this.load();
  }

  /** Has the chat take the colours that are chosen. */
  paint() {
    const { accent, theme = "system" } = this.#widget();
    if (accent || this.#hasAccent) this.#host()?.style.setProperty("--hc-accent", drawnColour(accent ?? ""));
    chatIn(this.#frame)?.theme(theme === "system" ? this.#scheme.peek() : theme);
  }

  #tools() {
    const load = () => this.load();
    this.#language.node.addEventListener("input", load);
    this.#page.addEventListener("change", load);
    return element("div", { class: "tools" }, [
      segments("Width", this.#size, [["desktop", "Desktop"], ["phone", "Phone"]]),
      segments("Colours", this.#scheme, [["light", "Light"], ["dark", "Dark"]]),
      this.#language.node,
      field("Page", this.#page),
      element("button", { type: "button", class: "plain", onclick: load }, "Start again"),
    ]);
  }

  /** Where there is less room than a desktop has, the site is drawn smaller. */
  #stage() {
    this.#frame.addEventListener("load", () => this.#loaded());
    const stage = element("div", { class: "stage", "data-size": () => this.#size.value }, this.#frame);
    new ResizeObserver(([{ contentRect }]) => {
      const share = Math.min(1, contentRect.width / DESKTOP_PIXELS);
      this.#frame.style.setProperty("--share", String(share));
    }).observe(stage);
    return stage;
  }

  /** A chat that was open before is open again. */
  #loaded() {
    const chat = chatIn(this.#frame);
    if (!chat) return;
    chat.on("open", () => (this.#isOpen = true));
    chat.on("close", () => (this.#isOpen = false));
    if (this.#isOpen) keepingFocus(this.#frame, () => chat.open());
    this.#hasAccent = Boolean(this.#host()?.style.getPropertyValue("--hc-accent"));
    this.paint();
  }

  /** The element of the widget in the site. */
  #host() {
    const children = this.#frame.contentDocument?.documentElement?.children ?? [];
    return /** @type {HTMLElement | undefined} */ ([...children].find((child) => child.shadowRoot));
  }
}

/**
 * Has the browser forget the settings that it keeps for a few seconds.
 *
 * @param {string} channel
 */
async function refreshed(channel) {
  const queries = LANGUAGES.map(([language]) => new URLSearchParams({ channel, language }));
  await Promise.allSettled(queries.map((query) => fetch(`../customer/v1/widget?${query}`, { cache: "reload" })));
}

/**
 * What the widget offers to the page that it is on; undefined before it is there.
 *
 * @param {HTMLIFrameElement} frame
 */
function chatIn(frame) {
  return /** @type {{ hybridchat?: Chat } | null} */ (/** @type {unknown} */ (frame.contentWindow))?.hybridchat;
}

/**
 * The chat takes the focus when it opens. The page takes it back, until the reader goes on.
 *
 * @param {HTMLIFrameElement} frame
 * @param {() => void} open
 */
function keepingFocus(frame, open) {
  const focused = document.activeElement;
  const gone = new AbortController();
  const ended = AbortSignal.any([gone.signal, AbortSignal.timeout(OPENING_MILLISECONDS)]);
  const goOn = () => gone.abort();
  for (const type of ["pointerdown", "keydown"]) addEventListener(type, goOn, { signal: ended, capture: true });
  frame.addEventListener("pointerover", goOn, { signal: ended });
  const takeBack = () => {
    if (document.activeElement === frame && focused instanceof HTMLElement) setTimeout(() => focused.focus({ preventScroll: true }));
  };
  addEventListener("blur", takeBack, { signal: ended });
  open();
}
