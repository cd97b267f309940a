// What passes between the chat and the page around it, through the loader.

/** @import { Chat, Emit, LogMessage, LogNotice, ViewParts } from "./types" */
import { computed, effect, signal } from "../base/signals.js";
import { applyTheme } from "./theme.js";

const LOOK_MILLISECONDS = 60000;

/**
 * Tells the page what happens, and does what it says. `send(type, data)` goes to the loader. `on` has opened(), when the
 * visitor has opened the panel, and language(tag). Returns what takes the loader's messages.
 *
 * @param {Pick<ViewParts, "chat" | "visitor" | "settings" | "send"> & { on: { opened: () => void, language: (tag: string) => void } }} parts
 * @returns {(type: string, data: any) => void}
 */
export function connect({ chat, visitor, settings, send, on }) {
  const isOpen = signal(parent === window);
  const isVisible = signal(document.visibilityState === "visible");
  /** @type {Emit} */
  const emit = (name, data = {}) => send("event", { name, data });
  /** @type {{ [type: string]: (data: any) => unknown }} */
  const taken = {
    panel: ({ open }) => {
      isOpen.value = open;
      if (!open) return;
      void chat.lookForAgents();
      on.opened();
    },
    theme: ({ theme }) => applyTheme({ accent: theme.accent ?? settings.accent, scheme: theme.scheme ?? settings.theme }),
    identify: ({ token }) => {
      visitor.identify(token);
      void chat.identified();
    },
    set: ({ attributes }) => (visitor.attributes.value = attributes),
    page: ({ url, title }) => (visitor.page = { url, title }),
    language: ({ language }) => on.language(language),
    end: () => chat.end().catch(() => {}),
    reset: () => {
      visitor.forget();
      chat.forget();
    },
  };

  taken.theme({ theme: {} });
  addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && send("close"));
  document.addEventListener("visibilitychange", () => (isVisible.value = document.visibilityState === "visible"));
  addEventListener("pagehide", () => chat.leave());
  addEventListener("pageshow", (event) => event.persisted && chat.resume());
  effect(() => isOpen.value && isVisible.value && chat.conversation.value && chat.read());
  tellEvents(chat, emit);
  const isWithoutPlace = computed(() => {
    const { status, place } = chat.conversation.value;
    return chat.connection.value === "live" && status === "waiting" && place === null;
  });
  effect(() => isWithoutPlace.value && void chat.lookForPlace());
  if (settings.launcher === "open") setInterval(() => isVisible.peek() && chat.lookForAgents(), LOOK_MILLISECONDS);
  effect(() => {
    const { open } = chat.availability.value ?? {};
    if (open === undefined) return;
    send("launcher", { hidden: !open && chat.connection.value === "none" });
    emit("availability", { open });
  });
  send("ready");
  return (type, data) => Object.hasOwn(taken, type) && taken[type](data);
}

/**
 * The events of docs/widget.md. They hold no text of any message.
 *
 * @param {Chat} chat
 * @param {Emit} emit
 */
function tellEvents(chat, emit) {
  let [before, count] = ["none", 0];
  effect(() => {
    const { status, messages, rating, version } = chat.conversation.value;
    if (version === 0) [before, count] = ["none", 0];
    const isHistory = version <= chat.seenBefore;
    if (before === "none" && status !== "none" && !isHistory) emit("conversation.started", { conversation_id: idOf(chat) });
    for (const each of isHistory ? [] : messages.slice(count)) report(each, emit);
    if (rating !== null && before === "ended") emit("rating", { score: rating });
    [before, count] = [rating === null ? status : "rated", messages.length];
  });
  effect(() => chat.refusal.value && emit("error", { message: chat.refusal.value }));
}

/**
 * @param {LogMessage | LogNotice} message
 * @param {Emit} emit
 */
function report(message, emit) {
  if (message.notice === "joined") emit("agent.joined", { name: message.name });
  else if (message.notice === "left") emit("agent.left", { name: message.name });
  else if (message.notice === "ended") emit("conversation.ended");
  else if (message.sender) emit("message", { id: message.id, sender: message.sender.type });
}

/** @param {Chat} chat */
function idOf(chat) {
  return chat.access.peek()?.path.split("/").at(-1) ?? null;
}
