"""A receiver of Hybrid Chat's webhooks in one file, to copy and change. It needs Python 3.11 and nothing else.

    WEBHOOK_SECRET=whsec_… python webhook_receiver.py 8000

It prints each event once. ``docs/webhooks.md`` says what is sent and when. While a secret is rotated, nothing changes
here: each call is signed with both secrets.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

__all__ = ["is_signed"]

KEY = base64.b64decode(os.environ.get("WEBHOOK_SECRET", "").removeprefix("whsec_"))
MAX_BYTES = 1024 * 1024
TOLERANCE_SECONDS = 300


def is_signed(key: bytes, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether the body is as it was sent, by somebody who knows the secret, within the last five minutes."""
    event_id, timestamp = headers.get("webhook-id") or "", headers.get("webhook-timestamp") or ""
    if not (timestamp.isascii() and timestamp.isdigit()) or abs(time.time() - int(timestamp[:15])) > TOLERANCE_SECONDS:
        return False
    signed = f"{event_id}.{timestamp}.".encode("latin-1", "replace") + body
    right = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    given = (headers.get("webhook-signature") or "").split(" ")
    return any(hmac.compare_digest(right, one.encode("latin-1", "replace")) for one in given)


class Receiver(BaseHTTPRequestHandler):
    seen: set[str] = set()  # keep the ids of three days in a database, in one transaction with what an event changes
    changing = Lock()

    def do_POST(self) -> None:
        length = self.headers.get("content-length", "")
        if not length.isdigit() or int(length) > MAX_BYTES:
            return self.answer(413)
        body = self.rfile.read(int(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if not KEY or not is_signed(KEY, headers, body):
            return self.answer(401)
        event = json.loads(body)
        with self.changing:
            if event["id"] not in self.seen:
                self.take(event)
                self.seen.add(event["id"])
        return self.answer(204)

    def take(self, event: dict[str, object]) -> None:
        """What you do with an event. It is short: whatever takes long goes into a queue of your own."""
        print(json.dumps(event), flush=True)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing is written beside the events."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
    print(f"listening on port {server.server_port}", flush=True)
    server.serve_forever()
