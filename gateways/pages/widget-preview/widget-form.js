// All that is configured about a widget, as a form.

/** @import { Choice, Fault, Part } from "./types" */
import { element } from "../base/elements.js";
import { accentField } from "./accent.js";
import { choiceField, mark, numberField, switchField } from "./fields.js";
import { invitationField } from "./invitation.js";
import { textsField } from "./own-texts.js";
import { questionsField } from "./questions.js";
import { tidied } from "./settings.js";

/** @type {Choice[]} */
const MODES = [
  ["auto", "Chat, or a callback when closed or slow"],
  ["live", "Chat only"],
  ["callback", "Callbacks only"],
  ["both", "Chat and callbacks"],
];
/** @type {Choice[]} */
const THEMES = [
  ["system", "As the visitor’s system"],
  ["light", "Light"],
  ["dark", "Dark"],
  ["page", "As the page"],
];
/** @type {Choice[]} */
const LAUNCHERS = [
  ["always", "Always"],
  ["open", "While the queue is open"],
];
/** @type {Choice[]} */
const STORAGE = [
  ["site", "The conversation, for this site"],
  ["none", "Nothing, as on a screen for many"],
];

const QUESTIONS =
  "Asked before the first message. The answers to name, email and phone are the customer’s, that to queue is the queue; all others are attributes of the conversation.";

/**
 * Reads the settings without those that are as they would be anyhow. What this form does not know stays as it is.
 *
 * @param {Api.Widget} widget
 * @param {string[]} callbackChannels
 * @returns {Part<Api.Widget>}
 */
export function widgetForm(widget, callbackChannels) {
  const parts = partsOf(widget, callbackChannels);
  const node = element("div", { class: "sections" }, sectionsOf(parts));
  const read = (/** @type {string} */ path, /** @type {Fault[]} */ faults) => {
    mark(node, path);
    const said = Object.entries(parts).map(([name, part]) => [name, part.read(`${path}.${name}`, faults)]);
    const { accent, callback_channel: callback, ...others } = Object.fromEntries(said);
    return tidied({ ...widget, ...others, accent: accent || null, callback_channel: callback || null });
  };
  return { node, read };
}

/**
 * @param {Api.Widget} widget
 * @param {string[]} callbackChannels
 */
function partsOf(widget, callbackChannels) {
  /** @type {Choice[]} */
  const callbacks = [["", "The first one"], ...callbackChannels.map((name) => /** @type {Choice} */ ([name, name]))];
  const forCallbacks = callbackChannels.length ? undefined : "There is no channel of kind callback yet.";
  return {
    accent: accentField(widget.accent ?? ""),
    theme: choiceField("Light or dark", widget.theme ?? "system", THEMES),
    launcher: choiceField("The button is there", widget.launcher ?? "always", LAUNCHERS),
    mode: choiceField("What it offers", widget.mode ?? "auto", MODES),
    callback_channel: choiceField("Channel for callbacks", widget.callback_channel ?? "", callbacks, forCallbacks),
    max_wait_seconds: numberField("Longest wait, in seconds", widget.max_wait_seconds, "Above it, a callback is offered first."),
    attachments: switchField("Visitors may send files", widget.attachments ?? true),
    location: switchField("Visitors may send where they are", widget.location ?? false),
    sound: switchField("A sound for a new message", widget.sound ?? true),
    storage: choiceField("The browser keeps", widget.storage ?? "site", STORAGE),
    texts: textsField(widget.texts ?? {}),
    form: questionsField(widget.form ?? []),
    invitation: invitationField(widget.invitation),
  };
}

/** @param {ReturnType<typeof partsOf>} parts */
function sectionsOf(parts) {
  return [
    section("Looks", "", [parts.accent.node, pair(parts.theme, parts.launcher)]),
    section("What it does", "", [
      parts.mode.node,
      pair(parts.callback_channel, parts.max_wait_seconds),
      parts.attachments.node,
      parts.location.node,
      parts.sound.node,
      parts.storage.node,
    ]),
    section("Words of your own", "What you do not word stays as it is, in five languages.", [parts.texts.node]),
    section("Questions before the chat", QUESTIONS, [parts.form.node]),
    section("Invitation", "A few words beside the button.", [parts.invitation.node]),
  ];
}

/**
 * @param {string} heading
 * @param {string} words
 * @param {Node[]} content
 */
function section(heading, words, content) {
  const id = `section-${heading.toLowerCase().replaceAll(" ", "-")}`;
  return element("section", { class: "card", "aria-labelledby": id }, [
    element("h2", { id }, heading),
    words ? element("p", { class: "hint" }, words) : null,
    ...content,
  ]);
}

/** @param {{ node: HTMLElement }[]} parts */
function pair(...parts) {
  return element("div", { class: "pair" }, parts.map((part) => part.node));
}
