// Calls of the Customer API. They are relative to the frame's address, so that they work behind a proxy's prefix.

const CALL_MILLISECONDS = 15000;
const MAX_PAUSE = 30000;
const FIRST_PAUSE = 500;
const MAX_KEPT_ALIVE = 16000; // browsers limit what outlives the page
const PASSING = [408, 425, 429, 500, 502, 503, 504];

/** A refusal of the server. One that `passes` may succeed later. `status` is 0 when the server cannot be reached. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {Partial<Api.ProblemDetails>} problem
   */
  constructor(status, problem, retryAfterSeconds = 0) {
    super(problem.detail ?? problem.title ?? "");
    this.status = status;
    this.code = problem.code ?? "";
    /** The paths of what was wrong in the body. */
    this.fields = (problem.errors ?? []).map(({ path }) => path);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get passes() {
    return this.status === 0 || PASSING.includes(this.status);
  }

  /** @param {Response} response */
  static async of(response) {
    /** @type {Partial<Api.ProblemDetails>} */
    const problem = await response.json().catch(() => ({}));
    return new Refusal(response.status, problem, Number(response.headers.get("Retry-After")) || 0);
  }
}

/**
 * The answer to one call: JSON, or a text. What is small is sent even if the page is left meanwhile. Throws Refusal.
 *
 * @template {"GET" | "POST"} Method
 * @template {string} Path
 * @param {Method} method
 * @param {Path} path
 * @param {{ token?: string, body?: Api.Body<`${Method} customer/v1/${Path}`> }} [options]
 * @returns {Promise<Api.Answer<`${Method} customer/v1/${Path}`>>}
 */
export async function call(method, path, { token, body } = {}) {
  const text = body && JSON.stringify(body);
  try {
    const response = await fetch(`../customer/v1/${path}`, {
      method,
      headers: { ...authorization(token), ...(text && { "Content-Type": "application/json" }) },
      body: text,
      keepalive: text !== undefined && text.length < MAX_KEPT_ALIVE,
      signal: AbortSignal.timeout(CALL_MILLISECONDS),
    });
    if (!response.ok) throw await Refusal.of(response);
    if (response.status === 204) return /** @type {any} */ (null);
    const type = /** @type {string} */ (response.headers.get("Content-Type"));
    return await (type.startsWith("application/json") ? response.json() : response.text());
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(0, { detail: /** @type {Error} */ (error).message });
  }
}

/**
 * @param {string | null | undefined} token
 * @returns {Record<string, string>}
 */
export function authorization(token) {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/**
 * Milliseconds to wait after so many failures: at random, so that not everybody comes back at once.
 *
 * @param {number} failures
 */
export function backoff(failures) {
  const most = Math.min(FIRST_PAUSE * 2 ** failures, MAX_PAUSE);
  return FIRST_PAUSE / 2 + Math.random() * most;
}
