// A callback that was asked for: when the call comes, how it goes, and how to cancel it.

/** @import { Asking, CallbackParts, CallbackTexts } from "./types" */
import { element } from "../base/elements.js";
import { computed, effect, onStop, signal } from "../base/signals.js";
import { isOver } from "./callback-progress.js";
import { timeInWords, zoneInWords } from "./callback-times.js";
import { filled } from "./texts.js";

/** @type {{ [status: string]: keyof CallbackTexts }} */
const TITLES = { sending: "callSending", cancelled: "callCancelled", done: "callDone", missed: "callMissed", lost: "callLost" };
const CONFIRM_MILLISECONDS = 5000;
const LOOK_MILLISECONDS = 15_000;

/**
 * The callback as an element. `again` asks for another one, `lasting` says whether the browser keeps this one.
 *
 * @param {Omit<CallbackParts, "name"> & { again: () => void, lasting: () => boolean }} parts
 */
export function callbackCard({ asking, texts, locale, zone, again, lasting }) {
  const now = signal(Date.now());
  const clock = setInterval(() => (now.value = Date.now()), LOOK_MILLISECONDS);
  onStop(() => clearInterval(clock));
  const isScheduled = computed(() => {
    const { request, moved, wantedAt } = asking.kept.value;
    const isForLater = Boolean(request?.wanted_at || moved) && Date.parse(wantedAt ?? "") > now.value;
    return isForLater && asking.status.value === "waiting" && asking.progress.value.place === null;
  });
  const ends = computed(() => isOver({ status: asking.status.value }));
  const when = () => (isScheduled.value ? timeInWords(asking.kept.value.wantedAt ?? "", zone, locale) : "");
  const heading = element("h2", { id: "callback-title", tabindex: "-1" }, () => title(asking, isScheduled.value, texts));
  const isMoved = () => isScheduled.value && asking.kept.value.moved && asking.kept.value.request?.wanted_at;
  effect(() => asking.status.value && queueMicrotask(() => document.activeElement?.closest(".callback-card [hidden]") && heading.focus()));
  return element("div", { class: () => `callback-card is-${asking.status.value}` }, [
    icon(),
    heading,
    element("div", { class: "details", hidden: () => !asking.kept.value.number }, [
      element("p", { class: "at", hidden: () => !isScheduled.value }, when),
      element("p", { class: "hint", hidden: () => !isScheduled.value }, zoneInWords(zone, locale)),
      element("p", {}, [
        element("bdi", { dir: "ltr" }, () => asking.kept.value.number?.typed ?? ""),
        () => (asking.kept.value.number?.country ? ` (${asking.kept.value.number.country})` : ""),
      ]),
    ]),
    element("p", { hidden: () => !isMoved() }, texts.callMoved),
    element("p", { class: "progress" }, () => progressInWords(asking, texts)),
    element("p", { class: "unseen", role: "status" }, () => title(asking, isScheduled.value, texts)),
    element("p", { class: "hint", hidden: () => lasting() || ends.value }, texts.callNotKept),
    element("div", { class: "actions" }, [
      cancelButton(asking, texts),
      element("button", { type: "button", class: "primary", hidden: () => !ends.value, onclick: again }, texts.callAnother),
    ]),
  ]);
}

/**
 * @param {Asking} asking
 * @param {boolean} isScheduled
 * @param {CallbackTexts} texts
 */
function title(asking, isScheduled, texts) {
  const status = asking.status.value;
  if (status === "waiting") return isScheduled ? texts.callScheduled : texts.callSoon;
  if (status === "agent") return filled(texts.callWithAgent, { name: asking.progress.value.agent ?? "" });
  return texts[TITLES[status]] ?? "";
}

/**
 * @param {Asking} asking
 * @param {CallbackTexts} texts
 */
function progressInWords(asking, texts) {
  const { place, estimatedWaitSeconds: seconds } = asking.progress.value;
  const status = asking.status.value;
  if (asking.interrupted.value && !isOver({ status })) return texts.callNoConnection;
  if (status === "agent") return texts.callWithAgentMore;
  if (status === "missed") return texts.callMissedMore;
  if (status !== "waiting" || place === null) return "";
  const words = filled(texts.waiting, { place });
  if (seconds === null) return words;
  return `${words} ${seconds < 60 ? texts.callSoonCalled : filled(texts.wait, { minutes: Math.ceil(seconds / 60) })}`;
}

/**
 * Cancels when it is pressed twice, as the chat ends.
 *
 * @param {Asking} asking
 * @param {CallbackTexts} texts
 */
function cancelButton(asking, texts) {
  const asked = signal(false);
  const failed = signal(false);
  const press = () => {
    failed.value = false;
    if (asked.peek()) asking.cancel().catch(() => (failed.value = true));
    asked.value = !asked.peek();
    setTimeout(() => (asked.value = false), CONFIRM_MILLISECONDS);
  };
  const words = () => (asked.value ? texts.callReallyCancel : texts.callCancel);
  return element("div", { class: "cancel", hidden: () => asking.status.value !== "waiting" }, [
    element("button", { type: "button", class: "choice", onclick: press }, words),
    element("p", { class: "fault", role: "alert" }, () => (failed.value ? texts.callNotCancelled : "")),
  ]);
}

function icon() {
  const space = "http://www.w3.org/2000/svg";
  const drawn = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  path.setAttribute("d", "M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11.4 11.4 0 0 0 3.6.57 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1 11.4 11.4 0 0 0 .57 3.6 1 1 0 0 1-.25 1z");
  drawn.append(path);
  return element("div", { class: "icon" }, drawn);
}
