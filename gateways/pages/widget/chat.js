// The customer's chat: the conversation as it is known, what is on its way, and what the customer may do.

/** @import { Access, ChatStorage, ConnectionState, Conversation, Entry, KnownOfEntry, Postable, StartedKept, Visitor } from "./types" */
import { batch, computed, signal } from "../base/signals.js";
import { Refusal, call } from "./api.js";
import { Connection } from "./connection.js";
import { BEGINNING, reduce } from "./conversation.js";
import { newId } from "../base/ids.js";
import { entryAfter, isWaiting, unseen, without } from "./outbox.js";

const TYPING_MILLISECONDS = 3000;
const ENDED_MILLISECONDS = 24 * 3600 * 1000; // for so long an ended conversation may be read and rated again

export class Chat {
  /**
   * The conversation, folded from its events.
   *
   * @type {Signal<Conversation>}
   */
  conversation = signal(BEGINNING);
  /** Its messages and notices, which most of its events leave as they are. */
  messages = computed(() => this.conversation.value.messages);
  /** @type {Signal<Entry[]>} */
  outbox = signal([]);
  /**
   * Messages that the server has, and that have not come back over the feed yet.
   *
   * @type {Signal<Entry[]>}
   */
  #sent = signal([]);
  /** Messages that the log does not have yet, as `{id, content, refused}`. */
  pending = computed(() => unseen([...this.#sent.value, ...this.outbox.value], this.messages.value));
  /**
   * "none" until there is a conversation, then "connecting", "live", "interrupted", or "over" when it takes no more.
   *
   * @type {Signal<ConnectionState>}
   */
  connection = signal("none");
  /**
   * Why no conversation can be started; null while nothing is in the way.
   *
   * @type {Signal<string?>}
   */
  refusal = signal(null);
  /**
   * What is written and not sent, in whichever tab; null when that is to be seen by nobody any more.
   *
   * @type {Signal<string?>}
   */
  draft = signal("");
  /** @type {Signal<Api.Availability?>} */
  availability = signal(null);
  /** How many visitors were here before this one. */
  visitors = signal(0);
  /**
   * What opens the conversation once it has started: `{path, token}`.
   *
   * @type {Signal<Access?>}
   */
  access = signal(null);
  /** The version of the conversation up to which the visitor has read, in whichever tab. */
  seen = signal(0);
  /** The same when this tab began with the conversation: what came before is history. */
  seenBefore = 0;

  /** The language in which the conversation is started. */
  language = "en";

  #channel;
  #storage;
  #visitor;
  /** @type {AbortController?} */
  #leaving = null;
  /** @type {Connection?} */
  #connection = null;
  /**
   * The id of the start from which the conversation came.
   *
   * @type {string?}
   */
  #startedBy = null;
  #typedAt = -Infinity;

  /** @param {{ channel: string, storage: ChatStorage, visitor: Visitor }} parts */
  constructor({ channel, storage, visitor }) {
    this.#channel = channel;
    this.#storage = storage;
    this.draft.value = storage.draft;
    this.#visitor = visitor;
  }

  /** Starts the conversation before there is a message. */
  begin() {
    if (this.#storage.conversation.request) return;
    this.refusal.value = null;
    this.#storage.keepConversation(this.#beginning());
    this.#takeOver();
  }

  /** The page has said who the visitor is: what is of somebody else is left, and what is their own is gone on with. */
  async identified() {
    const { subject, request } = this.#storage.conversation;
    const { sub } = this.#visitor.claims.peek();
    if (subject !== undefined && subject !== sub) this.forget();
    else if (request || isWaiting(this.#storage.outbox)) return;
    const kept = { request: { id: newId(), channel: this.#channel }, subject: sub, returned: true };
    try {
      const { conversation_id, token } = await this.#start(kept);
      if (this.#storage.conversation.request) return;
      this.#storage.keepConversation({ ...kept, path: `conversations/${conversation_id}`, token });
      this.#takeOver();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // else there is none to go on with
    }
  }

  /** Goes on with what is kept, if there is anything: at first, and after `leave`. */
  resume() {
    this.leave();
    const { endedAt } = this.#storage.conversation;
    if (endedAt && Math.abs(Date.now() - endedAt) > ENDED_MILLISECONDS) this.#storage.forget();
    this.#leaving = new AbortController();
    this.#storage.onChange(() => this.#takeOver(), this.#leaving.signal);
    this.#takeOver();
  }

  /** Asks nothing of the server any more, for as long as the page is put away. */
  leave() {
    this.#leaving?.abort();
    this.#disconnect();
  }

  /** @param {string} draft */
  keepDraft(draft) {
    this.#storage.keepDraft(draft);
    this.draft.value = draft;
  }

  /**
   * Takes what a customer may post for sending, and returns its id. It is kept at once, and sent as soon as that is
   * possible; what is `uploading` holds up those behind it until that is changed, and what is `refused` starts nothing.
   *
   * @param {Postable} content
   * @param {KnownOfEntry} known
   */
  post(content, known = {}) {
    const entry = entryAfter(this.#storage.outbox, newId(), content, known);
    if (!known.refused) this.refusal.value = null;
    if (content.type === "text") this.keepDraft("");
    this.#storage.put(entry);
    this.#takeOver();
    return entry.id;
  }

  /**
   * Changes a message that is still in the outbox.
   *
   * @param {string} id
   * @param {Partial<Entry>} changes
   */
  change(id, changes) {
    const entry = this.#storage.outbox.find((each) => each.id === id);
    if (entry) this.#storage.put({ ...entry, ...changes });
    this.#takeOver();
  }

  /**
   * Takes a message back out of the outbox, and returns its content. Those behind it are held up no longer.
   *
   * @param {string} id
   */
  takeBack(id) {
    const entry = this.outbox.peek().find((each) => each.id === id);
    this.#storage.drop(id);
    this.#takeOver();
    return entry?.content ?? null;
  }

  /** Forgets the conversation, so that the next message starts another. */
  startAnew() {
    this.#storage.forget();
    this.#reset();
  }

  /** Forgets the draft and the callback as well, because the visitor is somebody else now. */
  forget() {
    this.#storage.keepDraft("");
    this.draft.value = null;
    this.#storage.forgetCallback();
    this.visitors.value += 1;
    this.startAnew();
    this.draft.value = "";
  }

  /** The visitor has read everything that has come. */
  read() {
    const { version } = this.conversation.peek();
    if (version <= this.seen.peek()) return;
    this.seen.value = version;
    this.#storage.keepSeen(version);
  }

  /** Signals, now and then, that the customer is typing. */
  typing() {
    if (this.connection.peek() !== "live" || performance.now() - this.#typedAt < TYPING_MILLISECONDS) return;
    this.#typedAt = performance.now();
    this.#connection?.ask("POST", "typing", { active: true }).catch(() => {});
  }

  /** Gets a new token for `access`, because the old one has expired. */
  async renew() {
    await this.#connection?.renew();
  }

  /**
   * Reports that a message of an agent or a bot was "delivered" or "read".
   *
   * @param {string} messageId
   * @param {"delivered" | "read"} status
   */
  async acknowledge(messageId, status) {
    await this.#connection?.ask("POST", "receipts", { message_id: messageId, status });
  }

  async requestAgent() {
    await this.#connection?.insist("POST", "agent-request", {});
  }

  async end() {
    await this.#connection?.insist("POST", "end", {});
  }

  /**
   * @param {number} score
   * @param {string} [comment]
   */
  async rate(score, comment) {
    await this.#connection?.ask("POST", "rating", { score, ...(comment && { comment }) });
    this.conversation.value = { ...this.conversation.peek(), rating: score };
  }

  /** The conversation in words, to keep. */
  async transcript() {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const words = await this.#connection?.ask("GET", `transcript?format=text&zone=${encodeURIComponent(zone)}`);
    return /** @type {string} */ (/** @type {unknown} */ (words));
  }

  /** Looks where in the line the visitor is: the feed says it only when it changes. */
  async lookForPlace() {
    const found = await this.#connection?.state().catch(() => null);
    const now = this.conversation.peek();
    if (!found?.position || now.status !== "waiting" || now.place !== null) return;
    this.conversation.value = { ...now, place: found.position, estimatedWaitSeconds: found.estimated_wait_seconds ?? null };
  }

  async lookForAgents() {
    try {
      this.availability.value = await call("GET", `availability?channel=${encodeURIComponent(this.#channel)}`);
    } catch {
      this.availability.value = null;
    }
  }

  /** Takes over what is kept, whichever tab has kept it: one may have begun another conversation. */
  #takeOver() {
    const { request, path, token } = this.#storage.conversation;
    if (this.#startedBy !== null && this.#startedBy !== request?.id) this.#reset();
    batch(() => {
      this.#startedBy = request?.id ?? null;
      this.#readOutbox();
      this.seen.value = this.#storage.seen;
      this.draft.value = this.#storage.draft;
      if (path && token !== this.access.peek()?.token) this.access.value = { path, token };
      if (request || isWaiting(this.outbox.peek())) this.#connect();
    });
  }

  #connect() {
    if (this.#connection === null) {
      if (this.connection.peek() === "none") this.seenBefore = this.seen.peek();
      this.connection.value = "connecting";
      this.#connection = new Connection(this.#storage, {
        begin: () => this.#beginning(),
        start: (kept) => this.#start(kept),
        cursor: () => this.conversation.peek().version,
        changed: () => this.#takeOver(),
        sent: (entry) => this.#tookOut(entry),
        events: (events) => this.#take(events),
        lost: () => (this.conversation.value = BEGINNING),
        state: (state) => (this.connection.value = state),
        refused: (reason) => this.#giveUp(reason),
      });
    }
    this.#connection.open();
  }

  /** @returns {StartedKept} */
  #beginning() {
    const { sub } = this.#visitor.claims.peek();
    const request = { id: newId(), channel: this.#channel, language: this.language, ...this.#visitor.details };
    return { request, ...(sub !== undefined && { subject: sub }) };
  }

  /**
   * The same request again is answered with the same conversation. One who is signed in is so each time.
   *
   * @param {StartedKept} kept
   * @param {boolean} isSignedAnew
   * @returns {Promise<Api.StartedConversation>}
   */
  async #start({ request, subject, returned }, isSignedAnew = false) {
    const identity = await (isSignedAnew ? this.#visitor.renewed() : this.#visitor.identity(subject !== undefined));
    if (subject !== undefined && identity === null) throw new Refusal(0, { detail: "the page does not say who the visitor is" });
    const body = returned ? { channel: request.channel, identity: /** @type {string} */ (identity) } : { ...request, ...(subject !== undefined && { identity }) };
    try {
      return await call("POST", returned ? "returns" : "conversations", { body });
    } catch (error) {
      if (isSignedAnew || !(/** @type {Partial<Refusal>} */ (error).fields?.includes("identity"))) throw error;
      return this.#start({ request, subject, returned }, true);
    }
  }

  #disconnect() {
    this.#connection?.close();
    this.#connection = null;
  }

  /** @param {string} reason */
  #giveUp(reason) {
    this.#disconnect();
    batch(() => {
      this.connection.value = "none";
      this.refusal.value = reason;
    });
  }

  #reset() {
    this.#disconnect();
    this.#startedBy = null;
    batch(() => {
      this.#sent.value = [];
      this.#readOutbox();
      this.conversation.value = BEGINNING;
      this.seen.value = 0;
      this.access.value = null;
      this.connection.value = "none";
      this.refusal.value = null;
    });
  }

  /** An entry that has not changed stays the same object. */
  #readOutbox() {
    const before = new Map(this.outbox.peek().map((entry) => [entry.id, entry]));
    const isSame = (/** @type {Entry} */ entry) => JSON.stringify(entry) === JSON.stringify(before.get(entry.id));
    this.outbox.value = this.#storage.outbox.map((entry) => (isSame(entry) ? /** @type {Entry} */ (before.get(entry.id)) : entry));
  }

  /** @param {Entry} entry */
  #tookOut(entry) {
    batch(() => {
      this.#readOutbox();
      if (unseen([entry], this.conversation.peek().messages).length) this.#sent.value = [...this.#sent.peek(), entry];
    });
  }

  /** @param {Api.CustomerFeedEvent[]} events */
  #take(events) {
    batch(() => {
      this.conversation.value = events.reduce(reduce, this.conversation.peek());
      for (const { type, data } of events) if (type === "MessagePosted") this.#sent.value = without(this.#sent.peek(), data.message_id);
    });
  }
}
