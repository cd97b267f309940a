// Changes that the server has refused, in words.

/** @import { Problem } from "../base/session/types" */
import { problemWords } from "../base/problem-words.js";
import { words } from "./words.js";

/** What is wrong, a line each. @param {unknown} error */
export function refusalLines(error) {
  const { errors = [] } = /** @type {Problem} */ (error);
  return errors.length ? errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)) : [refusalWords(error)];
}

/** What is wrong, in one or two sentences. @param {unknown} error */
export function refusalWords(error) {
  const { code, serverDetail, errors = [] } = /** @type {Problem} */ (error);
  if (code !== "configuration_conflict") return problemWords(error);
  const details = errors.length ? errors.map(({ path, message }) => `${path} ${message}`).join("; ") : (serverDetail ?? "");
  return words("refused.conflict", { details });
}
