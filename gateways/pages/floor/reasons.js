// The reasons that are configured for states, to choose from; where there are none, any words do.

import { field, input, select } from "../base/controls/field.js";
import { call } from "../base/session/calls.js";
import { signal } from "../base/signals.js";
import { t } from "./words.js";

/** @type {Promise<Api.Codes> | null} */
let codes = null;

const KNOWN = /** @type {const} */ (["rona", "connection_lost", "idle", "supervisor"]);
/** The labels of the reasons by their codes. */
const labels = signal(/** @type {Map<string, string>} */ (new Map()));

/** Reads the labels, once. What has no label is shown by its code. */
export async function learnReasons() {
  codes ??= call("GET agent/v1/codes");
  codes.catch(() => (codes = null));
  labels.value = new Map((await codes).reason_codes.map(({ code, label }) => [code, label]));
}

/** A reason in words. @param {string | null | undefined} code */
export function reasonWords(code) {
  if (!code) return "";
  const known = KNOWN.find((each) => each === code);
  return labels.value.get(code) ?? (known ? t(`reason.${known}`) : code);
}

/** @param {"not_ready" | "logout"} use */
export async function reasonsFor(use) {
  codes ??= call("GET agent/v1/codes");
  codes.catch(() => (codes = null));
  return (await codes).reason_codes.filter((code) => code.use === use);
}

/**
 * A field for the reason.
 *
 * @param {string} label
 * @param {Api.Reason[]} reasons
 */
export function reasonField(label, reasons) {
  if (!reasons.length) return field(label, input({ maxlength: 256 }));
  const options = /** @type {[string, string][]} */ (reasons.map(({ code, label: words }) => [code, words]));
  return field(label, select(options, options[0][0]));
}
