// What an agent has written and the server has not recorded yet. It is kept in the browser before it is sent, goes out in
// order under an id of its own, and so is recorded once, whatever breaks in between.

/** @import { FeedEvent } from "./state/types" */
/** @import { Problem } from "../base/session/types" */
import { pause } from "../base/event-stream.js";
import { newId } from "../base/ids.js";
import { problemWords } from "../base/problem-words.js";
import { call } from "../base/session/calls.js";
import { signal } from "../base/signals.js";
import { keep, kept, keptNames, onAnyKeptElsewhere } from "../base/storage.js";

const MAX_PAUSE = 15_000;
const FIRST_PAUSE = 500;
const FRESH_MILLISECONDS = 3000; // for so long, what another tab has written is left to that tab

/** @typedef {"message" | "note" | "whisper"} Mode */
/** @typedef {{ id: string, mode: Mode, content: any, at: string, refused?: string, sent?: boolean }} Entry */

/**
 * The conversations to which this agent has written something here that is not recorded.
 *
 * @param {string} agentId
 */
export function unsentConversations(agentId) {
  const beginning = `outbox.${agentId}.`;
  const ids = keptNames(beginning).map((name) => /^([\w-]+)\.[\w-]+$/.exec(name.slice(beginning.length))?.[1]);
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** The outbox of one conversation. All tabs of the browser keep the same entries, each under a name of its own. */
export class Outbox {
  #conversation;
  #beginning;
  #refused;
  #leaving = new AbortController();
  #running = false;
  /** The ids of what was written in this tab. @type {Set<string>} */
  #own = new Set();
  #unfollow;

  /**
   * @param {string} agentId
   * @param {string} conversationId
   * @param {() => void} [refused] runs after an entry was refused
   */
  constructor(agentId, conversationId, refused = () => {}) {
    this.#conversation = conversationId;
    this.#refused = refused;
    this.#beginning = `outbox.${agentId}.${conversationId}.`;
    const entries = keptNames(this.#beginning).sort().map((name) => /** @type {Entry?} */ (kept(name)));
    /** Those that are sent stay until their event comes. */
    this.entries = signal(entries.filter((entry) => entry !== null));
    this.#unfollow = onAnyKeptElsewhere(this.#beginning, (name) => this.#follow(name));
    this.#run();
  }

  /** Whether something is still to be sent. */
  get isBusy() {
    return this.#next() !== undefined;
  }

  /**
   * Sends a message, a note or a whisper. The content of the latter two is a text.
   *
   * @param {Mode} mode
   * @param {any} content
   */
  post(mode, content) {
    const id = newId();
    this.#own.add(id);
    this.#put({ id, mode, content, at: new Date().toISOString() });
    this.#run();
  }

  /** Takes an entry out again, and returns it. @param {string} id */
  remove(id) {
    const entry = this.#find(id);
    keep(this.#beginning + id, null);
    this.entries.value = this.entries.peek().filter((each) => each.id !== id);
    return entry;
  }

  /** Tries an entry again that was refused. @param {string} id */
  retry(id) {
    const entry = this.#find(id);
    if (!entry) return;
    this.#own.add(id);
    this.#put({ ...entry, refused: undefined });
    this.#run();
  }

  /** Takes out what has come back as an event. @param {FeedEvent} event */
  seen({ data }) {
    const id = data.message_id ?? data.note_id;
    if (id && this.#find(id)) this.remove(id);
  }

  /** Sends nothing any more. What was not sent stays in the browser, for the next time. */
  stop() {
    this.#unfollow();
    this.#leaving.abort();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    const { signal: leaving } = this.#leaving;
    let wait = FIRST_PAUSE;
    for (let next = this.#next(); next && !leaving.aborted; next = this.#next()) {
      if (this.#isLeftToOthers(next)) {
        await pause(FIRST_PAUSE, leaving);
        continue;
      }
      try {
        await this.#send(next);
        this.#sent(next.id);
        wait = FIRST_PAUSE;
      } catch (error) {
        const problem = /** @type {Problem} */ (error);
        if (leaving.aborted || problem.status === 401 || problem.name === "AbortError") break; // it goes out after the next log-in
        if (problem.passes) {
          await pause(wait, leaving);
          wait = Math.min(MAX_PAUSE, wait * 2);
        } else this.#refuse(next.id, problemWords(problem));
      }
    }
    this.#running = false;
  }

  #next() {
    return this.entries.peek().find(({ refused, sent }) => !refused && !sent);
  }

  /** @param {Entry} entry */
  #isLeftToOthers({ id, at }) {
    return !this.#own.has(id) && Math.abs(Date.now() - Date.parse(at)) < FRESH_MILLISECONDS;
  }

  /** @param {Entry} entry */
  #send({ id, mode, content }) {
    const conversation = this.#conversation;
    const { signal: leaving } = this.#leaving;
    if (mode === "note") return call(`POST agent/v1/conversations/${conversation}/notes`, { body: { id, text: content.text }, signal: leaving });
    if (mode === "whisper") return call(`POST agent/v1/conversations/${conversation}/whisper`, { body: { id, text: content.text }, signal: leaving });
    return call(`POST agent/v1/conversations/${conversation}/messages`, { body: { id, content }, signal: leaving });
  }

  /** The server has it; until its event comes the agent still sees it here. @param {string} id */
  #sent(id) {
    keep(this.#beginning + id, null);
    this.entries.value = this.entries.peek().map((each) => (each.id === id ? { ...each, sent: true } : each));
  }

  /**
   * @param {string} id
   * @param {string} words
   */
  #refuse(id, words) {
    const entry = this.#find(id);
    if (!entry) return; // another tab has taken it out
    this.#put({ ...entry, refused: words });
    this.#refused();
  }

  /** Another tab has kept or taken out an entry. @param {string} name */
  #follow(name) {
    const id = name.slice(this.#beginning.length);
    const entry = /** @type {Entry?} */ (kept(name));
    if (entry) {
      this.#place(entry);
      this.#run();
    } else this.entries.value = this.entries.peek().filter((each) => each.id !== id || each.sent);
  }

  /** @param {string} id */
  #find(id) {
    return this.entries.peek().find((each) => each.id === id);
  }

  /** @param {Entry} entry */
  #put(entry) {
    keep(this.#beginning + entry.id, entry);
    this.#place(entry);
  }

  /** The ids sort by the time at which they were made. @param {Entry} entry */
  #place(entry) {
    const others = this.entries.peek().filter(({ id }) => id !== entry.id);
    this.entries.value = [...others, entry].sort((one, other) => (one.id < other.id ? -1 : 1));
  }
}
