// The callback in the place of the chat. Its scripts are loaded when the visitor asks for it, or has asked before.

/** @import { Chat, Settings, ViewParts } from "./types" */
import { element } from "../base/elements.js";
import { effect, signal, untracked } from "../base/signals.js";

/**
 * `button` offers the callback, which is shown in `place` while `isOn()`: at first where the channel takes numbers alone,
 * and in the mode "auto" while nobody is there. `field` is that of the chat, to which the visitor may go from there.
 *
 * @param {Omit<ViewParts, "language" | "send"> & { field: HTMLElement & { value: string } }} parts
 */
export function callingOf({ chat, settings, visitor, texts, locale, storage, field }) {
  const isAlone = settings.mode === "callback";
  const on = signal(isAlone);
  const place = element("div", { class: "part", hidden: () => !on.value });
  const leave = () => {
    on.value = false;
    field.focus();
  };
  const show = async () => {
    on.value = true;
    const { callbackView } = await import("./callback.js");
    const callbackChannel = storage.callback.channel ?? settings.callback_channel ?? "";
    const name = visitor.claims.peek().name ?? visitor.answers.customer?.name;
    const isWaiting = () => chat.conversation.value.status === "waiting";
    const given = { callbackChannel, texts, locale, storage, name, isWaiting, leave: isAlone ? null : leave };
    if (!place.firstChild) place.append(callbackView(given));
  };
  const focus = () => /** @type {HTMLElement?} */ (place.firstChild)?.focus();
  const press = () => show().then(focus, leave);
  const isKept = () => Boolean(storage.callback.channel);
  const isHidden = () => on.value || !(isKept() || isOffered(chat, settings));
  const button = element("button", { type: "button", class: "ghost", hidden: isHidden, onclick: press }, texts.callMe);
  const isFirst = () => settings.mode === "auto" && chat.connection.peek() === "none" && !field.value && isOffered(chat, settings);

  effect(() => chat.visitors.value && place.firstChild?.dispatchEvent(new Event("forget")));
  if (isAlone || (isKept() && !storage.conversation.request)) show().catch(isAlone ? () => {} : leave);
  else onceKnown(chat.availability, () => isFirst() && show().then(() => document.hasFocus() && focus(), leave));
  return { place, button, focus, isOn: () => on.value };
}

/**
 * Whether the channel's mode has a callback for a visitor of this chat, as things stand.
 *
 * @param {Chat} chat
 * @param {Settings} settings
 */
function isOffered(chat, { mode, callback_channel: channel, max_wait_seconds: longest }) {
  if (!channel || mode === "both") return Boolean(channel);
  const { open = true, estimated_wait_seconds: wait } = chat.availability.value ?? {};
  const { status } = chat.conversation.value;
  return status === "waiting" || (status === "none" && (!open || (wait ?? 0) > (longest ?? Infinity)));
}

/**
 * Does the work when the value is there for the first time.
 *
 * @param {Readable<unknown>} value
 * @param {() => void} work
 */
function onceKnown(value, work) {
  let isKnown = false;
  effect(() => {
    if (isKnown || value.value === null) return;
    isKnown = true;
    untracked(work);
  });
}
