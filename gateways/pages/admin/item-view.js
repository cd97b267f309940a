// The form of an item: its fields, what is wrong with them, and saving it on the condition that nobody else has changed it.

/** @import { Problem } from "../base/session/types" */
/** @import { FieldDescription, Item, Kind, Placed, Versioned } from "./types" */
import { button } from "../base/controls/button.js";
import { confirmed } from "../base/controls/dialog.js";
import { field, input } from "../base/controls/field.js";
import { notify, notifyOfProblem } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { problemWords } from "../base/problem-words.js";
import { effect, onStop, signal, untracked } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { openPasswordDialog } from "./agents.js";
import { botTrial } from "./bot-trial.js";
import { channelTools } from "./channel-tools.js";
import { conflictView } from "./conflict.js";
import { controlFor } from "./controls.js";
import { Draft, dropDraft, keepDraft, keptDraft } from "./draft.js";
import { pageHead } from "./page-head.js";
import { refusalWords } from "./refusals.js";
import { askBeforeLeaving, goTo, hashOf } from "./route.js";
import { shapesOf } from "./schema.js";
import { configure, read, remove, undoLast } from "./store.js";
import { makeSecret, webhookTools } from "./webhooks.js";
import { manyWords, oneWords, words, wordsFor } from "./words.js";

/** The place of the item's own name among the fields; no field is called so. */
const OWN_NAME = "/name";
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * @param {Kind} kind
 * @param {string?} name of the item, or of the one that a new one is to be like
 * @param {boolean} isNew
 */
export function itemView(kind, name, isNew) {
  const place = element("div", { class: "item", "aria-busy": true }, [element("h1", { class: "quiet", tabindex: "-1" }, shared("state.loading"))]);
  const ready = signal(/** @type {Draft?} */ (null));
  const missing = signal("");
  draftFor(kind, name, isNew).then((draft) => (ready.value = draft), (error) => (missing.value = problemWords(error)));
  effect(() => {
    const draft = ready.value;
    if (!draft && !missing.value) return;
    place.removeAttribute("aria-busy");
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren(...untracked(() => (draft ? formOf(draft) : [pageHead(kind, [], { heading: name ?? "", back: manyWords(kind.key) }), element("p", { class: "notice", role: "alert" }, missing.value)])));
    if (hadFocus) /** @type {HTMLElement?} */ (place.querySelector("h1"))?.focus();
  });
  return [place];
}

/**
 * What was typed before, or what the server has.
 *
 * @param {Kind} kind
 * @param {string?} name
 * @param {boolean} isNew
 */
async function draftFor(kind, name, isNew) {
  const key = keyOf(kind, isNew ? null : name);
  const kept = keptDraft(key);
  if (kept?.isChanged) return kept;
  const [shapes, found] = await Promise.all([shapesOf(kind), name === null ? { item: {}, version: null } : read(kind.key, name)]);
  return keepDraft(key, new Draft(kind, shapes, isNew ? null : name, isNew ? { item: found.item, version: null } : found));
}

/** @param {Kind} kind @param {string?} name */
function keyOf({ key }, name) {
  return `${key}/${name ?? "+"}`;
}

/** @param {Draft} draft */
function formOf(draft) {
  const { kind } = draft;
  const form = new ItemForm(draft);
  askBeforeLeaving(() => form.mayLeave());
  const heading = draft.isNew ? words("item.new", { one: oneWords(kind.key) }) : draft.name.peek();
  return [pageHead(kind, form.tools(), { heading, back: manyWords(kind.key) }), form.node, ...(draft.isNew ? [] : toolsBelow(draft))];
}

/** What can be tried with an item that is there. @param {Draft} draft */
function toolsBelow(draft) {
  const { key } = draft.kind;
  if (key === "bots") return [botTrial(draft.name.peek())];
  if (key === "channels") return [channelTools(draft)];
  return key === "webhooks" ? [webhookTools(draft)] : [];
}

class ItemForm {
  /** @param {Draft} draft */
  constructor(draft) {
    this.draft = draft;
    /** @type {Map<string, Placed>} */
    this.placed = new Map();
    this.conflict = signal(/** @type {{ change: Api.ItemChange, before: Item, mine: Item } | null} */ (null));
    this.fault = element("p", { class: "fault", role: "alert", hidden: true });
    this.saving = button(words("action.save_item"), () => {}, { kind: "primary", type: "submit" });
    this.node = this.#form();
  }

  get isChanged() {
    return this.draft.isChanged;
  }

  /** What can be done with an item that is there. */
  tools() {
    const { kind, isNew, name } = this.draft;
    if (isNew) return [];
    const [key, own] = [kind.key, name.peek()];
    const history = element("a", { class: "button quiet", href: hashOf("changes", undefined, { kind: key, name: own }) }, [icon("history"), element("span", {}, words("item.history"))]);
    const copy = element("a", { class: "button quiet", href: hashOf(key, `+${own}`) }, [icon("copy"), element("span", {}, words("item.duplicate"))]);
    const password = key === "agents" ? [button(words("password.action"), () => openPasswordDialog(own), { icon: "lock", kind: "quiet" })] : [];
    return [...password, history, copy, button(shared("action.remove"), () => this.#remove(), { kind: "danger" })];
  }

  async mayLeave() {
    if (!this.isChanged) return true;
    const may = await confirmed(words("leave.heading"), words("leave.words"), words("leave.action"));
    if (may) this.#forget();
    return may;
  }

  #form() {
    const { kind, isNew } = this.draft;
    const sections = kind.sections.map((section) => {
      const { key, fields } = section;
      return element("section", { class: "card form-section", hidden: () => !this.draft.isShown(section) }, [
        key ? element("h2", {}, wordsFor(`section.${kind.key}.${key}`, `section.${key}`) ?? key) : null,
        ...(key === null && isNew ? [this.#nameField()] : []),
        ...fields.map((described) => this.#fieldFor(described)),
      ]);
    });
    const submitted = (/** @type {Event} */ event) => {
      event.preventDefault();
      void this.save();
    };
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void this.save();
    };
    addEventListener("keydown", keys);
    onStop(() => removeEventListener("keydown", keys));
    return element("form", { class: "item-form", novalidate: true, onsubmit: submitted }, [this.#conflictPlace(), ...sections, this.#bar()]);
  }

  /** @param {FieldDescription} described */
  #fieldFor(described) {
    const { kind, shapes, values, name } = this.draft;
    const placed = controlFor({ kind, field: described, shape: shapes[described.path], value: values[described.path], values, name: () => name.value || null });
    this.placed.set(described.path, placed);
    return placed.node;
  }

  #nameField() {
    const { kind, name } = this.draft;
    const control = input({ ".value": name.peek(), maxlength: 64, autocapitalize: "off", autocomplete: "off", spellcheck: "false", "aria-required": "true", oninput: () => (name.value = control.value) });
    effect(() => {
      if (control.value !== name.value) control.value = name.value;
    });
    const made = field(words(kind.key === "agents" ? "list.username" : "list.name"), control, { hint: words("item.name_hint") });
    this.placed.set(OWN_NAME, { node: made.node, control: () => control, wrong: made.wrong });
    return made.node;
  }

  #bar() {
    const changed = () => (this.isChanged ? words("item.unsaved") : "");
    const undo = button(words("item.reset"), () => this.#reset(), { kind: "quiet", hidden: () => !this.isChanged });
    return element("div", { class: () => `save-bar${this.isChanged ? " unsaved" : ""}` }, [this.fault, element("p", { class: "quiet", role: "status" }, changed), undo, this.saving]);
  }

  #conflictPlace() {
    const place = element("div", { class: "conflict-place" });
    effect(() => {
      const conflict = this.conflict.value;
      place.replaceChildren(...untracked(() => (conflict ? [conflictView(this.draft, conflict)] : [])));
    });
    return place;
  }

  async save() {
    if (this.saving.getAttribute("aria-disabled")) return;
    const { draft } = this;
    const { kind, name } = draft;
    this.#clear();
    if (!NAME.test(name.value)) {
      this.#pointOut(OWN_NAME, "", words(name.value ? "item.name_wrong" : "item.name_missing"), true);
      return;
    }
    this.saving.setAttribute("aria-disabled", "true");
    this.saving.classList.add("pending");
    try {
      const sent = draft.item;
      this.#saved(sent, await configure(kind.key, name.value, sent, draft.version));
    } catch (error) {
      this.#refused(/** @type {Problem} */ (error));
    } finally {
      this.saving.removeAttribute("aria-disabled");
      this.saving.classList.remove("pending");
    }
  }

  /** What is typed while the item is being saved stays. @param {Item} sent @param {Versioned} saved */
  #saved(sent, { item, version }) {
    const { draft } = this;
    const [key, name] = [draft.kind.key, draft.name.peek()];
    this.conflict.value = null;
    const undo = { words: words("action.undo"), act: () => this.#undo() };
    notify(words("item.saved", { name }), { kind: "good", action: undo });
    if (draft.isNew) {
      this.#forget();
      goTo(hashOf(key, name));
      if (key === "webhooks" && !item.signing_secret) makeSecret(name).catch(notifyOfProblem);
      return;
    }
    draft.saved(sent, item, version);
  }

  async #undo() {
    const { kind, name } = this.draft;
    await undoLast(kind.key, name.peek());
    notify(words("item.undone", { name: name.peek() }), { kind: "good" });
    if (this.draft.isNew) {
      location.hash = hashOf(kind.key);
      return;
    }
    const { item, version } = await read(kind.key, name.peek());
    this.draft.rebase(item, version);
  }

  async #bringBack() {
    const { kind, name } = this.draft;
    await undoLast(kind.key, name.peek());
    location.hash = hashOf(kind.key, name.peek());
  }

  /** @param {Problem} problem */
  #refused(problem) {
    const { draft } = this;
    if (problem.changed) {
      const { changed } = problem;
      this.conflict.value = { change: changed, before: draft.base, mine: structuredClone(draft.item) };
      draft.rebase(changed.item, changed.version);
      this.node.querySelector("h2")?.focus();
      return;
    }
    const places = problem.errors.filter(({ path, message }, order) => this.#pointOut(this.#fieldOf(path), path, message, order === 0));
    if (places.length && places.length === problem.errors.length) return;
    this.fault.textContent = problem.errors.length && problem.status === 422 ? problem.errors.filter((error) => !places.includes(error)).map(({ path, message }) => `${path} ${message}`).join("; ") : refusalWords(problem);
    this.fault.hidden = false;
  }

  /** @param {string} path */
  #fieldOf(path) {
    return [...this.placed.keys()].find((each) => path === each || path.startsWith(`${each}.`) || path.startsWith(`${each}[`)) ?? "";
  }

  /** @param {string} field @param {string} path @param {string} message @param {boolean} focus */
  #pointOut(field, path, message, focus) {
    const placed = this.placed.get(field);
    if (!placed) return false;
    placed.wrong(message, path.slice(field.length));
    if (focus) placed.control()?.focus();
    return true;
  }

  #clear() {
    this.fault.hidden = true;
    for (const { wrong } of this.placed.values()) wrong(null);
  }

  #reset() {
    this.conflict.value = null;
    this.#clear();
    this.draft.reset();
  }

  #forget() {
    dropDraft(keyOf(this.draft.kind, this.draft.isNew ? null : this.draft.name.peek()));
  }

  async #remove() {
    const { kind, name, version } = this.draft;
    const own = name.peek();
    const sure = await confirmed(words("remove.heading", { name: own }), wordsFor(`remove.${kind.key}`) ?? words("remove.words"), shared("action.remove"));
    if (!sure) return;
    try {
      await remove(kind.key, own, version);
    } catch (error) {
      this.fault.textContent = /** @type {Problem} */ (error).changed ? words("remove.changed") : refusalWords(error);
      this.fault.hidden = false;
      return;
    }
    this.#forget();
    goTo(hashOf(kind.key));
    notify(words("remove.done", { name: own }), { kind: "good", action: { words: words("action.undo"), act: () => this.#bringBack() } });
  }
}
