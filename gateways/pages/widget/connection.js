// One conversation's connection with the server: the conversation is started, what is in the outbox is sent in order,
// and the feed is followed, through everything that passes.

/** @import { ChatStorage, ConnectionListener, Entry, KeptConversation, StartRequest, StartedKept } from "./types" */
import { pause } from "../base/event-stream.js";
import { Refusal, backoff, call } from "./api.js";
import { Feed } from "./feed.js";
import { isWaiting, nextOf } from "./outbox.js";
import { reasonOf } from "./refusals.js";

const TROUBLE_MILLISECONDS = 2000; // what is over sooner is not worth a word
const STEADY_MILLISECONDS = 5000;
const UNSEEN_MILLISECONDS = 5000; // for a visitor who comes back at once, nothing changes
const OF_NO_USE = [401, 403, 404]; // to this customer, the conversation is not there any more

export class Connection {
  #storage;
  #on;
  #closing = new AbortController();
  #pausing = new AbortController();
  /** @type {Feed?} */
  #feed = null;
  #isSending = false;
  #isFollowing = false;
  #isOver = false;
  /** @type {Set<string>} */
  #troubles = new Set();
  /** @type {number | undefined} */
  #alarm;
  /**
   * Ends when the page is seen again.
   *
   * @type {AbortController?}
   */
  #unseen = null;
  /** @type {Promise<unknown>?} */
  #turn = null;

  /**
   * `on` has begin(), what is to be kept of a new start; start(kept), which has the server start or find it; cursor(), the
   * version that is known; changed(), after a change of what is kept; sent(entry); events(events); lost(), when the server
   * has come back without some of them; state(name), "connecting", "live", "interrupted" or "over"; and refused(reason) for
   * a conversation that cannot be started.
   *
   * @param {ChatStorage} storage
   * @param {ConnectionListener} on
   */
  constructor(storage, on) {
    this.#storage = storage;
    this.#on = on;
    const { signal } = this.#closing;
    addEventListener("online", () => this.#wake(true), { signal });
    addEventListener("pageshow", () => this.#wake(), { signal });
    document.addEventListener("visibilitychange", () => this.#look(), { signal });
    if (document.visibilityState !== "visible") this.#hide();
  }

  /** Does what is to be done now, and does not wait for it. May be called at any time. */
  open() {
    void this.#send();
    void this.#follow();
  }

  close() {
    this.#closing.abort();
    this.#unseen?.abort();
    this.#feed?.break();
    clearTimeout(this.#alarm);
  }

  /**
   * Calls the conversation's API; once more with a new token where that has expired. Throws Refusal.
   *
   * @template {"GET" | "POST"} Method
   * @template {string} What
   * @param {Method} method
   * @param {What} what
   * @param {Api.Body<`${Method} customer/v1/conversations/${string}/${What}`>} [body]
   * @returns {Promise<Api.Answer<`${Method} customer/v1/conversations/${string}/${What}`>>}
   */
  async ask(method, what, body) {
    try {
      return await this.#ask(method, what, body);
    } catch (error) {
      if (/** @type {Refusal} */ (error).code !== "token_expired") throw error;
      await this.renew();
      return this.#ask(method, what, body);
    }
  }

  /**
   * @template {"GET" | "POST"} Method
   * @template {string} What
   * @param {Method} method
   * @param {What} what
   * @param {Api.Body<`${Method} customer/v1/conversations/${string}/${What}`>} [body]
   * @returns {Promise<Api.Answer<`${Method} customer/v1/conversations/${string}/${What}`>>}
   */
  async #ask(method, what, body) {
    const { path, token } = this.#storage.conversation;
    if (!path) throw new Refusal(0, { detail: "another tab has left the conversation" });
    return call(method, `${path}/${what}`, { token, body: /** @type {any} */ (body) });
  }

  /** The conversation as it stands. Throws Refusal. */
  async state() {
    const { path, token } = this.#storage.conversation;
    if (!path) throw new Refusal(0, { detail: "another tab has left the conversation" });
    return call("GET", /** @type {`conversations/${string}`} */ (path), { token });
  }

  /**
   * The same, until it is done or refused for good.
   *
   * @template {"GET" | "POST"} Method
   * @template {string} What
   * @param {Method} method
   * @param {What} what
   * @param {Api.Body<`${Method} customer/v1/conversations/${string}/${What}`>} [body]
   * @returns {Promise<Api.Answer<`${Method} customer/v1/conversations/${string}/${What}`>>}
   */
  insist(method, what, body) {
    return this.#patiently("asking", () => this.ask(method, what, body));
  }

  async #send() {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      while (this.#hasToSend) await this.#patiently("sending", () => this.#storage.alone(() => this.#next(), this.#closing.signal));
    } catch (error) {
      if (!this.#closing.signal.aborted) throw error;
    } finally {
      this.#isSending = false;
    }
  }

  get #hasToSend() {
    const { request, path } = this.#storage.conversation;
    if (this.#closing.signal.aborted) return false;
    return path ? nextOf(this.#storage.outbox) !== null : Boolean(request) || isWaiting(this.#storage.outbox);
  }

  /** Starts the conversation or sends one message. What another tab has done meanwhile is not done again. */
  async #next() {
    const { request, path } = this.#storage.conversation;
    const { outbox } = this.#storage;
    const next = nextOf(outbox);
    if (path && next) await this.#post(next, request);
    else if (!path && (request || isWaiting(outbox))) await this.#start(request ?? this.#begin());
  }

  #begin() {
    const begun = this.#on.begin();
    this.#keep(begun);
    return begun.request;
  }

  /**
   * The same request again is answered with the same conversation.
   *
   * @param {StartRequest} request
   */
  async #start(request) {
    try {
      const { conversation_id, token } = await this.#on.start(/** @type {StartedKept} */ (this.#storage.conversation));
      if (!this.#isCurrent(request)) return;
      this.#keep({ ...this.#storage.conversation, path: `conversations/${conversation_id}`, token });
      void this.#follow();
    } catch (error) {
      if (!(error instanceof Refusal) || error.passes) throw error;
      this.#storage.forgetConversation();
      this.#refuseAll(reasonOf(error));
      this.close();
      this.#on.refused(reasonOf(error));
    }
  }

  /**
   * @param {Entry} entry
   * @param {StartRequest | undefined} request
   */
  async #post(entry, request) {
    try {
      await this.ask("POST", "messages", { id: entry.id, content: entry.content });
      if (!this.#isCurrent(request)) return;
      this.#storage.drop(entry.id);
      this.#on.sent(entry);
    } catch (error) {
      if (!(error instanceof Refusal) || error.passes) throw error;
      if (!this.#isCurrent(request)) return;
      if (OF_NO_USE.includes(error.status) || error.code === "conversation_ended") this.#end(reasonOf(error));
      else this.#refuse(entry, reasonOf(error));
    }
    this.#on.changed();
  }

  async #follow() {
    const { path } = this.#storage.conversation;
    if (!path || this.#isFollowing || this.#isOver) return;
    this.#isFollowing = true;
    this.#troubled("feed");
    try {
      await this.#patiently("feed", () => this.#read(path));
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.#end(reasonOf(error));
    } finally {
      this.#isFollowing = false;
    }
  }

  /**
   * Reads the feed until the conversation has ended. A connection that held for a while was no failure.
   *
   * @param {string} path
   */
  async #read(path) {
    for (;;) {
      if (this.#turn) await this.#waitForTurn();
      const begun = performance.now();
      const feed = (this.#feed = new Feed());
      try {
        await feed.read(`${path}/events`, this.#storage.conversation.token, this.#on.cursor(), {
          heard: () => this.#recovered("feed"),
          events: (events) => this.#take(events),
        });
      } catch (error) {
        if (this.#isOver) return;
        if (this.#closing.signal.aborted) throw error;
        this.#troubled("feed");
        if (feed.isBroken) continue;
        const { code, fields, passes } = /** @type {Refusal} */ (error);
        if (code === "token_expired") await this.renew();
        else if (fields?.includes("after")) this.#on.lost();
        else if (!passes || performance.now() - begun < STEADY_MILLISECONDS) throw error;
        await this.#pause(backoff(0));
      }
    }
  }

  async #waitForTurn() {
    this.#recovered("feed");
    await this.#turn;
    if (this.#closing.signal.aborted) throw new Refusal(0, {});
    this.#troubled("feed");
  }

  #look() {
    if (document.visibilityState === "visible") {
      this.#unseen?.abort();
      this.#unseen = this.#turn = null;
      this.#wake();
    } else if (!this.#unseen) this.#hide();
  }

  /** Of the tabs that nobody sees, one follows: a browser has only a few connections to a server for all of them. */
  #hide() {
    const unseen = (this.#unseen = new AbortController());
    let isOurs = false;
    this.#turn = this.#storage.turn(unseen.signal).then(() => (isOurs = true));
    setTimeout(() => isOurs || unseen.signal.aborted || this.#feed?.break(), UNSEEN_MILLISECONDS);
  }

  /** @param {Api.CustomerFeedEvent[]} events */
  #take(events) {
    if (this.#closing.signal.aborted) return;
    this.#on.events(events);
    if (events.some((event) => event.type === "ConversationEnded")) this.#end();
  }

  /** Gets a new token: the same start again is answered with the same conversation. */
  async renew() {
    const kept = /** @type {StartedKept} */ (this.#storage.conversation);
    const { token } = await this.#on.start(kept);
    if (this.#isCurrent(kept.request)) this.#keep({ ...this.#storage.conversation, token });
  }

  /** @param {string} [reason] */
  #end(reason) {
    this.#isOver = true;
    this.#feed?.break();
    clearTimeout(this.#alarm);
    if (reason !== undefined) this.#refuseAll(reason);
    const kept = this.#storage.conversation;
    if (kept.path && !kept.endedAt) this.#keep({ ...kept, endedAt: Date.now() });
    this.#on.state("over");
  }

  /** @param {KeptConversation} conversation */
  #keep(conversation) {
    this.#storage.keepConversation(conversation);
    this.#on.changed();
  }

  /**
   * Whether no tab has begun another conversation since.
   *
   * @param {StartRequest | undefined} request
   */
  #isCurrent(request) {
    return this.#storage.conversation.request?.id === request?.id;
  }

  /**
   * @param {Entry} entry
   * @param {string} reason
   */
  #refuse(entry, reason) {
    this.#storage.put({ ...entry, refused: reason });
  }

  /** @param {string} reason */
  #refuseAll(reason) {
    for (const entry of this.#storage.outbox) if (!entry.refused) this.#refuse(entry, reason);
    this.#on.changed();
  }

  /**
   * Does the work, again after what passes, until it is done. Throws the Refusal that waiting does not help against.
   *
   * @template Done
   * @param {string} source
   * @param {() => Promise<Done>} work
   * @returns {Promise<Done>}
   */
  async #patiently(source, work) {
    for (let failures = 0; ; failures += 1) {
      try {
        const done = await work();
        this.#recovered(source);
        return done;
      } catch (error) {
        if (this.#closing.signal.aborted || !(error instanceof Refusal)) throw error;
        if (!error.passes) {
          this.#recovered(source);
          throw error;
        }
        this.#troubled(source);
        await this.#pause(Math.max(backoff(failures), error.retryAfterSeconds * 1000));
        if (this.#closing.signal.aborted) throw error;
      }
    }
  }

  /** @param {number} milliseconds */
  #pause(milliseconds) {
    if (this.#pausing.signal.aborted) this.#pausing = new AbortController();
    return pause(milliseconds, AbortSignal.any([this.#closing.signal, this.#pausing.signal]));
  }

  /** Tries at once again. A feed from before the network was lost may be dead without knowing. */
  #wake(isNewNetwork = false) {
    if (isNewNetwork) this.#feed?.break();
    else this.#feed?.breakIfStale();
    this.#pausing.abort();
  }

  /** @param {string} source */
  #troubled(source) {
    this.#troubles.add(source);
    this.#alarm ??= setTimeout(() => this.#on.state("interrupted"), TROUBLE_MILLISECONDS);
  }

  /**
   * Where one thing succeeds, the others may too.
   *
   * @param {string} source
   */
  #recovered(source) {
    if (this.#isOver || this.#closing.signal.aborted) return;
    if (this.#troubles.delete(source)) this.#pausing.abort();
    if (this.#troubles.size) return;
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
    this.#on.state("live");
  }
}
