// The reasons and wrap-up codes that agents choose from, asked for once a shift.

import { call } from "../base/session/calls.js";

/** @type {Promise<Api.Codes>?} */
let asked = null;

export function codes() {
  asked ??= call("GET agent/v1/codes");
  asked.catch(() => (asked = null));
  return asked;
}
