"""A connector of Hybrid Chat in one file, to copy and change. It needs Python 3.11 and aiohttp.

It stands between Hybrid Chat and Toy, an invented service for text messages. Toy posts what customers write to
``/toy``, and takes what they shall read at ``TOY_URL``; Hybrid Chat posts to ``/hybridchat``. ``docs/channels/rest.md``
is the contract between the two.
"""

import base64
import hashlib
import hmac
import json
import os
import time
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientSession, web

__all__ = ["Connector"]


class Connector:
    def __init__(self, session: ClientSession, chat_url: str, secret: str, toy_url: str) -> None:
        self._session, self._chat_url, self._toy_url = session, chat_url, toy_url
        self._key = base64.b64decode(secret.removeprefix("whsec_"))
        self._sent: dict[str, str] = {}  # keep it on a disk: it must outlive this program

    def application(self) -> web.Application:
        routes = [web.post("/toy", self.from_toy), web.post("/hybridchat", self.from_chat)]
        application = web.Application()
        application.add_routes(routes)
        return application

    async def from_toy(self, request: web.Request) -> web.Response:
        """What a customer has written. Toy repeats it until it gets an answer of 2xx, and Hybrid Chat knows repetitions
        by the id."""
        written = await request.json()
        event = {
            "type": "message",
            "id": written["id"],
            "customer": {"id": written["from"], "phone": written["from"]},
            "content": {"type": "text", "text": written["text"]},
        }
        body, call_id, now = json.dumps(event).encode(), f"toy-{written['id']}", str(int(time.time()))
        headers = {"webhook-id": call_id, "webhook-timestamp": now, "webhook-signature": self._sign(call_id, now, body)}
        async with self._session.post(self._chat_url, data=body, headers=headers) as answer:
            return web.Response(status=answer.status, body=await answer.read())

    async def from_chat(self, request: web.Request) -> web.Response:
        """What a customer shall read. It may come twice with the same ``webhook-id``, and goes to Toy once."""
        body = await request.read()
        if not self._is_signed(request.headers, body):
            return web.Response(status=401)
        event = json.loads(body)
        if event["type"] != "message":
            return web.Response(status=204)  # typing and the like, for which Toy has nothing
        call_id = request.headers["webhook-id"]
        if call_id not in self._sent:
            message = {"to": event["customer_id"], "text": _words(event["piece"])}
            async with self._session.post(self._toy_url, json=message) as answer:
                if answer.status == 404:
                    refusal = {"code": "unknown_number", "detail": "Toy does not know the number", "recipient": True}
                    return web.json_response(refusal, status=422)
                if answer.status != 200:
                    return web.Response(status=503, headers={"Retry-After": "10"})
                self._sent[call_id] = (await answer.json())["id"]
        return web.json_response({"id": self._sent[call_id]})

    def _sign(self, call_id: str, timestamp: str, body: bytes) -> str:
        signed = f"{call_id}.{timestamp}.".encode() + body
        return "v1," + base64.b64encode(hmac.new(self._key, signed, hashlib.sha256).digest()).decode()

    def _is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        timestamp = headers.get("webhook-timestamp", "")
        if not timestamp.isdecimal() or abs(time.time() - int(timestamp[:15])) > 300:
            return False
        right = self._sign(headers.get("webhook-id", ""), timestamp, body).encode()
        given = headers.get("webhook-signature", "").split(" ")
        return any(hmac.compare_digest(right, one.encode(errors="replace")) for one in given)


def _words(piece: dict[str, Any]) -> str:
    """Toy knows only texts. With ``buttons = 0`` in the channel's settings, choices come numbered in a text."""
    lines = [piece.get(name) for name in ("text", "caption", "name", "address", "phone", "email", "url")]
    if piece["type"] == "location":
        lines.append(f"https://www.openstreetmap.org/?mlat={piece['latitude']}&mlon={piece['longitude']}")
    return "\n".join(line for line in lines if line) or f"[{piece['type']}]"


async def main() -> web.Application:
    session = ClientSession()
    application = Connector(session, *(os.environ[name] for name in ("CHAT_URL", "SECRET", "TOY_URL"))).application()
    application.on_cleanup.append(lambda _: session.close())
    return application


if __name__ == "__main__":
    web.run_app(main(), port=8081)
