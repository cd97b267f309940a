// What an agent writes. Each conversation has its own composer, and each kind of text in it its own field, so that nothing
// lands where it was not meant to.

/** @import { Conversation } from "./conversation.js" */
/** @import { Desk } from "./desk-state.js" */
/** @import { Entry, Mode } from "./outbox.js" */
import { button } from "../base/controls/button.js";
import { menuButton } from "../base/controls/menu.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { preference } from "../base/preferences.js";
import { effect, onStop, signal } from "../base/signals.js";
import { keep, kept, onKeptElsewhere } from "../base/storage.js";
import { attach } from "./attaching.js";
import { cannedList } from "./canned.js";
import { channelWords } from "./channel-words.js";
import { openButtonsDialog, openFormDialog } from "./rich-messages.js";
import { t } from "./words.js";

const DRAFT_MILLISECONDS = 300;
const MAX_TEXT = 4096; // of the API
const ICONS = /** @type {const} */ ({ message: "chat", note: "note", whisper: "whisper" });

/** Whether Enter alone sends, or only with Ctrl or Command. */
export const enterSends = preference("desk.enter-sends", true);

/**
 * @param {Desk} desk
 * @param {Conversation} conversation
 * @param {() => Mode[]} modes what the agent may write here now
 */
export function composer(desk, conversation, modes) {
  let wanted = /** @type {Mode} */ ("message");
  const mode = signal(wanted);
  const fields = /** @type {Record<Mode, ReturnType<typeof modeField>>} */ ({});
  for (const each of /** @type {Mode[]} */ (["message", "note", "whisper"])) fields[each] = modeField(desk, conversation, each, mode, post);
  effect(() => {
    const possible = modes();
    const present = mode.peek();
    // a role that changes takes nobody out of the field in which something is being written
    if (possible.includes(present) && (present === wanted || fields[present].field.value)) return;
    mode.value = possible.includes(wanted) ? wanted : (possible[0] ?? present);
  });

  function post() {
    const current = mode.peek();
    if (!modes().includes(current)) return;
    const text = fields[current].take();
    if (text) conversation.outbox.post(current, { type: "text", text });
  }

  const tabs = element("div", { class: "modes", role: "group", "aria-label": t("composer.modes") }, Object.keys(ICONS).map((each) => modeButton(/** @type {Mode} */ (each), mode, modes, choose)));
  const more = menuButton(t("composer.more"), () => [
    { words: t("composer.buttons"), icon: "list", act: () => openButtonsDialog((content) => conversation.outbox.post("message", content), conversation.detail.peek()?.capabilities) },
    { words: t("composer.form"), icon: "edit", act: () => openFormDialog((content) => conversation.outbox.post("message", content)) },
  ], { icon: "more", iconOnly: true, kind: "quiet" });
  /** @type {HTMLInputElement} */
  const file = element("input", { type: "file", class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", multiple: true, onchange: () => takeFiles(file.files) });
  const isMessage = () => mode.value !== "message";
  const tools = element("div", { class: "composer-tools" }, [
    button(t("composer.canned"), () => fields.message.openCanned(), { icon: "book", iconOnly: true, kind: "quiet", hidden: isMessage }),
    button(t("composer.attach"), () => file.click(), { icon: "attach", iconOnly: true, kind: "quiet", hidden: isMessage }),
    element("span", { hidden: isMessage }, [more.node]),
    file,
    element("span", { class: "spacer" }),
    button(() => t(`composer.send_${mode.value}`), post, { icon: "send", class: "button primary send" }),
  ]);

  /** @param {FileList?} files */
  function takeFiles(files) {
    for (const each of files ?? []) attach(conversation, each);
    file.value = "";
  }

  /** @param {Mode} next */
  function choose(next) {
    wanted = next;
    if (modes().includes(next)) mode.value = next;
    fields[next].field.focus();
  }

  const made = element("div", {
    class: () => `composer ${mode.value === "message" ? "to-customer" : "inside"}`,
    ondragover: (event) => event.preventDefault(),
    ondrop: (event) => {
      event.preventDefault();
      if (mode.peek() === "message") takeFiles(event.dataTransfer?.files ?? null);
    },
    onpaste: (event) => {
      const files = event.clipboardData?.files;
      if (!files?.length || mode.peek() !== "message") return;
      event.preventDefault();
      takeFiles(files);
    },
  }, [
    tabs,
    element("p", { class: "mode-words" }, [icon("lock"), element("span", {}, () => (mode.value === "message" ? "" : t(`composer.only_${mode.value}`)))]),
    ...Object.values(fields).map(({ node }) => node),
    element("div", { hidden: isMessage }, channelWords(conversation, fields.message.written)),
    tools,
  ]);

  return {
    node: made,
    mode,
    choose,
    focus: () => fields[mode.peek()].field.focus(),
    /** Puts a text into the field of its kind, behind what stands there. @param {string} text @param {Mode} [into] */
    insert(text, into = "message") {
      choose(into);
      fields[into].append(text);
    },
    /** @param {Entry} entry */
    edit: ({ mode: into, content }) => (choose(into), fields[into].append(content.text)),
    openCanned: () => (choose("message"), fields.message.openCanned()),
  };
}

/**
 * @param {Mode} each
 * @param {Readable<Mode>} mode
 * @param {() => Mode[]} modes
 * @param {(mode: Mode) => void} choose
 */
function modeButton(each, mode, modes, choose) {
  const pressed = () => String(mode.value === each);
  return button(t(`composer.mode_${each}`), () => choose(each), { icon: ICONS[each], class: `button quiet mode ${each === "message" ? "" : "inside"}`, "aria-pressed": pressed, hidden: () => !modes().includes(each) });
}

/**
 * The field of one kind of text, with its draft.
 *
 * @param {Desk} desk
 * @param {Conversation} conversation
 * @param {Mode} own
 * @param {Readable<Mode>} mode
 * @param {() => void} send
 */
function modeField(desk, conversation, own, mode, send) {
  const name = `draft.${desk.agentId}.${conversation.id}.${own}`;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let saving;
  /** @type {HTMLTextAreaElement} */
  const field = element("textarea", {
    rows: 2,
    "aria-label": t(`composer.label_${own}`),
    placeholder: t(`composer.label_${own}`),
    dir: "auto",
    enterkeyhint: "send",
    autocapitalize: "sentences",
    spellcheck: "true",
    lang: () => desk.summaries.value.get(conversation.id)?.language ?? null,
    oninput: () => changed(),
    onkeydown: (event) => pressed(event),
    onblur: () => {
      keepDraft();
      if (own === "message") conversation.typing(false);
    },
  });
  let draft = /** @type {string} */ (kept(name) ?? "");
  field.value = draft;
  const written = signal(draft);
  const canned = own === "message" ? cannedList(desk, conversation, field, changed) : null;
  const keepDraft = () => {
    if (field.value === draft) return; // what another tab has kept meanwhile stays
    draft = field.value;
    keep(name, draft || null);
  };
  const unfollow = onKeptElsewhere(name, () => {
    const isOwn = field.value !== draft;
    draft = kept(name) ?? "";
    if (!isOwn) written.value = field.value = draft;
  });
  addEventListener("pagehide", keepDraft);
  onStop(() => {
    unfollow();
    removeEventListener("pagehide", keepDraft);
    clearTimeout(saving);
    keepDraft();
  });

  function changed() {
    clearTimeout(saving);
    saving = setTimeout(keepDraft, DRAFT_MILLISECONDS);
    written.value = field.value;
    if (own === "message") conversation.typing(field.value !== "");
    canned?.look();
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (canned?.pressed(event)) return;
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    if (!enterSends.peek() && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    send();
  }

  function take() {
    const text = field.value.trim();
    if (!text) return "";
    if (text.length > MAX_TEXT) {
      notify(t("composer.too_long", { count: MAX_TEXT }), { kind: "bad" });
      return "";
    }
    written.value = field.value = "";
    clearTimeout(saving);
    keepDraft();
    if (own === "message") conversation.typing(false);
    return text;
  }

  /** @param {string} text */
  function append(text) {
    field.value = field.value ? `${field.value}\n${text}` : text;
    changed();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  effect(() => mode.value !== own && canned?.close());
  const node = element("div", { class: "composer-field", hidden: () => mode.value !== own }, [field, canned?.node ?? null]);
  return { node, field, written, take, append, openCanned: () => canned?.open() };
}
