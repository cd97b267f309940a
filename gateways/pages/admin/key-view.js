// An API key: it is made with its scopes and appears once; afterwards its scopes are read, and it can be removed.

/** @import { Kind } from "./types" */
import { button } from "../base/controls/button.js";
import { confirmed } from "../base/controls/dialog.js";
import { checkbox, field, form, input } from "../base/controls/field.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { call } from "../base/session/calls.js";
import { effect, onStop, signal, untracked } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { pageHead } from "./page-head.js";
import { problemWords } from "../base/problem-words.js";
import { SCOPES } from "./kinds.js";
import { askBeforeLeaving, goTo, hashOf } from "./route.js";
import { openOnce } from "./shown-once.js";
import { load, read, remove } from "./store.js";
import { manyWords, oneWords, words, wordsFor } from "./words.js";

/** What is typed for a new key. It outlives the form, so that a session that ends takes nothing with it. */
const typed = { name: "", scopes: /** @type {string[]} */ ([]) };

/**
 * @param {Kind} kind
 * @param {string?} name
 * @param {boolean} isNew
 */
export function keyView(kind, name, isNew) {
  return isNew || name === null ? newKey(kind) : presentKey(kind, name);
}

/** @param {Kind} kind */
function newKey(kind) {
  const name = field(words("list.name"), input({ value: typed.name, maxlength: 64, autocapitalize: "off", autocomplete: "off", spellcheck: "false", oninput: ({ currentTarget }) => (typed.name = currentTarget.value) }), { hint: words("item.name_hint") });
  const scopes = SCOPES.map((scope) => ({ scope, ...checkbox(scope, { checked: typed.scopes.includes(scope), onchange: () => (typed.scopes = chosen()) }), meaning: wordsFor(`scope.${scope}`) ?? "" }));
  /** @returns {string[]} */
  const chosen = () => scopes.filter(({ control }) => control.checked).map(({ scope }) => scope);
  const fault = element("p", { class: "fault", hidden: true });
  const list = element("fieldset", { class: "field group" }, [
    element("legend", { class: "label" }, words("field.scopes")),
    ...scopes.map(({ node, meaning }) => element("div", { class: "scope" }, [node, element("p", { class: "hint" }, meaning)])),
    fault,
  ]);
  const wrong = (/** @type {string?} */ text) => ((fault.textContent = text), (fault.hidden = !text));
  const make = async () => {
    const wanted = /** @type {Api.NewKey["scopes"]} */ (chosen());
    if (!name.control.value) return void (name.wrong(words("item.name_missing")), name.control.focus());
    if (!wanted.length) return void (wrong(words("keys.no_scope")), scopes[0].control.focus());
    const made = await call(`POST admin/v1/api-keys/${encodeURIComponent(name.control.value)}`, { body: { scopes: wanted } });
    forgetTyped();
    await load("api_keys");
    openKey(made, () => goTo(hashOf(kind.key)));
  };
  askBeforeLeaving(async () => {
    const may = typed.name === "" || (await confirmed(words("leave.heading"), words("leave.words"), words("leave.action")));
    if (may) forgetTyped();
    return may;
  });
  const leaving = (/** @type {BeforeUnloadEvent} */ event) => typed.name !== "" && event.preventDefault();
  addEventListener("beforeunload", leaving);
  onStop(() => removeEventListener("beforeunload", leaving));
  const submit = button(words("keys.make"), () => {}, { kind: "primary" });
  const fields = { name, scopes: { wrong, control: scopes[0].control } };
  return [pageHead(kind, [], { heading: words("item.new", { one: oneWords(kind.key) }), back: manyWords(kind.key) }), element("div", { class: "card form-section" }, [form([name.node, list], submit, make, { fields })])];
}

function forgetTyped() {
  typed.name = "";
  typed.scopes = [];
}

/**
 * The key, for the only time.
 *
 * @param {Api.NewKey} made
 * @param {() => void} closed
 */
function openKey({ name, key }, closed) {
  openOnce(words("keys.made", { name }), { about: words("keys.once"), label: words("keys.key", { name }), text: key, copied: words("keys.copied"), closed });
}

/** @param {Kind} kind @param {string} name */
function presentKey(kind, name) {
  const ready = signal(/** @type {import("./types").Versioned?} */ (null));
  const fault = signal("");
  read(kind.key, name).then((found) => (ready.value = found), (error) => (fault.value = problemWords(error)));
  const removing = async () => {
    if (!(await confirmed(words("remove.heading", { name }), words("remove.api_keys"), shared("action.remove")))) return;
    await remove(kind.key, name, untracked(() => ready.value?.version ?? null));
    goTo(hashOf(kind.key));
    notify(words("remove.done", { name }), { kind: "good" });
  };
  const history = element("a", { class: "button quiet", href: hashOf("changes", undefined, { kind: kind.key, name }) }, [icon("history"), element("span", {}, words("item.history"))]);
  const card = element("div", { class: "card form-section", "aria-busy": true });
  effect(() => {
    if (!ready.value && !fault.value) return;
    card.removeAttribute("aria-busy");
    const scopes = /** @type {string[]} */ (ready.value?.item.scopes ?? []);
    card.replaceChildren(
      ...(fault.value ? [element("p", { class: "notice", role: "alert" }, fault.value)] : [element("p", { class: "quiet" }, words("keys.unreadable")), element("dl", { class: "scopes" }, scopes.flatMap((scope) => [element("dt", {}, scope), element("dd", {}, wordsFor(`scope.${scope}`) ?? "")]))]),
    );
  });
  return [pageHead(kind, [history, button(shared("action.remove"), removing, { kind: "danger" })], { heading: name, back: manyWords(kind.key) }), card];
}
