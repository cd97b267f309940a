// A report as the server answers it: loaded anew when the address asks for something else.

/** @import { Figures, ReportAnswer } from "./types" */
/** @import { Problem } from "../base/session/types" */
import { serverTime } from "../base/clock.js";
import { pause } from "../base/event-stream.js";
import { call } from "../base/session/calls.js";
import { batch, computed, effect, onStop, signal } from "../base/signals.js";
import { locale } from "../base/words.js";
import { askedOf } from "./asked.js";
import { localNow } from "./periods.js";
import { place } from "./place.js";
import { BROWSER_ZONE } from "./zone-field.js";

const PAGE = 1000;
const BUILDING_MILLISECONDS = 3000;
const TOTAL = "total";

/**
 * The report's figures, until the owner is stopped.
 *
 * @param {Api.ReportDescription} description
 */
export function reportStore(description) {
  const figures = signal(/** @type {Figures | null} */ (null));
  const problem = signal(/** @type {Problem | null} */ (null));
  const loading = signal(true);
  const turn = signal(0);
  const asked = computed(() => {
    const { parameters } = place.value;
    const zone = parameters.zone || BROWSER_ZONE;
    return JSON.stringify(askedOf(description, parameters, { zone, now: localNow(zone, serverTime()), firstDay: firstDayOfWeeks() }));
  });

  effect(() => {
    void turn.value;
    const abort = new AbortController();
    onStop(() => abort.abort());
    void loadInto(JSON.parse(asked.value), abort.signal);
  });

  /**
   * @param {Record<string, string>} wanted
   * @param {AbortSignal} signal
   */
  async function loadInto(wanted, signal) {
    loading.value = true;
    while (!signal.aborted) {
      try {
        const found = await load(description, wanted, signal);
        if (signal.aborted) return;
        batch(() => ([figures.value, problem.value, loading.value] = [found, null, false]));
        return;
      } catch (error) {
        if (signal.aborted) return;
        const refusal = /** @type {Problem} */ (error);
        batch(() => ([problem.value, loading.value] = [refusal, false]));
        if (refusal.code !== "not_built" && refusal.code !== "reports_unavailable") return;
        await pause(BUILDING_MILLISECONDS, signal);
      }
    }
  }

  /** Reads the next rows of a report that lists. */
  async function more() {
    const { answer, query } = /** @type {Figures} */ (figures.peek());
    const next = await ask(description, { ...query, limit: String(PAGE), cursor: answer.next ?? "" });
    const now = figures.peek();
    if (now?.answer === answer) figures.value = { ...now, answer: { ...next, rows: [...answer.rows, ...next.rows] } };
  }

  return { figures, problem, loading, more, reload: () => (turn.value += 1) };
}

/** @typedef {ReturnType<typeof reportStore>} ReportStore */

/**
 * @param {Api.ReportDescription} description
 * @param {Record<string, string>} query
 * @param {AbortSignal} signal
 * @returns {Promise<Figures>}
 */
async function load(description, query, signal) {
  if (description.kind === "list") {
    const answer = await ask(description, { ...query, limit: String(PAGE) }, signal);
    return { query, answer, total: null, together: null };
  }
  const { interval, by } = query;
  const isOne = by === TOTAL;
  const [answer, total, together] = await Promise.all([
    ask(description, query, signal),
    isOne && interval === TOTAL ? null : ask(description, { ...query, interval: TOTAL, by: TOTAL }, signal),
    isOne || interval === TOTAL ? null : ask(description, { ...query, by: TOTAL }, signal),
  ]);
  return { query, answer, total: total ?? answer, together: together ?? (isOne ? answer : total) };
}

/**
 * @param {Api.ReportDescription} description
 * @param {Record<string, string>} query
 * @param {AbortSignal} [signal]
 */
export async function ask(description, query, signal) {
  const answer = await call(`GET ${description.path.slice(1)}`, { query, signal });
  return /** @type {ReportAnswer} */ (answer);
}

/** The first day of weeks for the reader: 1 for Monday up to 7 for Sunday. */
function firstDayOfWeeks() {
  const of = /** @type {{ getWeekInfo?: () => { firstDay: number } }} */ (new Intl.Locale(locale));
  return of.getWeekInfo?.().firstDay ?? 1;
}
