// The customer's chat: starts the conversation, follows its feed, and sends what is in the outbox, in order.

import { batch, computed, signal } from "../base/signals.js";
import { pause } from "../base/event-stream.js";
import { Refusal, backoff, call, follow } from "./api.js";
import { BEGINNING, reduce } from "./conversation.js";
import { newId } from "./ids.js";
import { added, changed, nextOf, unseen, without } from "./outbox.js";

const TYPING_MILLISECONDS = 3000;

export class Chat {
  /** The conversation, folded from its events. */
  conversation = signal(BEGINNING);
  outbox = signal([]);
  /** Messages that the server has, and that have not come back over the feed yet. */
  #sent = signal([]);
  /** Messages that the log does not have yet, as `{id, content, refused}`. */
  pending = computed(() => unseen([...this.#sent.value, ...this.outbox.value], this.conversation.value.messages));
  /** "none" until there is a conversation, then "connecting", "live", "interrupted", or "over" when it takes no more. */
  connection = signal("none");
  /** Why no conversation can be started; null while nothing is in the way. */
  refusal = signal(null);
  availability = signal(null);
  /** What opens the conversation once it has started: `{path, token}`. */
  access = signal(null);

  #channel;
  #language;
  #storage;
  #leaving = new AbortController();
  #following = null;
  #sending = false;
  #typedAt = -Infinity;

  constructor(channel, language, storage) {
    this.#channel = channel;
    this.#language = language;
    this.#storage = storage;
  }

  /** Goes on with the conversation that is kept, if there is one. */
  resume() {
    const kept = this.#storage.read();
    this.outbox.value = kept.outbox;
    this.#storage.onChange(() => this.#takeOver(), this.#leaving.signal);
    if (kept.request) void this.#go();
  }

  leave() {
    this.#leaving.abort();
    this.#following?.abort();
  }

  get draft() {
    return this.#storage.read().draft ?? "";
  }

  keepDraft(draft) {
    const { draft: before = "", ...kept } = this.#storage.read();
    if (draft !== before) this.#storage.write({ ...kept, ...(draft && { draft }) });
  }

  /**
   * Takes what a customer may post for sending, and returns its id. It is kept at once, and sent as soon as that is
   * possible; what is `uploading` holds up those behind it until that is changed.
   */
  post(content, known = {}) {
    const { draft, ...kept } = this.#storage.read();
    const request = kept.request ?? { id: newId(), channel: this.#channel, ...(this.#language && { language: this.#language }) };
    const id = newId();
    this.refusal.value = null;
    this.#keep({ ...kept, request, outbox: added(kept.outbox, id, content, known) });
    void this.#go();
    return id;
  }

  /** Changes a message that is still in the outbox. */
  change(id, changes) {
    const kept = this.#storage.read();
    this.#keep({ ...kept, outbox: changed(kept.outbox, id, changes) });
    void this.#go();
  }

  /** Takes a refused message back out of the outbox, and returns its content. */
  takeBack(id) {
    const kept = this.#storage.read();
    const entry = kept.outbox.find((each) => each.id === id);
    this.#keep({ ...kept, outbox: without(kept.outbox, id) });
    return entry?.content ?? null;
  }

  /** Forgets the conversation, so that the next message starts another. */
  startAnew() {
    this.#following?.abort();
    this.#following = null;
    this.#storage.forget();
    batch(() => {
      this.#sent.value = this.outbox.value = [];
      this.conversation.value = BEGINNING;
      this.connection.value = "none";
      this.refusal.value = null;
      this.access.value = null;
    });
  }

  /** Signals, now and then, that the customer is typing. */
  typing() {
    const { path, token } = this.#storage.read();
    if (!path || this.connection.peek() !== "live" || performance.now() - this.#typedAt < TYPING_MILLISECONDS) return;
    this.#typedAt = performance.now();
    call("POST", `${path}/typing`, { token, body: { active: true } }).catch(() => {});
  }

  async requestAgent() {
    await this.#ask("agent-request");
  }

  async end() {
    await this.#ask("end");
  }

  async rate(score, comment) {
    const { path, token } = this.#storage.read();
    await call("POST", `${path}/rating`, { token, body: { score, ...(comment && { comment }) } });
    this.conversation.value = { ...this.conversation.peek(), rating: score };
  }

  /** The conversation in words, to keep. */
  async transcript() {
    const { path, token } = this.#storage.read();
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return call("GET", `${path}/transcript?format=text&zone=${encodeURIComponent(zone)}`, { token });
  }

  async lookForAgents() {
    try {
      this.availability.value = await call("GET", `availability?channel=${encodeURIComponent(this.#channel)}`);
    } catch {
      this.availability.value = null;
    }
  }

  async #ask(what) {
    const { path, token } = this.#storage.read();
    await call("POST", `${path}/${what}`, { token, body: {} });
  }

  #keep(kept) {
    this.#storage.write(kept);
    this.outbox.value = kept.outbox;
  }

  /** Another tab has started, sent or forgotten. */
  #takeOver() {
    const kept = this.#storage.read();
    if (!kept.request && this.connection.peek() !== "none") this.startAnew();
    this.outbox.value = kept.outbox;
    if (kept.request) void this.#go();
  }

  async #go() {
    if (this.#sending) return;
    this.#sending = true;
    try {
      if (await this.#started()) {
        this.#follow();
        await this.#storage.alone(() => this.#send());
      }
    } finally {
      this.#sending = false;
    }
    if (!this.#isOver && nextOf(this.#storage.read().outbox)) void this.#go();
  }

  get #isOver() {
    return this.#leaving.signal.aborted || this.connection.peek() === "over" || this.refusal.peek() !== null;
  }

  /** Starts the conversation unless it has been. The same request again is answered with the same conversation. */
  async #started() {
    if (this.#opened()) return true;
    this.connection.value = "connecting";
    const started = await this.#patiently((kept) => call("POST", "conversations", { body: kept.request }));
    if (!started) return false;
    this.#storage.write({
      ...this.#storage.read(),
      path: `conversations/${started.conversation_id}`,
      token: started.token,
    });
    return this.#opened();
  }

  /** Whether there is a conversation. What opens it is announced when it is new. */
  #opened() {
    const { path, token } = this.#storage.read();
    if (path && token !== this.access.peek()?.token) this.access.value = { path, token };
    return Boolean(path);
  }

  async #send() {
    for (;;) {
      const kept = this.#storage.read();
      const entry = nextOf(kept.outbox);
      if (!entry || this.#isOver) return;
      const body = { id: entry.id, content: entry.content };
      const sent = await this.#patiently(({ path, token }) => call("POST", `${path}/messages`, { token, body }), entry.id);
      if (!sent) continue;
      const now = this.#storage.read();
      batch(() => {
        this.#sent.value = [...this.#sent.peek(), entry];
        this.#keep({ ...now, outbox: without(now.outbox, entry.id) });
      });
    }
  }

  /** Tries until it succeeds or is refused for good: then a message stays with the reason, and a start ends all. */
  async #patiently(work, messageId = null) {
    for (let failures = 0; !this.#leaving.signal.aborted; failures += 1) {
      try {
        return await work(this.#storage.read());
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.code === "token_expired") await this.#renew().catch(() => {}); // it is tried again with the next failure
        else if (!error.passes) return this.#refuse(error, messageId);
        if (failures) this.connection.value = "interrupted";
        await pause(Math.max(backoff(failures), error.retryAfterSeconds * 1000), this.#leaving.signal);
      }
    }
    return null;
  }

  /** Gets a new token: the same start again is answered with the same conversation. */
  async #renew() {
    const kept = this.#storage.read();
    const { token } = await call("POST", "conversations", { body: kept.request });
    this.#storage.write({ ...this.#storage.read(), token });
    this.#opened();
  }

  #refuse(error, messageId) {
    if (messageId === null) {
      this.refusal.value = error.message;
      this.connection.value = "none";
      const { request, ...kept } = this.#storage.read();
      this.#keep({ ...kept, outbox: kept.outbox.map((entry) => ({ ...entry, refused: error.message })) });
      return null;
    }
    const kept = this.#storage.read();
    this.#keep({ ...kept, outbox: changed(kept.outbox, messageId, { refused: error.message }) });
    if (error.status === 401 || error.status === 404 || error.code === "conversation_ended") this.connection.value = "over";
    return null;
  }

  async #follow() {
    if (this.#following) return;
    const following = (this.#following = new AbortController());
    const { path } = this.#storage.read();
    try {
      await follow(`${path}/events`, () => this.#storage.read().token, AbortSignal.any([following.signal, this.#leaving.signal]), {
        cursor: () => this.conversation.peek().version,
        event: (event) => this.#take(event),
        state: (state) => (this.connection.value = this.conversation.peek().status === "ended" ? "over" : state),
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#following = null;
      if (error.code !== "token_expired") this.connection.value = "over";
      else await this.#renew().then(() => this.#follow(), () => (this.connection.value = "over"));
    }
  }

  #take(event) {
    batch(() => {
      this.conversation.value = reduce(this.conversation.peek(), event);
      if (event.type === "MessagePosted") this.#sent.value = without(this.#sent.peek(), event.data.message_id);
    });
    if (event.type === "ConversationEnded") {
      this.connection.value = "over";
      this.#following?.abort();
    }
  }
}
