// What the floor shows, in one place: the live floor, the figures of the day, the filters, and what follows from them.

/** @import { Address } from "./address.js" */
import { call } from "../base/session/calls.js";
import { computed, onStop, signal } from "../base/signals.js";
import { LiveFloor } from "./live-floor.js";
import { agentRows, figuresOf, shownAgents, shownConversations, shownQueues } from "./selecting.js";

const FIGURES_MILLISECONDS = 5000;

/** @typedef {Api.QueueState & { day: Api.DashboardQueue | null }} QueueRow */

export class Floor {
  live = new LiveFloor();
  /** The figures of the day by queue, as far as the reports have them. */
  day = signal(/** @type {Map<string, Api.DashboardQueue>} */ (new Map()));
  figures = computed(() => figuresOf(this.live.state.value));
  #agentRows = computed(() => agentRows(this.live.state.value));

  /**
   * @param {Address} address
   * @param {string} agentId the one who is logged in
   */
  constructor({ filters }, agentId) {
    this.agentId = agentId;
    this.shownAgents = computed(() => shownAgents(this.#agentRows.value, filters.value));
    this.shownConversations = computed(() => shownConversations(this.live.state.value, filters.value));
    this.shownQueues = computed(() => shownQueues(this.live.state.value, filters.value).map((row) => this.#withDay(row)));
    this.teams = computed(() => named([...this.live.state.value.agents.values()].map(({ team }) => team ?? "")));
    this.queues = computed(() => named([...this.live.state.value.queues.keys()]));
  }

  start() {
    this.live.start();
    const timer = setInterval(() => this.#readDay(), FIGURES_MILLISECONDS);
    this.#readDay();
    onStop(() => {
      clearInterval(timer);
      this.live.stop();
    });
  }

  /** @param {string} agentId */
  nameOf(agentId) {
    return this.live.state.value.agents.get(agentId)?.name ?? agentId;
  }

  /** @param {string} id */
  conversation(id) {
    return this.live.state.value.conversations.get(id) ?? null;
  }

  /** The role in which the one who is logged in takes part, or null. @param {string} id */
  ownRole(id) {
    return this.conversation(id)?.participants.find((each) => each.type === "agent" && each.id === this.agentId)?.role ?? null;
  }

  /** @type {WeakMap<Api.QueueState, QueueRow>} */
  #rows = new WeakMap();

  /**
   * The same row for as long as nothing of it has changed.
   *
   * @param {Api.QueueState} queue
   * @returns {QueueRow}
   */
  #withDay(queue) {
    const day = this.day.value.get(queue.queue) ?? null;
    const before = this.#rows.get(queue);
    if (before?.day === day) return before;
    const row = { ...queue, day };
    this.#rows.set(queue, row);
    return row;
  }

  async #readDay() {
    if (document.hidden || this.live.paused.peek()) return;
    try {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const { queues } = await call("GET reports/v1/live", { query: { zone } });
      this.day.value = new Map(queues.map((queue) => [queue.queue, queue]));
    } catch {
      // without the reports the floor has no figures of the day, and says nothing of them
    }
  }
}

/** @param {string[]} names */
function named(names) {
  return [...new Set(names)].filter(Boolean).sort();
}
