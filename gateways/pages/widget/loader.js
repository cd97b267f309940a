// The launcher and the panel of the widget, for anybody's page. The chat is in a frame of the server: docs/widget.md.
/** @import { Commands, LoaderOptions, LoaderState } from "./types" */
(() => {
  // The server fills in what is configured.
  /** @type {LoaderOptions} */
  const CHANNEL = {};
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  // Now, because a relative one follows the page's address, which the page may change.
  const source = script.src;
  const folder = new URL(source.includes("/loader.js") ? ".." : ".", source);
  const queue = window.hybridchat?.q ?? [];
  if (window.hybridchat?.version) return console.warn("hybridchat: the widget is on this page already");

  const VERSION = 1;
  const IDLE_MILLISECONDS = 3000;
  const FRAME_MILLISECONDS = 5000;
  const NARROW = matchMedia("(max-width: 639px), (max-height: 479px)");
  const STYLE = `
    :host { all: initial !important; display: block !important; }
    :host([inline]) { height: 100% !important; }
    button { all: unset; cursor: pointer; }
    button, dialog { outline: 1px solid #0000; }
    [hidden] { display: none !important; }
    :focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px var(--hc-accent, #0b5cad); }
    .launcher, dialog { position: fixed; z-index: var(--hc-z, 2147483000); inset: auto;
      inset-inline-end: var(--hc-offset-inline, 20px); inset-block-end: var(--hc-offset-block, 20px);
      width: var(--hc-launcher-size, 56px); height: var(--hc-launcher-size, 56px);
      box-shadow: 0 8px 32px #0005; }
    .launcher { border-radius: 50%; display: grid; place-items: center; background: var(--hc-accent, #0b5cad); color: #fff;
      color: oklch(from var(--hc-accent, #0b5cad) calc((0.66 - l) * 999) 0 0); }
    i { width: 24px; height: 24px; scale: 1.2; background: currentColor; forced-color-adjust: none;
      clip-path: path("M4 3h16q2 0 2 2v11q0 2-2 2h-8l-6 4v-4H4q-2 0-2-2V5q0-2 2-2z"); }
    .badge { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-width: 10px; padding: 0 6px;
      border-radius: 11px; background: #b3141f; color: #fff; font: 700 13px/22px system-ui, sans-serif; text-align: center; }
    dialog { margin: 0; margin-block-end: calc(var(--hc-launcher-size, 56px) + 12px); padding: 0; border: 0; overflow: hidden;
      border-radius: var(--hc-radius, 16px); background: Canvas;
      width: min(400px, 100vw - 24px); height: min(640px, 100vh - 120px); max-width: none; max-height: none; }
    iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: auto; }
    .lost { padding: 24px; font: 16px/1.5 system-ui, sans-serif; color: CanvasText; }
    @media (max-width: 639px), (max-height: 479px) {
      dialog { inset: 0; margin: 0; width: 100%; height: 100vh; height: 100dvh; border-radius: 0; }
    }`;
  /** @type {Record<string, string>} */
  const LABELS = { ar: "محادثة", fr: "Discussion" };
  /** @type {Record<string, string>} */
  const LOST = { ar: "لا اتصال ↻", de: "Keine Verbindung ↻", es: "Sin conexión ↻", fr: "Pas de connexion ↻" };

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  /** @type {Map<string, Set<(event: any) => void>>} */
  const listeners = new Map();
  const leaving = new AbortController();
  const { signal } = leaving;
  const page = document.documentElement;
  /**
   * What each frame that is made is to know.
   *
   * @type {Map<string, { attributes?: object } | undefined>}
   */
  const said = new Map();
  /** @type {LoaderOptions} */
  const options = {};
  let [dialog, frame, lost, heard, alarm, last, identity, started] = /** @type {LoaderState} */ (/** @type {unknown} */ ([]));
  const ready = new Promise((resolve) => (started = resolve));

  /** @type {<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Record<string, string>, ...children: (Node | string)[]) => HTMLElementTagNameMap[Name]} */
  const made = (name, attributes, ...children) => {
    const node = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value);
    node.append(...children);
    return node;
  };
  const badge = made("span", { class: "badge", part: "badge", "aria-hidden": "true", hidden: "" });
  const launcher = made("button", { class: "launcher", part: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false" }, made("i", {}), badge);

  /**
   * @param {string} type
   * @param {object} [data]
   */
  function post(type, data) {
    if (heard) frame.contentWindow?.postMessage({ hc: VERSION, type, ...data }, folder.origin);
  }

  /**
   * @param {string} type
   * @param {object} data
   */
  function remember(type, data) {
    said.set(type, data);
    post(type, data);
  }

  /**
   * @param {string} type
   * @param {object} data
   */
  function emit(type, data = {}) {
    const event = { type, at: new Date().toISOString(), ...data };
    for (const listener of listeners.get(type) ?? []) queueMicrotask(() => listener(event));
  }

  /**
   * @param {string} name
   * @param {string} [value]
   */
  function mark(name, value) {
    try {
      const store = name === "invited" ? sessionStorage : localStorage;
      const key = `hybridchat.${options.channel}.${name}`;
      if (value) store.setItem(key, value);
      return store.getItem(key);
    } catch {
      return null;
    }
  }

  /**
   * @param {number} count
   * @param {string} [label]
   */
  function unread(count, label) {
    badge.textContent = /** @type {string} */ (count > 99 ? "99+" : count);
    badge.hidden = !count;
    launcher.setAttribute("aria-label", label ?? name());
    emit("unread", { count });
  }

  /** @param {Record<string, string>} texts */
  function name(texts = LABELS, otherwise = "Chat") {
    return texts[/** @type {string} */ (options.language?.slice(0, 2))] ?? otherwise;
  }

  function make() {
    if (frame || !options.channel) return;
    const { channel, language = "" } = options;
    const query = new URLSearchParams({ channel, language });
    const load = () => {
      frame.src = `${folder}frame?${query}`;
      show((heard = false));
      clearTimeout(alarm);
      alarm = setTimeout(show, FRAME_MILLISECONDS, false, true);
    };
    const [retry, close] = [name(LOST, "No connection ↻"), "×"].map((words) => made("button", { class: "lost" }, words));
    frame = made("iframe", { title: name(), allow: "autoplay; clipboard-write; geolocation" });
    lost = made("div", { role: "alert" }, retry, close);
    retry.onclick = load;
    close.onclick = api.close;
    load();
    if (options.element) return root.append(frame, lost);
    dialog = made("dialog", { part: "panel" }, frame, lost);
    dialog.oncancel = (event) => {
      event.preventDefault();
      api.close();
    };
    root.append(dialog);
  }

  /**
   * The frame; or words of our own, so that the browser's for one that does not come are never seen; or neither.
   *
   * @param {boolean} isFrame
   */
  function show(isFrame, isLost = false) {
    frame.hidden = !isFrame;
    lost.hidden = !isLost;
  }

  function greet() {
    show((heard = true));
    paint();
    post("panel", { open: Boolean(options.element || dialog.open) });
    for (const [type, data] of said) post(type, data);
    for (const type of ["end", "reset"]) said.delete(type);
    identify();
  }

  /** @param {string} type */
  function order(type) {
    make();
    if (heard) post(type);
    else said.set(type, undefined);
  }

  async function identify() {
    if (identity) post("identify", { token: typeof identity === "function" ? await identity() : identity });
  }

  function paint() {
    const accent = getComputedStyle(host).getPropertyValue("--hc-accent").trim() || options.accent;
    const scheme = options.theme === "page" ? getComputedStyle(page).colorScheme : options.theme;
    post("theme", { theme: { ...(accent && { accent }), scheme } });
  }

  /** On a phone the keyboard covers a part of the page: the panel keeps to what is left. */
  function fit() {
    if (!dialog?.open) return;
    const { height, offsetTop } = /** @type {VisualViewport} */ (visualViewport);
    dialog.style = NARROW.matches ? `height: ${height}px; translate: 0 ${offsetTop}px` : "";
  }

  async function invite() {
    const invitation = await import(/** @type {any} */ (new URL("invitation.js", source)));
    invitation.invite({ options, root, launcher, mark, signal, emit });
  }

  /** @param {() => void} work */
  function whenIdle(work) {
    const begin = () => (window.requestIdleCallback ?? setTimeout)(() => signal.aborted || work(), { timeout: IDLE_MILLISECONDS });
    if (document.readyState === "complete") begin();
    else addEventListener("load", begin, { once: true, signal });
  }

  /** @type {Commands} */
  const api = {
    start(given) {
      if (options.channel) return console.warn("hybridchat: the widget is on this page already");
      const known = { language: page.lang, ...CHANNEL, ...given, ...options };
      if (!known.channel) return console.warn("hybridchat: the channel is missing");
      Object.assign(options, known);
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      root.append(launcher);
      launcher.hidden ||= Boolean(options.element) || options.launcher === "open";
      unread(0);
      if (CSS.supports("color", options.accent ?? "")) host.style.setProperty("--hc-accent", /** @type {string} */ (options.accent));
      host.toggleAttribute("inline", Boolean(options.element));
      (options.element ?? page).append(host);
      launcher.onclick = api.toggle;
      launcher.onpointerenter = launcher.onfocus = make;
      for (const type of ["resize", "scroll"]) /** @type {VisualViewport} */ (visualViewport).addEventListener(type, fit, { signal });
      addEventListener("message", receive, { signal });
      const observer = new MutationObserver(() => {
        if (!host.isConnected && !options.element) {
          // A page exchanges all that it shows, and the frame begins anew.
          heard = false;
          page.append(host);
        }
        paint();
      });
      observer.observe(document, { childList: true });
      observer.observe(page, { attributes: true, childList: true });
      signal.onabort = () => observer.disconnect();
      if (options.element) make();
      else if (options.launcher === "open" || mark("used")) whenIdle(make);
      if (options.invitation) whenIdle(() => invite());
      emit("ready");
      started(window.hybridchat);
    },
    open() {
      if (!options.channel || options.element || dialog?.open) return;
      make();
      last = document.activeElement;
      if (NARROW.matches) dialog.showModal();
      else dialog.show();
      launcher.setAttribute("aria-expanded", "true");
      fit();
      post("panel", { open: true });
      emit("open");
    },
    close() {
      if (!dialog?.open) return;
      dialog.close();
      launcher.setAttribute("aria-expanded", "false");
      /** @type {HTMLElement} */ (last === host || last === document.body ? launcher : last).focus();
      post("panel", { open: false });
      emit("close");
    },
    toggle() {
      api[dialog?.open ? "close" : "open"]();
    },
    show() {
      launcher.hidden = false;
    },
    hide() {
      launcher.hidden = true;
    },
    identify(given) {
      identity = given;
      identify();
    },
    set(attributes) {
      remember("set", { attributes: { ...said.get("set")?.attributes, ...attributes } });
    },
    page(given) {
      remember("page", { url: location.href, title: document.title, ...given });
    },
    language(tag) {
      options.language = tag;
      remember("language", { language: tag });
      unread(0);
    },
    theme(name) {
      options.theme = name;
      paint();
    },
    end() {
      order("end");
    },
    reset() {
      identity = null;
      said.clear();
      order("reset");
    },
    on(type, listener) {
      if (!listeners.has(type)) listeners.set(type, new Set());
      /** @type {Set<unknown>} */ (listeners.get(type)).add(listener);
      return () => api.off(type, listener);
    },
    off(type, listener) {
      listeners.get(type)?.delete(listener);
    },
    destroy() {
      leaving.abort();
      clearTimeout(alarm);
      host.remove();
      listeners.clear();
      delete window.hybridchat;
    },
  };

  /** @param {MessageEvent} message */
  function receive({ data, source, origin }) {
    if (!frame || source !== frame.contentWindow || origin !== folder.origin || data?.hc !== VERSION) return;
    if (data.type === "hello") greet();
    if (data.type === "ready") clearTimeout(alarm), show(true);
    if (data.type === "close") api.close();
    if (data.type === "unread") unread(data.count, data.label);
    if (data.type === "launcher" && options.launcher === "open") launcher.hidden = data.hidden;
    if (data.type === "identify") identify();
    if (data.type === "event") emit(data.name, data.data);
    if (data.type === "used") mark("used", "1");
  }

  window.hybridchat = Object.assign(
    (/** @type {string} */ command, /** @type {any[]} */ ...given) => (Object.hasOwn(api, command) ? /** @type {any} */ (api)[command](...given) : console.warn(`hybridchat: there is no command ${command}`)),
    api,
    { version: VERSION, ready },
  );
  for (const [command, ...given] of queue) window.hybridchat(command, ...given);
  const { dataset } = script;
  if (!options.channel && (dataset.channel || CHANNEL.channel)) api.start({ ...dataset });
})();
