// One upload over XMLHttpRequest, which unlike fetch says how far it is.

/** @import { Access } from "../types" */
import { Refusal } from "../api.js";

const SILENCE_MILLISECONDS = 60000;

/**
 * Sends the file, and returns what the server has kept. `progress` is called with shares of 1. Throws Refusal.
 *
 * @param {Access} access
 * @param {File} file
 * @param {string} attachmentId
 * @param {AbortSignal} signal
 * @param {(share: number) => void} progress
 * @returns {Promise<Api.UploadedAttachment>}
 */
export function send({ path, token }, file, attachmentId, signal, progress) {
  const form = new FormData();
  form.append("id", attachmentId);
  form.append("file", file, file.name);
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    /** @type {number | undefined} */
    let alarm;
    const awake = () => {
      clearTimeout(alarm);
      alarm = setTimeout(() => request.abort(), SILENCE_MILLISECONDS);
    };
    const abort = () => request.abort();
    const failed = () => reject(new Refusal(0, {}));
    request.open("POST", `../customer/v1/${path}/attachments`);
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      awake();
      progress(total ? loaded / total : 0);
    });
    request.addEventListener("load", () => (request.status < 300 ? resolve(JSON.parse(request.responseText)) : reject(refusalOf(request))));
    for (const type of ["error", "abort"]) request.addEventListener(type, failed);
    request.addEventListener("loadend", () => {
      clearTimeout(alarm);
      signal.removeEventListener("abort", abort);
    });
    signal.addEventListener("abort", abort);
    awake();
    request.send(form);
  });
}

/** @param {XMLHttpRequest} request */
function refusalOf(request) {
  let problem = {};
  try {
    problem = JSON.parse(request.responseText);
  } catch {
    // a proxy has answered
  }
  return new Refusal(request.status, problem, Number(request.getResponseHeader("Retry-After")) || 0);
}
