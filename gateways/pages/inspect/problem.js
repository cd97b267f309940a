// A request's problem as an error with a title and a hint for the reader.

const TITLES = {
  401: "You are not logged in any more",
  403: "You may not see this",
  404: "This does not exist",
  422: "The server does not accept this",
  429: "Too many requests",
  503: "The server is busy or stopping",
};
const HINTS = {
  403: "Inspecting takes the role supervisor or administrator, or an API key with the scope inspect or admin.",
  429: "Wait a moment, then try again.",
  503: "Try again shortly.",
};

export class Problem extends Error {
  constructor({ status = 0, code = "", title, detail, errors = [] }) {
    super(title);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.errors = errors;
  }

  static async of(response) {
    const problem = await response.json().catch(() => ({}));
    const { status } = response;
    const title = TITLES[status] ?? `The server answered ${status}`;
    return new Problem({ ...problem, status, title, detail: [problem.detail, HINTS[status]].filter(Boolean).join(". ") });
  }

  static unreachable() {
    return new Problem({ title: "The server does not answer", detail: "Is it running, and are you connected?" });
  }

  /** The error of the input at this path; undefined when that input is not the problem. */
  about(path) {
    return this.errors.find((error) => error.path === path)?.message;
  }
}
