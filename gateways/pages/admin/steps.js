// The steps of a queue: the criterion of each is checked as it is typed, and the agents are counted who meet it now.

/** @import { Filling } from "./types" */
import { field, input } from "../base/controls/field.js";
import { element, unseen } from "../base/elements.js";
import { list, number } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { problemWords } from "../base/problem-words.js";
import { call } from "../base/session/calls.js";
import { effect, onStop, signal, untracked } from "../base/signals.js";
import { numberInput } from "./inputs.js";
import { entryList, part } from "./entry-list.js";
import { group } from "./group.js";
import { namesOf, table } from "./store.js";
import { words } from "./words.js";

/** @typedef {{ checked: Api.CriterionCheck, text: string } | { failure: string } | null} Verdict */

/** @typedef {{ place: () => number, wrong: (words: string?) => void }} Fault */

const PAUSE_MILLISECONDS = 250;
const MAX_STEPS = 10;
const MAX_CHARACTERS = 1024;
const NUMBER = { nullable: false, required: true, initial: 30 };

/** @param {Filling} filling */
export function steps(filling) {
  const { value, values } = filling;
  const names = namesOf("attributes");
  const mrd = () => values.mrd.value || null;
  /** @type {Set<Fault>} */
  const faults = new Set();
  const content = entryList(value, {
    make: (entry, place) => stepOf(entry, place, () => value.value.length, mrd, faults),
    fresh: () => ({ criterion: "", seconds: 30 }),
    add: words("steps.add"),
    most: MAX_STEPS,
    ordered: true,
  });
  const known = element("p", { class: "hint" }, () => (names().length ? words("steps.attributes", { names: list(names().map(written)) }) : words("steps.no_attributes")));
  const wrongPart = (/** @type {string?} */ text, /** @type {string} */ path) => {
    const place = Number(path.match(/^\[(\d+)\]/)?.[1]);
    const fault = [...faults].find((each) => each.place() === place);
    fault?.wrong(text);
    return fault !== undefined;
  };
  const empty = element("p", { class: "quiet none", hidden: () => value.value.length > 0 }, words("steps.none"));
  return group(filling, [known, empty, ...content], { wrongPart });
}

/** @param {string} name */
function written(name) {
  return table("attributes").value?.items[name]?.type === "proficiency" ? `${name} (1–10)` : name;
}

/**
 * @param {Signal<any>} entry
 * @param {() => number} place
 * @param {() => number} count
 * @param {() => string?} mrd
 * @param {Set<Fault>} faults
 */
function stepOf(entry, place, count, mrd, faults) {
  const [criterion, seconds] = [part(entry, "criterion"), part(entry, "seconds")];
  const control = input({ class: "code", dir: "ltr", spellcheck: "false", autocomplete: "off", autocapitalize: "off", maxlength: MAX_CHARACTERS, placeholder: "english >= 8 and sales" });
  control.addEventListener("input", () => (criterion.value = control.value));
  effect(() => {
    if (control.value !== criterion.value) control.value = criterion.value ?? "";
  });
  const made = field(words("steps.criterion"), control);
  const wait = field(words("steps.seconds"), numberInput(seconds, NUMBER));
  const fault = { place, wrong: made.wrong };
  faults.add(fault);
  onStop(() => faults.delete(fault));
  const verdict = checked(criterion, mrd);
  effect(() => {
    const now = verdict.value;
    const isWrong = now !== null && "checked" in now && !now.checked.valid;
    made.wrong(null);
    if (isWrong) control.setAttribute("aria-invalid", "true");
  });
  const title = element("p", { class: "step-title" }, () => words(place() === 0 ? "steps.first" : "steps.later", { number: place() + 1 }));
  const lasts = element("div", { class: "step-wait", hidden: () => place() === count() - 1 }, [wait.node]);
  return [title, made.node, verdictView(verdict), lasts];
}

/**
 * What the server finds in the criterion, once the typing pauses.
 *
 * @param {Signal<any>} criterion
 * @param {() => string?} mrd
 */
function checked(criterion, mrd) {
  const verdict = signal(/** @type {Verdict} */ (null));
  effect(() => {
    const [text, of] = [criterion.value ?? "", mrd()];
    const giveUp = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const found = await call("POST admin/v1/criteria/check", { body: { criterion: text, mrd: of }, signal: giveUp.signal });
        verdict.value = { checked: found, text };
      } catch (error) {
        if (!giveUp.signal.aborted) verdict.value = { failure: problemWords(error) };
      }
    }, untracked(() => verdict.peek()) ? PAUSE_MILLISECONDS : 0);
    onStop(() => (clearTimeout(timer), giveUp.abort()));
  });
  return verdict;
}

/** @param {Signal<Verdict>} verdict */
function verdictView(verdict) {
  const place = element("div", { class: "verdict", role: "status" });
  effect(() => place.replaceChildren(...(verdict.value ? verdictWords(verdict.value) : [])));
  return place;
}

/** @param {NonNullable<Verdict>} verdict */
function verdictWords(verdict) {
  if ("failure" in verdict) return [element("p", { class: "quiet" }, words("steps.unchecked", { reason: verdict.failure }))];
  const { checked: { valid, agents, faults = [] }, text } = verdict;
  if (!valid || !agents) return faults.map((fault) => faultView(text, fault));
  const { eligible, ready_now, names } = agents;
  const more = eligible > names.length ? words("steps.more", { count: eligible - names.length }) : "";
  const who = eligible ? element("p", { class: "quiet" }, `${list(names)}${more}`) : null;
  const counted = element("p", { class: eligible ? "good" : "warn" }, [icon(eligible ? "check" : "alert"), words("steps.eligible", { count: eligible, ready: number(ready_now) })]);
  return [counted, ...(who ? [who] : [])];
}

/**
 * The sentence about a fault, and the criterion with its place.
 *
 * @param {string} text
 * @param {Api.CriterionFault} fault
 */
function faultView(text, { position, message }) {
  const characters = [...text];
  const at = characters.slice(position).join("").match(/^\S*/)?.[0] || " ";
  const before = characters.slice(0, position).join("");
  return element("div", { class: "bad" }, [
    element("p", {}, [icon("alert"), element("span", {}, words("steps.fault", { message, position: number(position + 1) }))]),
    element("p", { class: "code fault-place", dir: "ltr" }, [before, element("mark", {}, [at]), unseen(words("steps.here")), characters.slice(position + [...at].length).join("")]),
  ]);
}
