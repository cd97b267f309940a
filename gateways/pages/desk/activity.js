// Signs of life of an agent who is not ready: real input, reported now and then.

import { call } from "../base/session/calls.js";

const EVERY_MILLISECONDS = 30_000;

/** Reports input until the signal is aborted. @param {AbortSignal} signal */
export function reportActivity(signal) {
  let reportedAt = Date.now();
  const report = () => {
    if (Date.now() - reportedAt < EVERY_MILLISECONDS) return;
    reportedAt = Date.now();
    call("POST agent/v1/me/activity").catch(() => {}); // the next input reports it
  };
  for (const type of ["keydown", "pointerdown"]) addEventListener(type, report, { signal, passive: true });
}
