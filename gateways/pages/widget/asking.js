// Asking before the chat: the place of the questions, for as long as there is no conversation.

/** @import { Answers, ContentTexts, Question, Settings, ViewParts, Visitor } from "./types" */
import { element } from "../base/elements.js";
import { computed, effect } from "../base/signals.js";
import { later, whenLoaded } from "./later.js";

/**
 * `place` holds the questions while `isOn()`: those of the channel that neither the site nor the visitor has answered. The
 * conversation starts with the answers, and `field`, that of the chat, has the focus.
 *
 * @param {Pick<ViewParts, "chat" | "settings" | "visitor" | "storage" | "texts"> & { field: HTMLElement }} parts
 */
export function askingOf({ chat, settings, visitor, storage, texts, field }) {
  const place = element("div", { class: "asking" });
  const open = computed(() => settings.form.filter(({ name }) => !isKnown(name, visitor)).map(optional));
  const names = computed(() => open.value.map(({ name }) => name).join());
  const isBegun = () => chat.connection.value !== "none" || chat.outbox.value.length > 0 || storage.conversation.request;
  const isOn = computed(() => names.value !== "" && !isBegun());
  let [made, drawn] = /** @type {[ReturnType<typeof import("./questions.js").questionsForm> | null, string]} */ ([null, ""]);
  const done = (/** @type {Answers} */ answers) => {
    visitor.answers = answers;
    chat.begin();
    field.focus();
  };
  const show = async (/** @type {string} */ wanted) => {
    const [{ questionsForm }] = await Promise.all([import("./questions.js"), whenLoaded()]);
    if (wanted !== names.peek() || wanted === drawn) return;
    drawn = wanted;
    made = questionsForm({ questions: open.peek(), texts: /** @type {ContentTexts} */ ({ ...later()?.texts, ...texts }), done });
    place.replaceChildren(made.form);
  };
  effect(() => {
    place.hidden = !isOn.value;
    if (isOn.value) void show(names.value);
  });
  return { place, isOn: () => isOn.value, focus: () => made?.focus() };
}

/**
 * A question as the fields of forms have it.
 *
 * @param {Settings["form"][number]} question
 * @returns {Question}
 */
function optional(question) {
  return { required: false, options: [], ...question };
}

/**
 * @param {string} name
 * @param {Visitor} visitor
 */
function isKnown(name, { claims, attributes }) {
  if (name === "phone") return Boolean(claims.value.phone_number ?? claims.value.phone);
  if (name === "name" || name === "email") return Boolean(/** @type {Record<string, unknown>} */ (claims.value)[name]);
  return name in attributes.value;
}
