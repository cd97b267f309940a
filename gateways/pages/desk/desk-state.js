// All that the desk knows: a snapshot of the server, kept up to date by the agent's feed.

/** @import { FeedEvent, Summary } from "./state/types" */
/** @import { FeedState } from "../base/session/types" */
import { jumps, learn } from "../base/clock.js";
import { notify, notifyOfProblem } from "../base/controls/notices.js";
import { newId } from "../base/ids.js";
import { call } from "../base/session/calls.js";
import { follow } from "../base/session/feed.js";
import { batch, computed, effect, signal } from "../base/signals.js";
import { Conversation, isComingIn } from "./conversation.js";
import { customerName } from "./conversation-list.js";
import { wordsOf } from "./contents/words.js";
import { unsentConversations } from "./outbox.js";
import { reduceShift, shiftOf } from "./state/shift.js";
import { reduceSummary } from "./state/summary.js";
import { t } from "./words.js";

const TYPING_MILLISECONDS = 8000; // a sign of typing that nobody takes back
const LEAVING_MILLISECONDS = 60_000; // a conversation stays in sight for so long after its task has closed

/** @typedef {{ id: string, at: string, by: string, text: string }} Announcement */

export class Desk {
  /** This tab, frame or window, among the places at which the agent may be. */
  place = newId();
  #leaving = new AbortController();
  /** @type {Map<string, Conversation>} */
  #opened = new Map();
  /** @type {Set<(event: FeedEvent) => void>} */
  #watchers = new Set();
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  #typingEnds = new Map();
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  #leftLater = new Map();
  #jumps = jumps.peek();
  /** Why the shift has ended, once it has. @type {string?} */
  #endReason = null;

  /** @param {Api.Me} me */
  constructor(me) {
    this.shift = signal(shiftOf(me));
    /** The conversations of the agent's tasks, and those that were looked at, by their ids. */
    this.summaries = signal(new Map(me.conversations.map((each) => [each.conversation_id, /** @type {Summary} */ (each)])));
    /** What is offered, by the task's id, as far as it is known yet. */
    this.offers = signal(new Map((me.offers ?? []).map((offer) => [offer.task_id, offer])));
    this.position = me.position;
    this.primary = signal(me.primary ?? null);
    this.connection = signal(/** @type {FeedState} */ ("interrupted"));
    this.announcements = signal(/** @type {Announcement[]} */ ([]));
    this.typing = signal(/** @type {Map<string, string>} */ (new Map()));
    /** The conversation that is in front; the address names it. */
    this.selected = signal(/** @type {string?} */ (null));
    this.tasks = computed(() => this.shift.value.tasks);
    this.offered = computed(() => this.tasks.value.filter(({ state }) => state === "reserved"));
    this.held = computed(() => this.tasks.value.filter(({ state }) => state !== "reserved"));
    this.isPrimary = computed(() => this.primary.value === null || this.primary.value === this.place);
  }

  get agentId() {
    return this.shift.peek().agent.agent_id;
  }

  /** Reads what there is and follows what comes, until the desk is left. */
  static async open() {
    return new Desk(await snapshot());
  }

  /** @param {() => void} lost runs where the feed cannot be gone on with: the server knows less than this page, after a restore */
  start(lost) {
    const parameters = (/** @type {number} */ failures) => ({ place: this.place, primary: this.#wasPrimary(failures) ? true : null });
    follow("agent/v1/events", parameters, this.position, this.#leaving.signal, {
      event: (event, cursor) => batch(() => this.#take(event, cursor)),
      signal: (sent) => this.#heed(sent),
      state: (state) => (this.connection.value = state),
      problem: (problem) => (problem.status === 401 ? undefined : lost()),
    }).catch(notifyOfProblem);
    effect(() => this.#load());
    effect(() => void (this.connection.value === "live" && jumps.value > this.#jumps && this.#learnTime()));
    for (const id of unsentConversations(this.agentId)) this.#goOnSending(id);
  }

  /**
   * The server forgets when it restarts who rang. A connection that merely breaks leaves that to the server, which knows
   * whether another place has claimed it meanwhile.
   *
   * @param {number} failures
   */
  #wasPrimary(failures) {
    return this.primary.peek() === this.place && failures > 1;
  }

  async #learnTime() {
    this.#jumps = jumps.peek();
    await snapshot().catch(() => {}); // the next connection is as good
  }

  /** What was written before the page was left goes out, though nobody looks. @param {string} id */
  #goOnSending(id) {
    const { outbox } = this.conversation(id);
    if (outbox.entries.peek().some(({ refused }) => refused)) this.noticeRefusal(id);
  }

  /** Lets the agent know that something was refused, where it is not in sight. @param {string} id */
  noticeRefusal(id) {
    if (this.selected.peek() === id) return;
    const summary = this.summaries.peek().get(id);
    const name = summary ? customerName(summary) : t("sender.customer");
    notify(t("outbox.refused", { name }), { kind: "bad", action: { words: t("outbox.open"), act: () => void (location.hash = `#c/${id}`) } });
  }

  /** Follows nothing and sends nothing any more. */
  stop() {
    this.#leaving.abort();
    for (const each of this.#opened.values()) each.stop();
    for (const each of [...this.#typingEnds.values(), ...this.#leftLater.values()]) clearTimeout(each);
  }

  /** Runs the work for each event of the feed. @param {(event: FeedEvent) => void} work */
  watch(work) {
    this.#watchers.add(work);
    return () => this.#watchers.delete(work);
  }

  /**
   * The conversation, to be read and written in. It is read from the server when it is first asked for.
   *
   * @param {string} id
   */
  conversation(id) {
    const known = this.#opened.get(id);
    if (known) return known;
    const made = new Conversation(this, id);
    this.#opened.set(id, made);
    made.load();
    return made;
  }

  /** Makes this the place that rings. */
  async claim() {
    if (this.isPrimary.peek() && this.primary.peek() !== null) return;
    const { place } = await call("POST agent/v1/me/primary", { body: { place: this.place } });
    this.primary.value = place ?? null;
  }

  /** @param {Summary} summary */
  keepSummary(summary) {
    const before = this.summaries.peek().get(summary.conversation_id);
    if (before && before.version > summary.version) return;
    this.#setSummary(summary.conversation_id, { ...summary, unreadIds: before?.unreadIds });
  }

  /**
   * @param {FeedEvent} event
   * @param {number} cursor
   */
  #take(event, cursor) {
    this.position = cursor;
    const { type, data, conversation_id: id } = event;
    guarded(() => (this.shift.value = reduceShift(this.shift.peek(), event)));
    if (id !== undefined) this.#takeInto(id, event);
    if (type === "AnnouncementReceived") this.#announce(event);
    if (type === "AgentLoggedOut") this.#noticeLogOut(data.reason);
    for (const work of this.#watchers) guarded(() => work(event));
  }

  /**
   * @param {string} id
   * @param {FeedEvent} event
   */
  #takeInto(id, event) {
    const summary = this.summaries.peek().get(id);
    if (event.type === "MessagePosted") this.#stopTyping(id);
    if (summary && isComingIn(event, this.agentId)) this.conversation(id);
    guarded(() => this.#opened.get(id)?.take(event));
    if (summary) guarded(() => this.#setSummary(id, reduceSummary(summary, event, this.agentId, wordsOf)));
  }

  /** After a lost connection the session goes on, and the next feed begins a new shift. @param {string} reason */
  #noticeLogOut(reason) {
    this.#endReason = reason;
    if (reason === "connection_lost") notify(t("logged_out.connection_lost"), { kind: "bad" });
  }

  /** Explains why the session has ended, where somebody else or the system has ended it. */
  explainEnd() {
    if (this.#endReason === null || this.#endReason === "connection_lost") return;
    notify(t(this.#endReason === "idle" ? "logged_out.idle" : "logged_out.by_others"), { kind: "bad" });
  }

  /** @param {FeedEvent} event */
  #announce({ at, data: { announcement_id: id, announced_by: by, text } }) {
    this.announcements.value = [...this.announcements.peek(), { id, at, by, text }];
  }

  /** @param {{ type: string, conversation_id?: string, data: any }} sent */
  #heed({ type, conversation_id: id, data }) {
    if (type === "PrimaryChanged") this.primary.value = data.place ?? null;
    if (type === "Heartbeat") this.primary.value = data.primary ?? this.primary.peek();
    if (type !== "TypingChanged" || id === undefined || data.sender.id === this.agentId) return;
    if (!data.active) return this.#stopTyping(id);
    this.typing.value = new Map([...this.typing.peek(), [id, data.sender.name ?? data.sender.type]]);
    clearTimeout(this.#typingEnds.get(id));
    this.#typingEnds.set(id, setTimeout(() => this.#stopTyping(id), TYPING_MILLISECONDS));
  }

  /** @param {string} id */
  #stopTyping(id) {
    if (!this.typing.peek().has(id)) return;
    const typing = new Map(this.typing.peek());
    typing.delete(id);
    this.typing.value = typing;
  }

  /** Gets what events alone do not have: what is offered, and the conversations that the agent came into. */
  #load() {
    const [offered, held, selected] = [this.offered.value, this.held.value, this.selected.value];
    const offers = this.offers.peek();
    for (const { task_id: id } of offered) if (!offers.has(id)) this.#loadOffer(id).catch(() => {}); // it may be gone
    const gone = [...offers.keys()].filter((id) => !offered.some(({ task_id }) => task_id === id));
    if (gone.length) this.offers.value = new Map([...offers].filter(([id]) => !gone.includes(id)));
    for (const { conversation_id: id } of held) {
      if (!this.summaries.peek().has(id)) this.conversation(id);
    }
    for (const id of new Set([...this.summaries.peek().keys(), ...this.#opened.keys()])) {
      if (id === selected || held.some(({ conversation_id }) => conversation_id === id)) this.#stay(id);
      else if (!this.#leftLater.has(id)) this.#leftLater.set(id, setTimeout(() => this.#forget(id), LEAVING_MILLISECONDS));
    }
  }

  /** @param {string} id */
  #stay(id) {
    clearTimeout(this.#leftLater.get(id));
    this.#leftLater.delete(id);
  }

  /** Forgets a conversation that was left; not before all that was written in it is sent. @param {string} id */
  #forget(id) {
    this.#stay(id);
    const opened = this.#opened.get(id);
    if (opened?.outbox.isBusy) {
      this.#leftLater.set(id, setTimeout(() => this.#forget(id), LEAVING_MILLISECONDS));
      return;
    }
    opened?.stop();
    this.#opened.delete(id);
    const summaries = new Map(this.summaries.peek());
    summaries.delete(id);
    this.summaries.value = summaries;
  }

  /** Whether the conversation is still kept up to date. @param {string} id */
  isOpened(id) {
    return this.#opened.has(id);
  }

  /** @param {string} taskId */
  async #loadOffer(taskId) {
    const offer = await call(`GET agent/v1/tasks/${taskId}/offer`);
    if (this.offered.peek().some(({ task_id }) => task_id === taskId)) this.offers.value = new Map([...this.offers.peek(), [taskId, offer]]);
  }

  /**
   * @param {string} id
   * @param {Summary} summary
   */
  #setSummary(id, summary) {
    if (this.summaries.peek().get(id) === summary) return;
    this.summaries.value = new Map([...this.summaries.peek(), [id, summary]]);
  }
}

/** Runs the work. What fails in it is reported, and takes nothing else away. @param {() => unknown} work */
function guarded(work) {
  try {
    work();
  } catch (error) {
    reportError(error);
  }
}

async function snapshot() {
  const asked = Date.now();
  const me = await call("GET agent/v1/me");
  learn(me.server_time, asked, Date.now());
  return me;
}
