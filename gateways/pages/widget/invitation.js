// The invitation beside the launcher. The loader takes it only where the channel invites its visitors.

/** @import { Invited } from "./types" */



const STYLE = `
  .teaser { position: fixed; z-index: var(--hc-z, 2147483000); inset-inline-end: var(--hc-offset-inline, 20px);
    inset-block-end: calc(var(--hc-offset-block, 20px) + var(--hc-launcher-size, 56px) + 12px);
    display: flex; max-width: min(300px, calc(100vw - 40px)); border-radius: var(--hc-radius, 16px);
    background: Canvas; color: CanvasText; box-shadow: 0 12px 40px rgb(0 0 0 / 35%); font: 16px/1.4 system-ui, sans-serif; }
  .teaser button { position: static; padding: 12px 14px; min-width: 44px; min-height: 44px; border-radius: inherit;
    font: inherit; color: inherit; overflow-wrap: anywhere; cursor: pointer; }
  .teaser button:focus-visible { outline: 3px solid Highlight; outline-offset: -3px; }
  .teaser button:last-child { text-align: center; }`;
/** @type {{ [language: string]: string }} */
const DISMISS = { ar: "إغلاق", de: "Schließen", en: "Close", es: "Cerrar", fr: "Fermer" };

/**
 * Invites the visitor, at most once a visit, as the channel has it. `widget` is what the loader knows: `options`, its
 * shadow `root`, the `launcher`, `mark(name, value)`, which reads and leaves marks in the browser, `signal`, which ends
 * everything, and `emit(type)`.
 *
 * @param {Invited} widget
 */
export function invite({ options, root, launcher, mark, signal, emit }) {
  const { text, seconds, paths, visitors, exit } = options.invitation;
  const isFor = visitors === "all" || (visitors === "returning") === (mark("used") !== null);
  if (!isFor || mark("invited") || mark("dismissed")) return;
  const show = () => {
    clearTimeout(timer);
    const isBusy = launcher.hidden || launcher.getAttribute("aria-expanded") === "true";
    if (signal.aborted || isBusy || mark("invited") || !isOnOne(paths, location.pathname)) return;
    mark("invited", "1");
    draw(wordsOf(text, options), { options, root, launcher, mark });
    emit("invitation");
  };
  const timer = setTimeout(show, seconds * 1000);
  if (exit) document.documentElement.addEventListener("pointerleave", show, { signal });
}

/**
 * Whether the path is one of the patterns, in which * stands for any characters. No pattern means everywhere.
 *
 * @param {string[]} patterns
 * @param {string} path
 */
export function isOnOne(patterns, path) {
  return !patterns.length || patterns.some((pattern) => isLike(pattern, path));
}

/**
 * Looks for the parts between the stars one after the other, from the left; the last one must be at the end.
 *
 * @param {string} pattern
 * @param {string} path
 */
function isLike(pattern, path) {
  const [first, ...parts] = pattern.split("*");
  if (!parts.length) return path === pattern;
  const final = parts.pop() ?? "";
  let at = first.length;
  if (!path.startsWith(first)) return false;
  for (const part of parts) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return path.length - final.length >= at && path.endsWith(final);
}

/**
 * The invitation in the visitor's language, else in the channel's, in English or in any.
 *
 * @param {{ [language: string]: string }} text
 * @param {{ language?: string, fallback?: string }} options
 */
export function wordsOf(text, { language, fallback }) {
  const tags = [language, language?.split("-")[0], fallback, "en"].map((tag) => text[tag?.toLowerCase() ?? ""]);
  return tags.find(Boolean) ?? Object.values(text)[0];
}

/**
 * @param {string} words
 * @param {Pick<Invited, "options" | "root" | "launcher" | "mark">} widget
 */
function draw(words, { options, root, launcher, mark }) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const [teaser, yes, no] = ["div", "button", "button"].map((name) => document.createElement(name));
  teaser.className = "teaser";
  teaser.setAttribute("part", "teaser");
  teaser.setAttribute("role", "status");
  yes.dir = "auto";
  yes.textContent = words;
  no.textContent = "×";
  no.setAttribute("aria-label", DISMISS[options.language?.slice(0, 2) ?? ""] ?? DISMISS.en);
  yes.addEventListener("click", () => launcher.click());
  no.addEventListener("click", () => {
    mark("dismissed", "1");
    teaser.remove();
    launcher.focus();
  });
  launcher.addEventListener("click", () => teaser.remove(), { once: true });
  teaser.append(yes, no);
  root.append(teaser);
}
