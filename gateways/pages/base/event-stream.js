// Reading an event stream with fetch, which, unlike EventSource, sends a token in a header.

/**
 * The events of a text/event-stream body.
 *
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 */
export async function* eventStream(body) {
  for await (const events of eventBatches(body)) yield* events;
}

/**
 * The same, each time those that have come together.
 *
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 */
export async function* eventBatches(body) {
  let rest = "";
  for await (const text of chunks(body.pipeThrough(new TextDecoderStream()))) {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop() ?? "";
    yield blocks.map(eventOf);
  }
}

/** @param {ReadableStream<string>} stream */
async function* chunks(stream) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** @param {string} block */
function eventOf(block) {
  /** @param {string} name */
  const field = (name) => block.split("\n").find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? null;
  return { id: field("id"), data: field("data") };
}

/**
 * Lets the browser draw, and heed its user, before more work is done. It takes no time where timers would be slowed.
 *
 * @returns {Promise<void>}
 */
export function breathe() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * Waits; not longer than until the browser is online again or the tab comes into sight.
 *
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
    addEventListener("online", done);
    addEventListener("visibilitychange", seen);
    function seen() {
      if (document.visibilityState === "visible") done();
    }
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      removeEventListener("online", done);
      removeEventListener("visibilitychange", seen);
      resolve();
    }
  });
}
