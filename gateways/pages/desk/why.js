// Why the router offers a task to this agent, in a sentence.

import { clock } from "../base/formats.js";
import { t } from "./words.js";

const RULES = { longest_available: 1, preferred_agent: 1 };

/** The sentence of the page for the rules that it knows, and else the server's. @param {Api.RoutingDecision} decision */
export function whyWords({ sentence, data, at }) {
  const { rule, candidates = [], candidate_count: count = 1 } = /** @type {any} */ (data);
  if (!(rule in RULES)) return sentence;
  const since = candidates[0]?.available_since;
  const time = since ? clock((Date.parse(at) - Date.parse(since)) / 1000) : "";
  return t(/** @type {"why.longest_available"} */ (`why.${rule}`), { time, count });
}
