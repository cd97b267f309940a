// What went wrong, as an error that tells it in words.

const WORDS = {
  401: "You are not logged in any more",
  403: "This is not for you to see",
  404: "There is no such thing",
  422: "The server cannot read this",
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
    const told = await response.json().catch(() => ({}));
    const { status } = response;
    const title = WORDS[status] ?? `The server answered ${status}`;
    return new Problem({ ...told, status, title, detail: [told.detail, HINTS[status]].filter(Boolean).join(". ") });
  }

  static unreachable() {
    return new Problem({ title: "The server does not answer", detail: "Is it running, and are you connected?" });
  }

  /** What is wrong with one input, if that is what is wrong. */
  about(path) {
    return this.errors.find((error) => error.path === path)?.message;
  }
}
