// Trying a bot out without a customer: what it answers, and what is wrong if it does not.

import { button, pendingOn } from "../base/controls/button.js";
import { input } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { number } from "../base/formats.js";
import { problemWords } from "../base/problem-words.js";
import { call } from "../base/session/calls.js";
import { words } from "./words.js";

const MAX_CHARACTERS = 4096;

/** @param {string} bot */
export function botTrial(bot) {
  /** @type {string | undefined} */
  let sender;
  const log = element("div", { class: "trial-log", role: "log", tabindex: "0", "aria-label": words("trial.log") });
  const text = input({ "aria-label": words("trial.text"), placeholder: words("trial.text"), maxlength: MAX_CHARACTERS, autocomplete: "off", dir: "auto" });
  const submit = button(words("trial.send"), () => {}, { icon: "send", type: "submit" });
  const send = async () => {
    const sent = text.value.trim();
    if (!sent || submit.getAttribute("aria-disabled")) return;
    text.value = "";
    log.append(line("mine", sent));
    try {
      const answer = await pendingOn(submit, call(`POST admin/v1/bots/${encodeURIComponent(bot)}/try`, { body: { text: sent, sender } }));
      sender = answer.sender;
      log.append(...answerLines(answer));
    } catch (error) {
      log.append(line("bad", problemWords(error)));
    }
    log.lastElementChild?.scrollIntoView({ block: "nearest" });
  };
  const again = () => {
    sender = undefined;
    log.replaceChildren();
    text.focus();
  };
  const submitted = (/** @type {Event} */ event) => (event.preventDefault(), void send());
  return element("section", { class: "card form-section trial", "aria-labelledby": "trial" }, [
    element("h2", { id: "trial" }, words("trial.heading")),
    element("p", { class: "hint" }, words("trial.about")),
    log,
    element("form", { class: "trial-form", onsubmit: submitted }, [text, submit, button(words("trial.again"), again, { icon: "refresh", kind: "quiet" })]),
  ]);
}

/** @param {Api.BotAttempt} answer */
function answerLines({ contents = [], handoff, left_out = [], failure, seconds }) {
  const said = contents.map((content) => contentLine(content));
  const handed = handoff ? [line("note", words(handoff.queue ? "trial.handoff_to" : "trial.handoff", { queue: handoff.queue ?? "", reason: handoff.reason ?? "" }))] : [];
  const nothing = !contents.length && !handoff && !failure ? [line("note", words("trial.nothing"))] : [];
  return [...said, ...handed, ...nothing, ...left_out.map((each) => line("bad", each)), ...(failure ? [line("bad", failure)] : []), line("quiet", words("trial.seconds", { seconds: number(Math.round(seconds * 100) / 100) }))];
}

/** @param {any} content */
function contentLine(content) {
  const { text, buttons = [], type } = content;
  const made = line("bot", text ?? JSON.stringify(content));
  if (buttons.length) made.append(element("span", { class: "trial-buttons" }, buttons.map((/** @type {any} */ each) => element("span", { class: "badge" }, each.title ?? each.label ?? each.text ?? type))));
  return made;
}

/** @param {string} kind @param {string} text */
function line(kind, text) {
  return element("div", { class: `trial-line ${kind}`, dir: "auto" }, text);
}
