// The desk: agents answer customers here.

import { button } from "../base/controls/button.js";
import { notify, notifyOfProblem } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { pause } from "../base/event-stream.js";
import { icon } from "../base/icons.js";
import { startPage } from "../base/page.js";
import { problemWords } from "../base/problem-words.js";
import { session } from "../base/session/session.js";
import { computed, effect, onStop, owned, signal, untracked } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { conversationList, orderedConversations } from "./conversation-list.js";
import { conversationView } from "./conversation-view.js";
import { Desk } from "./desk-state.js";
import { host, joinHost } from "./embedding.js";
import { openHandOver } from "./hand-over.js";
import { accept, decline, offerList } from "./offers.js";
import { openNewConversation } from "./new-conversation.js";
import { openKeys, openPalette } from "./palette.js";
import { togglePanel, uncover } from "./panel.js";
import { pullView } from "./pull-view.js";
import { isHeldBack, ring, turnOn } from "./ringing.js";
import { searchView } from "./search-view.js";
import { reportActivity } from "./activity.js";
import { openSettings } from "./settings.js";
import { openLogOut, shiftControls, shiftNotices, toggleReady } from "./shift-controls.js";
import { listen } from "./shortcuts.js";
import { speaking } from "./speaking.js";
import { t } from "./words.js";

const TITLE_MILLISECONDS = 300;
const CALM_MILLISECONDS = 60_000; // a feed that was followed for so long was right
const FIRST_PAUSE = 1000;
const MAX_PAUSE = 15_000;

/** @type {Desk?} */
let present = null;

startPage({
  name: "desk",
  title: t("desk.title"),
  lead: t("desk.lead"),
  roles: ["agent", "supervisor", "administrator"],
  entries: () => [
    { words: t("settings.heading"), icon: "settings", act: openSettings },
    { words: t("keys.heading"), icon: "keyboard", act: () => openKeys(() => actions) },
  ],
  logOut: () => present && openLogOut(present),
  view: ({ top }) => {
    const place = element("div", { class: "desk-place", "aria-busy": "true" }, [loading()]);
    const leaving = new AbortController();
    onStop(() => leaving.abort());
    open(place, top, leaving.signal).catch(notifyOfProblem);
    return place;
  },
});

/** @type {import("./shortcuts.js").Action[]} */
let actions = [];

function loading() {
  return element("p", { class: "quiet loading", role: "status" }, shared("state.loading"));
}

/**
 * Opens the desk once the server has answered; until then it is tried again by a press. It is opened anew where its feed
 * cannot be gone on with; `attempt` counts how often that has been so in a row.
 *
 * @param {HTMLElement} place
 * @param {HTMLElement} top
 * @param {AbortSignal} leaving
 */
async function open(place, top, leaving, attempt = 0) {
  try {
    const desk = await Desk.open();
    if (leaving.aborted) return;
    const openedAt = performance.now();
    const until = new AbortController();
    const end = () => until.abort();
    leaving.addEventListener("abort", end);
    const again = async () => {
      end();
      leaving.removeEventListener("abort", end);
      place.replaceChildren(loading());
      notify(t("desk.started_again"));
      const attempts = performance.now() - openedAt > CALM_MILLISECONDS ? 0 : attempt;
      if (attempts) await pause(Math.min(MAX_PAUSE, FIRST_PAUSE * 2 ** attempts), leaving);
      if (!leaving.aborted) await open(place, top, leaving, attempts + 1);
    };
    const { stop } = owned(() => draw(desk, place, top, until.signal, again));
    until.signal.addEventListener("abort", () => {
      stop();
      desk.stop();
      if (session.endReason !== null) desk.explainEnd();
    });
  } catch (error) {
    if (leaving.aborted) return;
    place.replaceChildren(element("div", { class: "empty" }, [icon("alert"), element("p", { role: "alert" }, problemWords(error)), button(shared("action.retry"), () => open(place, top, leaving, attempt), { icon: "refresh" })]));
  } finally {
    place.removeAttribute("aria-busy");
  }
}

/**
 * @param {Desk} desk
 * @param {HTMLElement} place
 * @param {HTMLElement} top
 * @param {AbortSignal} leaving
 * @param {() => void} again
 */
function draw(desk, place, top, leaving, again) {
  present = desk;
  document.body.classList.toggle("embedded", host !== "");
  const go = (/** @type {string} */ address) => {
    location.hash = address;
    if (location.hash === followed) front()?.focus();
    else follow(); // at once: the next key is meant for what the address names
  };
  const select = (/** @type {string} */ id) => go(`#c/${id}`);
  const conversations = orderedConversations(desk);
  const openView = () => (location.hash.startsWith("#search") ? "search" : location.hash.startsWith("#waiting") ? "waiting" : "");
  const view = signal(openView());
  /** @type {Map<string, { made: ReturnType<typeof conversationView>, stop: () => void }>} */
  const views = new Map();
  const front = () => views.get(desk.selected.peek() ?? "")?.made;
  const search = searchView(() => view.value === "search");
  const pull = pullView(() => view.value === "waiting", select);
  const middle = element("div", { class: "middle", onkeydown: (event) => leave(event) }, [
    search.node,
    pull.node,
    element("div", { class: "empty nothing-open", hidden: () => desk.selected.value !== null || view.value !== "" }, [icon("chat"), element("p", {}, t("desk.nothing_open"))]),
  ]);

  let followed = "";

  /** Escape leads out of a conversation to its place in the list. @param {KeyboardEvent} event */
  function leave(event) {
    const { key, defaultPrevented, isComposing, target } = event;
    if (key !== "Escape" || defaultPrevented || isComposing || /** @type {Element} */ (target).closest("[popover]")) return;
    const row = /** @type {HTMLElement?} */ (side.querySelector("[aria-current]"));
    if (row?.checkVisibility()) row.focus();
    else go("#");
  }

  function follow() {
    if (location.hash === followed) return;
    followed = location.hash;
    view.value = openView();
    uncover();
    const id = /^#c\/([\w-]+)/.exec(location.hash)?.[1] ?? null;
    desk.selected.value = id;
    if (id !== null && !views.has(id)) {
      const kept = owned(() => conversationView(desk, id));
      views.set(id, kept);
      middle.append(kept.made.node);
    }
    front()?.focus();
    if (view.peek() === "search") search.focus();
  }

  effect(() => {
    const known = desk.summaries.value;
    untracked(() => {
      for (const [id, { made, stop }] of views) {
        if (known.has(id) || desk.isOpened(id)) continue;
        stop();
        made.node.remove();
        views.delete(id);
      }
    });
  });
  onStop(() => {
    for (const { stop } of views.values()) stop();
  });

  const side = element("div", { class: "side", onclick: (event) => /** @type {Element} */ (event.target).closest("[aria-current]") && location.hash === followed && front()?.focus() }, [
    element("div", { class: "side-tools" }, [
      button(t("search.heading"), () => go("#search"), { icon: "search", kind: "quiet", class: "button quiet" }),
      button(t("pull.heading"), () => go("#waiting"), { icon: "queue", kind: "quiet", class: "button quiet" }),
      button(t("outbound.heading"), () => openNewConversation(select), { icon: "add", iconOnly: true, kind: "quiet" }),
      button(t("palette.heading"), () => openPalette(desk, () => actions), { icon: "keyboard", iconOnly: true, kind: "quiet" }),
    ]),
    offerList(desk, select),
    conversationList(desk, conversations),
  ]);
  const sound = button(t("ring.off"), turnOn, { icon: "sound_off", class: "button quiet warn-text", hidden: () => !isHeldBack.value });
  top.replaceChildren(sound, shiftControls(desk));
  place.replaceChildren(element("h1", { class: "visually-hidden" }, t("desk.title")), speaking(desk), element("div", { class: "banners" }, shiftNotices(desk)), element("div", { class: () => `desk ${desk.selected.value !== null || view.value ? "in-front" : ""}` }, [side, middle]));

  actions = actionsOf();
  onStop(listen(() => actions, notifyOfProblem));
  ring(desk, select);
  joinHost(desk, { insert, select }, leaving);
  addEventListener("hashchange", follow, { signal: leaving });
  addEventListener("focus", () => desk.claim().catch(() => {}), { signal: leaving }); // the next look claims it again
  addEventListener("pointerdown", () => desk.claim().catch(() => {}), { signal: leaving, once: true });
  addEventListener("beforeunload", (event) => desk.held.peek().length > 0 && !host && event.preventDefault(), { signal: leaving });
  keepTitle(desk);
  reportActivity(leaving);
  desk.start(again);
  if (location.hash) follow();

  /**
   * Puts a text of the page around into the field of the conversation in front, where the agent may write one.
   *
   * @param {string} text
   * @param {"message" | "note"} into
   */
  function insert(text, into) {
    const made = front();
    if (!made?.modes.peek().includes(into)) return false;
    made.writing.insert(text, into);
    return true;
  }

  /** @param {number} step */
  function move(step) {
    const ids = conversations.peek().map(({ conversation_id }) => conversation_id);
    if (!ids.length) return;
    const at = ids.indexOf(desk.selected.peek() ?? "");
    select(ids[(at + step + ids.length) % ids.length] ?? ids[0]);
  }

  function nextUnread() {
    const unread = conversations.peek().find(({ conversation_id, unread: count }) => count && conversation_id !== desk.selected.peek());
    if (unread) select(unread.conversation_id);
  }

  /** @returns {import("./shortcuts.js").Action[]} */
  function actionsOf() {
    const offer = () => desk.offered.peek()[0];
    const owns = () => front()?.role.peek() === "primary" && front()?.isOngoing() === true;
    const isIn = () => front()?.role.peek() != null && front()?.isOngoing() === true;
    const handOver = (/** @type {"transfer" | "consult" | "conference"} */ way) => () => openHandOver(/** @type {NonNullable<ReturnType<typeof front>>} */ (front()).conversation, way);
    return [
      { id: "accept", words: t("offer.accept"), keys: "Alt+A", act: () => accept(offer(), select), isPossible: () => offer() !== undefined },
      { id: "decline", words: t("offer.decline"), keys: "Alt+D", act: () => decline(offer()), isPossible: () => offer() !== undefined },
      { id: "ready", words: t("keys.ready"), keys: "Alt+R", act: () => toggleReady(desk) },
      { id: "unread", words: t("keys.unread"), keys: "Alt+N", act: nextUnread },
      { id: "down", words: t("keys.down"), keys: "Alt+ArrowDown", act: () => move(1) },
      { id: "up", words: t("keys.up"), keys: "Alt+ArrowUp", act: () => move(-1) },
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => ({ id: `chat-${number}`, words: t("keys.chat", { number }), keys: `Alt+${number}`, act: () => { const chat = conversations.peek()[number - 1]; if (chat) select(chat.conversation_id); }, isPossible: () => conversations.peek().length >= number })),
      { id: "reply", words: t("keys.reply"), keys: "Alt+M", act: () => front()?.writing.choose("message"), isPossible: () => front()?.modes.peek().includes("message") === true },
      { id: "note", words: t("keys.note"), keys: "Alt+O", act: () => front()?.writing.choose("note"), isPossible: isIn },
      { id: "canned", words: t("composer.canned"), keys: "Alt+C", act: () => front()?.writing.openCanned(), isPossible: () => front()?.modes.peek().includes("message") === true },
      { id: "transfer", words: t("act.transfer"), keys: "Alt+T", act: handOver("transfer"), isPossible: owns },
      { id: "consult", words: t("act.consult"), keys: "Alt+Q", act: handOver("consult"), isPossible: owns },
      { id: "conference", words: t("act.conference"), keys: "Alt+J", act: handOver("conference"), isPossible: owns },
      { id: "end", words: t("act.end"), keys: "Alt+E", act: () => front()?.acts.end(), isPossible: owns },
      { id: "wrap-up", words: t("keys.wrap_up"), keys: "Alt+W", act: () => front()?.focus(), isPossible: () => front() !== undefined },
      { id: "hand", words: t("keys.hand"), keys: "Alt+H", act: () => front()?.acts.hand(), isPossible: isIn },
      { id: "panel", words: t("keys.panel"), keys: "Alt+I", act: togglePanel },
      { id: "outbound", words: t("outbound.heading"), keys: "Alt+U", act: () => openNewConversation(select) },
      { id: "search", words: t("search.heading"), keys: "Alt+S", act: () => go("#search") },
      { id: "waiting", words: t("pull.heading"), keys: "Alt+L", act: () => go("#waiting") },
      { id: "palette", words: t("palette.heading"), keys: "Ctrl+K", act: () => openPalette(desk, () => actions) },
      { id: "keys", words: t("keys.heading"), keys: "F1", act: () => openKeys(() => actions) },
    ];
  }
}

/**
 * Has the title of the tab count what the agent has not looked at. A browser takes long to change a title, so that it
 * changes a few times a second at most.
 *
 * @param {Desk} desk
 */
function keepTitle(desk) {
  const unread = computed(() => desk.held.value.reduce((sum, { conversation_id: id }) => sum + (desk.summaries.value.get(id)?.unread ?? 0), desk.offered.value.length));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let due;
  effect(() => {
    unread.value;
    due ??= setTimeout(() => {
      due = undefined;
      document.title = `${unread.peek() ? `(${unread.peek()}) ` : ""}${t("desk.title")} · Hybrid Chat`;
    }, TITLE_MILLISECONDS);
  });
  onStop(() => clearTimeout(due));
}
