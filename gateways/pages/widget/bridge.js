// The messages between the frame and the loader on the page around it: `{hc: 1, type, …}`. The frame says that it is there,
// and no more, to whoever that page is. From the loader's first message it knows the origin, and it answers no other.

/** @import { Send } from "./types" */



const VERSION = 1;

/**
 * Talks with the loader. `receive(type, data)` is called for each of its messages. Returns the function that sends.
 *
 * @param {(type: string, data: any) => void} receive
 * @returns {Send}
 */
export function bridge(receive) {
  /** @type {string?} */
  let origin = null;
  /** @type {object[]} */
  const waiting = [];

  addEventListener("message", ({ data, source, origin: from }) => {
    if (source !== parent || data?.hc !== VERSION || (origin !== null && from !== origin)) return;
    if (origin === null) {
      origin = from;
      for (const message of waiting.splice(0)) parent.postMessage(message, origin);
    }
    receive(data.type, data);
  });

  if (parent !== window) parent.postMessage({ hc: VERSION, type: "hello" }, "*");
  return (type, data = {}) => {
    const message = { hc: VERSION, type, ...data };
    if (parent === window) return;
    if (origin === null) waiting.push(message);
    else parent.postMessage(message, origin);
  };
}
