// A request's problem as an error with a title and a hint for the reader.

/** @type {{ [status: number]: string }} */
const TITLES = {
  401: "You are not logged in any more",
  403: "You may not see this",
  404: "There is nothing at this address",
  422: "The server does not accept this",
  429: "Too many requests",
  503: "The server is busy or stopping",
};
/** @type {{ [status: number]: string }} */
const HINTS = {
  401: "Log in again to continue.",
  404: "The address may be cut off, or of another centre. Look for it with Open, at the top of the page.",
  403: "Inspecting takes the role supervisor or administrator, or an API key with the scope inspect or admin.",
  429: "Wait a moment, then try again.",
  503: "Try again shortly.",
};

export class Problem extends Error {
  /**
   * `serverDetail` is what the server itself has written; `detail` has a hint besides. `changed` is the change of the
   * configuration that came before the one that is refused.
   *
   * @param {{ status?: number, code?: string, title: string, detail?: string, serverDetail?: string, errors?: Api.FieldError[], changed?: Api.ItemChange | null }} problem
   */
  constructor({ status = 0, code = "", title, detail, serverDetail, errors = [], changed = null }) {
    super(title);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.serverDetail = serverDetail;
    this.errors = errors;
    this.changed = changed;
  }

  /** @param {Response} response */
  static async of(response) {
    /** @type {Partial<Api.ProblemDetails>} */
    const problem = await response.json().catch(() => ({}));
    const { status } = response;
    const title = TITLES[status] ?? `The server answered ${status}`;
    const detail = [problem.detail, HINTS[status]].filter(Boolean).join(". ");
    return new Problem({ ...problem, status, title, detail, serverDetail: problem.detail });
  }

  static unreachable() {
    return new Problem({ title: "The server does not answer", detail: "Check that it runs, and that this computer is connected." });
  }

  /** Whether the same request may succeed a moment later. */
  get passes() {
    return !this.status || this.status === 429 || this.status >= 502;
  }

  /**
   * The error of the input at this path; undefined when that input is not the problem.
   *
   * @param {string} path
   */
  about(path) {
    return this.errors.find((error) => error.path === path)?.message;
  }
}
