// Where the customer writes. The draft is kept as it is typed; Enter sends, and Shift and Enter begin a line. Files may
// be dropped on the chat and pasted, and what else may be sent is behind a button.

/** @import { Loaded, Offers, ViewParts } from "./types" */
import { element } from "../base/elements.js";
import { effect, onStop, owned } from "../base/signals.js";
import { icon } from "./icons.js";
import { whenLoaded } from "./later.js";

const DRAFT_MILLISECONDS = 300;
const MAX_CHARACTERS = 4096; // of the API's texts
const SEND = "M3 20.5 21 12 3 3.5 3 10l12 2-12 2z";
const ADD = "M11 4h2v7h7v2h-7v7h-2v-7H4v-2h7z";

/**
 * The composer as an element. `send(text)` is called with what was written. `offers` is what else may be sent:
 * `attachments`, as `{max_bytes, media_types}`, if any, and whether a `location`.
 *
 * @param {Pick<ViewParts, "chat" | "texts" | "locale"> & { send: (text: string) => void, offers: Offers }} parts
 */
export function composer({ chat, texts, locale, send, offers }) {
  const field = element("textarea", {
    rows: "1",
    dir: "auto",
    maxlength: String(MAX_CHARACTERS),
    "aria-label": texts.write,
    placeholder: texts.write,
    enterkeyhint: "send",
    autocapitalize: "sentences",
  });
  const button = element("button", { type: "submit", class: "send", "aria-label": texts.send }, icon(SEND));
  const form = element("form", { class: "composer" }, [field, button]);
  /** @type {number | undefined} */
  let keeping;
  /** The kept draft that stands in the field as it came: another tab may send it. null when it was changed here. */
  /** @type {string?} */
  let given = "";
  const keep = () => {
    clearTimeout(keeping);
    if (field.value !== given) chat.keepDraft(field.value);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    field.focus();
    if (!text) return;
    clearTimeout(keeping);
    field.value = given = "";
    send(text);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  field.addEventListener("input", () => {
    given = null;
    chat.typing();
    clearTimeout(keeping);
    keeping = setTimeout(keep, DRAFT_MILLISECONDS);
  });
  addEventListener("pagehide", keep);
  onStop(() => {
    removeEventListener("pagehide", keep);
    keep();
  });
  effect(() => {
    const draft = chat.draft.value;
    if (draft === null || field.value === given) field.value = given = draft ?? "";
  });

  addMore(form, field, { chat, texts, locale, offers });
  return { form, field };
}

/**
 * What else may be sent. Its part of the program is loaded when it is needed.
 *
 * @param {HTMLElement} form
 * @param {HTMLElement} field
 * @param {Pick<ViewParts, "chat" | "texts" | "locale"> & { offers: Offers }} parts
 */
function addMore(form, field, { chat, texts, locale, offers }) {
  /** @type {ReturnType<Loaded["view"]["attaching"]>?} */
  let menu = null;
  const opener = element("button", { type: "button", class: "ghost add", "aria-label": texts.add, "aria-expanded": "false" }, icon(ADD));
  const leaving = new AbortController();
  const make = async () => {
    const { view, texts: words } = await whenLoaded();
    if (menu) return menu;
    const { made, stop } = owned(() => view.attaching({ chat, texts: { ...words, ...texts }, locale, offers, opener }));
    leaving.signal.addEventListener("abort", stop);
    form.before(made.menu, made.status);
    return (menu = made);
  };
  const take = (/** @type {DragEvent | ClipboardEvent} */ event) => {
    const files = takenFrom(event);
    if (files.length && offers.attachments && !form.hidden) void make().then(({ attach }) => attach(files));
  };
  onStop(() => leaving.abort());

  if (offers.attachments || offers.location) form.prepend(opener);
  opener.addEventListener("click", async () => (await make()).toggle());
  opener.addEventListener("pointerenter", () => void whenLoaded(), { once: true });
  field.addEventListener("paste", take);
  document.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault(), leaving);
  document.addEventListener("drop", take, leaving);
}

/**
 * The files that were dropped or pasted. A page that does not take a dropped file would be left for it.
 *
 * @param {{ dataTransfer?: DataTransfer?, clipboardData?: DataTransfer?, preventDefault: () => void }} event
 */
function takenFrom(event) {
  const files = [.../** @type {DataTransfer} */ (event.dataTransfer ?? event.clipboardData).files];
  if (files.length) event.preventDefault();
  return files;
}
