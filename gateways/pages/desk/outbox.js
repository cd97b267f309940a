// What an agent has written and the server has not recorded yet. It is kept in the browser before it is sent, goes out in
// order under an id of its own, and so is recorded once, whatever breaks in between.

/** @import { FeedEvent } from "./state/types" */
/** @import { Problem } from "../base/session/types" */
import { pause } from "../base/event-stream.js";
import { newId } from "../base/ids.js";
import { problemWords } from "../base/problem-words.js";
import { call } from "../base/session/calls.js";
import { session } from "../base/session/session.js";
import { signal } from "../base/signals.js";
import { keep, kept } from "../base/storage.js";

const MAX_PAUSE = 15_000;
const FIRST_PAUSE = 500;

/** @typedef {"message" | "note" | "whisper"} Mode */
/** @typedef {{ id: string, mode: Mode, content: any, at: string, refused?: string }} Entry */

export class Outbox {
  #conversation;
  #name;
  #leaving = new AbortController();
  #running = false;

  /**
   * @param {string} agentId
   * @param {string} conversationId
   */
  constructor(agentId, conversationId) {
    this.#conversation = conversationId;
    this.#name = `outbox.${agentId}.${conversationId}`;
    this.entries = signal(/** @type {Entry[]} */ (kept(this.#name) ?? []));
    this.#run();
  }

  /**
   * Sends a message, a note or a whisper. The content of the latter two is a text.
   *
   * @param {Mode} mode
   * @param {any} content
   */
  post(mode, content) {
    this.#set([...this.entries.peek(), { id: newId(), mode, content, at: new Date().toISOString() }]);
    this.#run();
  }

  /** Takes an entry out again, and returns it. @param {string} id */
  remove(id) {
    const entry = this.entries.peek().find((each) => each.id === id);
    this.#set(this.entries.peek().filter((each) => each.id !== id));
    return entry;
  }

  /** Tries an entry again that was refused. @param {string} id */
  retry(id) {
    this.#set(this.entries.peek().map((each) => (each.id === id ? { ...each, refused: undefined } : each)));
    this.#run();
  }

  /** Takes out what has come back as an event. @param {FeedEvent} event */
  seen({ data }) {
    const id = data.message_id ?? data.note_id;
    if (id && this.entries.peek().some((entry) => entry.id === id)) this.remove(id);
  }

  stop() {
    this.#leaving.abort();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    let wait = FIRST_PAUSE;
    for (let next = this.#next(); next && !this.#leaving.signal.aborted; next = this.#next()) {
      try {
        await this.#send(next);
        this.remove(next.id);
        wait = FIRST_PAUSE;
      } catch (error) {
        const problem = /** @type {Problem} */ (error);
        if (problem.status === 401 || !session.open) break; // it goes out after the next log-in
        if (problem.passes) {
          await pause(wait, this.#leaving.signal);
          wait = Math.min(MAX_PAUSE, wait * 2);
        } else this.#refuse(next.id, problemWords(problem));
      }
    }
    this.#running = false;
  }

  #next() {
    return this.entries.peek().find(({ refused }) => !refused);
  }

  /** @param {Entry} entry */
  #send({ id, mode, content }) {
    const conversation = this.#conversation;
    if (mode === "note") return call(`POST agent/v1/conversations/${conversation}/notes`, { body: { id, text: content.text } });
    if (mode === "whisper") return call(`POST agent/v1/conversations/${conversation}/whisper`, { body: { id, text: content.text } });
    return call(`POST agent/v1/conversations/${conversation}/messages`, { body: { id, content } });
  }

  /**
   * @param {string} id
   * @param {string} words
   */
  #refuse(id, words) {
    this.#set(this.entries.peek().map((each) => (each.id === id ? { ...each, refused: words } : each)));
  }

  /** @param {Entry[]} entries */
  #set(entries) {
    keep(this.#name, entries.length ? entries : null);
    this.entries.value = entries;
  }
}
