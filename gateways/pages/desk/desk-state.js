// All that the desk knows: a snapshot of the server, kept up to date by the agent's feed.

/** @import { FeedEvent, Shift, Summary } from "./state/types" */
/** @import { FeedState } from "../base/session/types" */
import { learn } from "../base/clock.js";
import { notify, notifyOfProblem } from "../base/controls/notices.js";
import { newId } from "../base/ids.js";
import { call } from "../base/session/calls.js";
import { follow } from "../base/session/feed.js";
import { batch, computed, effect, signal } from "../base/signals.js";
import { Conversation, isComingIn } from "./conversation.js";
import { wordsOf } from "./contents/words.js";
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

  start() {
    const parameters = { place: this.place };
    follow("agent/v1/events", parameters, this.position, this.#leaving.signal, {
      event: (event, cursor) => batch(() => this.#take(event, cursor)),
      signal: (sent) => this.#heed(sent),
      state: (state) => (this.connection.value = state),
      problem: (problem) => (problem.status === 401 ? undefined : this.#startAgain()),
    }).catch(notifyOfProblem);
    effect(() => this.#load());
  }

  stop() {
    this.#leaving.abort();
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
    this.shift.value = reduceShift(this.shift.peek(), event);
    const id = event.conversation_id;
    const summary = id === undefined ? undefined : this.summaries.peek().get(id);
    if (id !== undefined && summary) this.#setSummary(id, reduceSummary(summary, event, this.agentId, wordsOf));
    if (id !== undefined && summary && isComingIn(event, this.agentId)) this.conversation(id);
    if (id !== undefined) this.#opened.get(id)?.take(event);
    if (event.type === "MessagePosted" && id !== undefined) this.#stopTyping(id);
    if (event.type === "AnnouncementReceived") this.#announce(event);
    for (const work of this.#watchers) work(event);
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
    const [offered, held] = [this.offered.value, this.held.value];
    const offers = this.offers.peek();
    for (const { task_id: id } of offered) if (!offers.has(id)) this.#loadOffer(id).catch(() => {}); // it may be gone
    const gone = [...offers.keys()].filter((id) => !offered.some(({ task_id }) => task_id === id));
    if (gone.length) this.offers.value = new Map([...offers].filter(([id]) => !gone.includes(id)));
    for (const { conversation_id: id } of held) {
      if (!this.summaries.peek().has(id)) this.conversation(id);
    }
    this.#forget(held);
  }

  /** @param {Api.Task[]} held */
  #forget(held) {
    for (const id of this.summaries.peek().keys()) {
      if (held.some(({ conversation_id }) => conversation_id === id)) continue;
      setTimeout(() => this.#forgetIfLeft(id), LEAVING_MILLISECONDS);
    }
  }

  /** @param {string} id */
  #forgetIfLeft(id) {
    if (this.selected.peek() === id || this.held.peek().some(({ conversation_id }) => conversation_id === id)) return;
    const summaries = new Map(this.summaries.peek());
    summaries.delete(id);
    this.summaries.value = summaries;
    this.#opened.get(id)?.stop();
    this.#opened.delete(id);
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

  /** The feed cannot be gone on with from here: the server knows less than this page, after a restore. */
  async #startAgain() {
    notify(t("desk.started_again"));
    location.reload();
  }
}

async function snapshot() {
  const asked = Date.now();
  const me = await call("GET agent/v1/me");
  learn(me.server_time, asked, Date.now());
  return me;
}

/** Where the agent is in each conversation: the task that is held, or undefined. @param {Shift} shift @param {string} id */
export function taskIn(shift, id) {
  return shift.tasks.find((task) => task.conversation_id === id && task.state !== "reserved");
}
