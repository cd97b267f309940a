// What the server has refused, in the words of the page.

/** @import { Problem } from "./session/types" */
import { WORDS } from "./words/en.js";
import { shared } from "./words/shared.js";

/**
 * One or two sentences: what is wrong, and what the server has written about it where the page has no own words for it.
 *
 * @param {unknown} error
 */
export function problemWords(error) {
  const { status, code, serverDetail, errors = [] } = /** @type {Problem} */ (error);
  if (status === undefined) return String(/** @type {Error} */ (error).message ?? error);
  if (code === "invalid_credentials") return shared("log_in.wrong");
  const known = wordOf(`problem.${code}`);
  if (known) return known;
  const general = wordOf(`problem.status.${status}`) ?? shared("problem.status.other", { status });
  const details = errors.length ? errors.map(({ path, message }) => `${path}: ${message}`).join("; ") : serverDetail;
  return details ? `${general} (${details})` : general;
}

/** @param {string} key */
function wordOf(key) {
  return key in WORDS ? shared(/** @type {keyof typeof WORDS} */ (key)) : null;
}
