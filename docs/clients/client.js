/**
 * A client of Hybrid Chat in one file, an ES module for browsers and for Node.js 22 or newer, to copy into a page or
 * program of your own.
 *
 *     const conversation = await Conversation.start("https://chat.example.com", { channel: "web", text: "Hello" });
 *     for await (const event of conversation.events()) {
 *       if (event.type === "MessagePosted") console.log(event.data.content);
 *     }
 *
 * Calls are repeated while the server is away or busy, which is safe, because all that is created carries an id. Feeds
 * go on at their cursor after every interruption: each event comes once, in order.
 */

const BUSY = [429, 502, 503, 504];
const FIRST_PAUSE_SECONDS = 0.2;
const MAX_PAUSE_SECONDS = 30;
const CALL_SECONDS = 15;

/** The server has refused a call. `code` is for programs, the message for people; `problem` has all of it. */
export class ProblemError extends Error {
  constructor(status, problem, retryAfter) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = "ProblemError";
    this.status = status;
    this.code = problem.code ?? "";
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** Calls with one token, and follows one feed with it. */
class Caller {
  constructor(url, token = "") {
    this.url = url.replace(/\/$/, "");
    this.token = token;
  }

  /** The answer's body. While the server is away or busy, the call is repeated. Throws ProblemError. */
  async call(method, path, body) {
    for (let pause = FIRST_PAUSE_SECONDS; ; ) {
      let wait;
      try {
        return await this.callOnce(method, path, body);
      } catch (error) {
        if (error instanceof ProblemError) {
          const renewed = error.code === "token_expired" && (await this.renew());
          if (!renewed && !BUSY.includes(error.status)) throw error;
          wait = renewed ? 0 : error.retryAfter;
        }
      }
      pause = await sleep(pause, wait);
    }
  }

  async callOnce(method, path, body) {
    const headers = this.token ? { Authorization: `Bearer ${this.token}` } : {};
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const signal = AbortSignal.timeout(CALL_SECONDS * 1000);
    const response = await fetch(this.url + path, { method, headers, body: JSON.stringify(body), signal });
    const content = await response.text();
    if (response.ok) return content ? JSON.parse(content) : {};
    const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
    const retryAfter = response.headers.get("Retry-After");
    const problem = isProblem ? JSON.parse(content) : { detail: content };
    throw new ProblemError(response.status, problem, retryAfter === null ? undefined : Number(retryAfter));
  }

  /** The feed's events beyond the cursor, and then what happens. Throws ProblemError when it is over for good. */
  async *follow(path, after) {
    for (let pause = FIRST_PAUSE_SECONDS; ; ) {
      const address = `${this.url.replace(/^http/, "ws")}${path}?after=${after}`;
      // A browser cannot set the headers of a WebSocket; the token goes as one more subprotocol.
      for await (const frame of framesOf(new WebSocket(address, ["hybridchat.v1", `bearer.${this.token}`]))) {
        const event = JSON.parse(frame);
        after = event.position ?? event.version ?? after; // signals have no cursor
        pause = FIRST_PAUSE_SECONDS;
        yield event;
      }
      pause = await sleep(pause);
      // It waits for a server that is away, renews a token that has expired, and is refused when the session is over.
      // So no code of a closed WebSocket needs a case of its own.
      await this.call("GET", `${path}?after=${after}&limit=1`);
    }
  }

  /** Gets a new token for one that has expired, where that is possible. */
  async renew() {
    return false;
  }
}

/** A conversation on its customer's side. */
export class Conversation extends Caller {
  /**
   * Starts a conversation, or goes on with the one that the customer has open. `start` has the fields of
   * `POST /customer/v1/conversations`, such as `channel`, `customer` and `text`.
   */
  static async start(url, start) {
    const conversation = new Conversation(url);
    conversation.request = { id: crypto.randomUUID(), ...start };
    await conversation.renew();
    return conversation;
  }

  /** The events that the customer sees. Keep the last `version` that you have dealt with. */
  events(after = 0) {
    return this.follow(`/customer/v1/conversations/${this.id}/events`, after);
  }

  /** Posts the customer's message. The same `id` again posts nothing twice. */
  post(text, id = crypto.randomUUID()) {
    const body = { id, content: { type: "text", text } };
    return this.call("POST", `/customer/v1/conversations/${this.id}/messages`, body);
  }

  /** The same start again is answered with the same conversation. */
  async renew() {
    const started = await new Caller(this.url).call("POST", "/customer/v1/conversations", this.request);
    this.id = started.conversation_id;
    this.token = started.token;
    return true;
  }
}

/** An agent who is logged in. The shift begins with the feed or with going ready. */
export class Agent extends Caller {
  static async logIn(url, username, password) {
    const tokens = await new Caller(url).call("POST", "/agent/v1/login", { username, password });
    const agent = new Agent(url, tokens.access_token);
    agent.refreshToken = tokens.refresh_token;
    agent.begins = (await agent.call("GET", "/agent/v1/me")).position;
    return agent;
  }

  /**
   * The agent's own events, and those of the conversations that the agent takes part in: from the login on, or beyond
   * the last `position` that you have dealt with.
   */
  events(after = this.begins) {
    return this.follow("/agent/v1/events", after);
  }

  /** Goes `ready` or `not_ready`. */
  go(state) {
    return this.call("PUT", "/agent/v1/me/state", { state });
  }

  accept(taskId) {
    return this.call("POST", `/agent/v1/tasks/${taskId}/accept`);
  }

  /** Posts the agent's message. The same `id` again posts nothing twice. */
  post(conversationId, text, id = crypto.randomUUID()) {
    const body = { id, content: { type: "text", text } };
    return this.call("POST", `/agent/v1/conversations/${conversationId}/messages`, body);
  }

  async renew() {
    const tokens = await new Caller(this.url).call("POST", "/agent/v1/refresh", { refresh_token: this.refreshToken });
    this.token = tokens.access_token;
    this.refreshToken = tokens.refresh_token;
    return true;
  }
}

/** The frames of a WebSocket until it is closed, whatever for. It is closed when nobody reads any more. */
async function* framesOf(socket) {
  const frames = [];
  let closed = false;
  let wake = () => {};
  socket.onmessage = ({ data }) => (frames.push(data), wake());
  socket.onclose = () => ((closed = true), wake());
  try {
    for (;;) {
      while (frames.length > 0) yield frames.shift();
      if (closed) return;
      await new Promise((resolve) => (wake = resolve));
    }
  } finally {
    socket.close();
  }
}

/** Sleeps for the time that the server wants, or else about so long. Returns the next pause. */
async function sleep(pause, wait = pause * (0.5 + Math.random() / 2)) {
  await new Promise((resolve) => setTimeout(resolve, wait * 1000));
  return Math.min(2 * pause, MAX_PAUSE_SECONDS);
}
