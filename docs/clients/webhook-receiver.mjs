/**
 * A receiver of Hybrid Chat's webhooks in one file, to copy and change. It needs Node.js 20 or newer and nothing else.
 *
 *     WEBHOOK_SECRET=whsec_… node webhook-receiver.mjs 8000
 *
 * It prints each event once. `docs/webhooks.md` says what is sent and when. While a secret is rotated, nothing changes
 * here: each call is signed with both secrets.
 */

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import process from "node:process";

const KEY = Buffer.from((process.env.WEBHOOK_SECRET ?? "").replace(/^whsec_/, ""), "base64");
const MAX_BYTES = 1024 * 1024;
const TOLERANCE_SECONDS = 300;

/** Whether the body is as it was sent, by somebody who knows the secret, within the last five minutes. */
export function isSigned(key, headers, body) {
  const { "webhook-id": id = "", "webhook-timestamp": timestamp = "", "webhook-signature": signatures = "" } = headers;
  if (!/^\d{1,15}$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const right = Buffer.from(`v1,${createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64")}`);
  return signatures.split(" ").some((one) => {
    const given = Buffer.from(one);
    return given.length === right.length && timingSafeEqual(given, right);
  });
}

const seen = new Set(); // keep the ids of three days in a database, in one transaction with what an event changes

/** What you do with an event. It is short: whatever takes long goes into a queue of your own. */
function take(event) {
  console.log(JSON.stringify(event));
}

async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const server = createServer(async (request, response) => {
  const body = await bodyOf(request);
  if (body === null) return response.writeHead(413).end();
  if (!KEY.length || !isSigned(KEY, request.headers, body)) return response.writeHead(401).end();
  const event = JSON.parse(body);
  if (!seen.has(event.id)) {
    take(event);
    seen.add(event.id);
  }
  return response.writeHead(204).end();
});

server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log(`listening on port ${server.address().port}`));
