// The loader of the widget, for anybody's page: the launcher and the panel. The chat itself is in a frame on the
// server's origin, which is made when the visitor opens it. See docs/widget.md.
(() => {
  "use strict";

  const script = document.currentScript;
  const folder = new URL(script.src.endsWith("/loader.js") ? ".." : ".", script.src);
  const queue = window.hybridchat?.q ?? [];
  if (window.hybridchat?.version) return console.warn("hybridchat: the widget is on this page already");

  const VERSION = 1;
  const NARROW = matchMedia("(max-width: 639px)");
  const STYLE = `
    :host { all: initial !important; display: block !important; }
    button { all: unset; box-sizing: border-box; cursor: pointer; position: fixed; z-index: var(--hc-z, 2147483000);
      inset-block-end: var(--hc-offset-block, 20px); inset-inline-end: var(--hc-offset-inline, 20px);
      width: var(--hc-launcher-size, 56px); height: var(--hc-launcher-size, 56px); border-radius: 50%;
      background: var(--hc-accent, #0b5cad); color: var(--hc-on-accent, #fff); display: grid; place-items: center;
      box-shadow: 0 4px 16px rgb(0 0 0 / 30%); }
    button[hidden] { display: none; }
    button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px var(--hc-accent, #0b5cad); }
    svg { width: 50%; height: 50%; fill: currentColor; }
    span { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-width: 22px; height: 22px;
      box-sizing: border-box; padding: 0 6px; border-radius: 11px; background: #b3141f; color: #fff;
      font: 700 13px/22px system-ui, sans-serif; text-align: center; }
    span[hidden] { display: none; }
    dialog { position: fixed; z-index: var(--hc-z, 2147483000); margin: 0; padding: 0; border: 0; overflow: hidden;
      inset: auto; inset-inline-end: var(--hc-offset-inline, 20px);
      inset-block-end: calc(var(--hc-offset-block, 20px) + var(--hc-launcher-size, 56px) + 12px);
      width: min(400px, calc(100vw - 24px)); height: min(640px, calc(100vh - 120px)); max-width: none; max-height: none;
      border-radius: var(--hc-radius, 16px); background: Canvas; box-shadow: 0 12px 40px rgb(0 0 0 / 35%); }
    iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: auto; }
    @media (max-width: 639px) {
      dialog { inset: 0; width: 100%; height: 100vh; height: 100dvh; border-radius: 0; }
    }`;
  const LABELS = { ar: "محادثة", de: "Chat", en: "Chat", es: "Chat", fr: "Discussion" };
  const NEW = { ar: "{n} رسائل جديدة", de: "{n} neue Nachrichten", en: "{n} new messages", es: "{n} mensajes nuevos", fr: "{n} nouveaux messages" };

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  const listeners = new Map();
  const leaving = new AbortController();
  let [options, dialog, frame, heard, last] = [null, null, null, false, null];

  const made = (name, attributes, ...children) => {
    const node = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value);
    node.append(...children);
    return node;
  };
  const badge = made("span", { part: "badge", "aria-hidden": "true", hidden: "" });
  const launcher = made("button", { type: "button", part: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false" }, icon(), badge);

  function icon() {
    const space = "http://www.w3.org/2000/svg";
    const [svg, path] = [document.createElementNS(space, "svg"), document.createElementNS(space, "path")];
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-8l-6 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z");
    svg.append(path);
    return svg;
  }

  function post(type, data) {
    if (heard) frame.contentWindow.postMessage({ hc: VERSION, type, ...data }, folder.origin);
  }

  function emit(type, data = {}) {
    for (const listener of listeners.get(type) ?? []) {
      try {
        listener({ type, at: new Date().toISOString(), ...data });
      } catch (error) {
        console.error(error);
      }
    }
  }

  function unread(count) {
    const language = options.language in NEW ? options.language : "en";
    badge.textContent = count > 99 ? "99+" : String(count);
    badge.hidden = !count;
    launcher.setAttribute("aria-label", LABELS[language] + (count ? `, ${NEW[language].replace("{n}", count)}` : ""));
    emit("unread", { count });
  }

  function make() {
    const address = new URL("frame", folder);
    address.searchParams.set("channel", options.channel);
    if (options.language) address.searchParams.set("language", options.language);
    frame = made("iframe", { title: launcher.getAttribute("aria-label"), allow: "autoplay; clipboard-write", src: address.href });
    dialog = made("dialog", { part: "panel" }, frame);
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      api.close();
    });
    frame.addEventListener("load", () => {
      heard = true;
      post("theme", { theme: theme() });
      post("panel", { open: dialog.open });
    });
    root.append(dialog);
  }

  function theme() {
    const accent = getComputedStyle(host).getPropertyValue("--hc-accent").trim() || options.accent;
    const scheme = options.theme === "page" ? getComputedStyle(document.documentElement).colorScheme : options.theme;
    return { ...(accent && { accent }), scheme };
  }

  /** Paints the launcher, with an icon that can be seen on the colour. */
  function paint(accent) {
    if (!/^#[0-9a-f]{6}$/i.test(accent ?? "")) return;
    const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(accent.slice(at, at + 2), 16) / 255) ** 2.2);
    host.style.setProperty("--hc-accent", accent);
    host.style.setProperty("--hc-on-accent", 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "#000" : "#fff");
  }

  /** On a phone the keyboard covers a part of the page: the panel keeps to what is left. */
  function fit() {
    if (!dialog?.open) return;
    const view = window.visualViewport;
    const narrow = NARROW.matches && view;
    dialog.style.height = narrow ? `${view.height}px` : "";
    dialog.style.transform = narrow ? `translateY(${view.offsetTop}px)` : "";
  }

  const api = {
    start(given) {
      if (options) return console.warn("hybridchat: the widget has started already");
      if (!given?.channel) return console.warn('hybridchat: name the channel: hybridchat("start", { channel: "web" })');
      options = { language: document.documentElement.lang.slice(0, 2), ...given };
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      root.append(launcher);
      unread(0);
      paint(options.accent);
      host.dir = getComputedStyle(document.documentElement).direction;
      document.documentElement.append(host);
      launcher.addEventListener("click", () => api.toggle(), { signal: leaving.signal });
      for (const type of ["resize", "scroll"]) window.visualViewport?.addEventListener(type, fit, { signal: leaving.signal });
      addEventListener("message", receive, { signal: leaving.signal });
      emit("ready");
    },
    open() {
      if (!options || dialog?.open) return;
      if (!dialog) make();
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
      if (last instanceof HTMLElement && last !== host && last !== document.body) last.focus();
      else launcher.focus();
      post("panel", { open: false });
      emit("close");
    },
    toggle() {
      if (dialog?.open) api.close();
      else api.open();
    },
    show() {
      launcher.hidden = false;
    },
    hide() {
      launcher.hidden = true;
    },
    on(type, listener) {
      if (!listeners.has(type)) listeners.set(type, new Set());
      listeners.get(type).add(listener);
      return () => api.off(type, listener);
    },
    off(type, listener) {
      listeners.get(type)?.delete(listener);
    },
    destroy() {
      leaving.abort();
      host.remove();
      listeners.clear();
      delete window.hybridchat;
    },
  };

  function receive({ data, source, origin }) {
    if (!frame || source !== frame.contentWindow || origin !== folder.origin || data?.hc !== VERSION) return;
    if (data.type === "close") api.close();
    if (data.type === "unread") unread(data.count);
  }

  window.hybridchat = Object.assign(
    (command, ...given) => (Object.hasOwn(api, command) ? api[command](...given) : console.warn(`hybridchat: there is no command ${command}`)),
    api,
    { version: VERSION },
  );
  for (const [command, ...given] of queue) window.hybridchat(command, ...given);
  if (script.dataset.channel) api.start({ ...script.dataset });
})();
