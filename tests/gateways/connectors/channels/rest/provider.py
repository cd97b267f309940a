"""The stand-in for a connector, as the tests of the whole path drive it."""

import time
from typing import Any

import aiohttp
import msgspec

from gateways.connectors.standard_webhooks import signature_headers
from tests.gateways.connectors.channels.rest.stand_in import KEY, StandInConnector
from tests.gateways.connectors.channels.whole_path.provider import SentText

__all__ = ["RestProvider"]


class RestProvider:
    """The connector shows each piece once, by its ``webhook-id``."""

    recovers_lost_answers = True
    secrets = {"rest_signing": "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}

    def __init__(self, other_end: StandInConnector, http: aiohttp.ClientSession) -> None:
        self._other_end = other_end
        self._http = http
        self._every = 0

    @property
    def connector(self) -> dict[str, Any]:
        return {"type": "rest", "url": self._other_end.url, "signing_secret": "rest_signing"}

    @property
    def texts(self) -> list[SentText]:
        calls = self._other_end.messages.values()
        return [(call["customer_id"], call["piece"]["text"]) for call in calls if call["piece"]["type"] == "text"]

    def customer(self, number: int) -> str:
        return f"customer-{number}"

    async def write(self, url: str, customer_id: str, message_id: str, text: str) -> int:
        event = {
            "type": "message",
            "id": message_id,
            "customer": {"id": customer_id, "name": "Ada"},
            "content": {"type": "text", "text": text},
        }
        return await self._call(url, msgspec.json.encode(event))

    async def forge(self, url: str, text: str) -> int:
        event = {"type": "message", "id": "forged", "customer": {"id": "c"}, "content": {"type": "text", "text": text}}
        return await self._call(url, msgspec.json.encode(event), key=b"\0" * 32)

    async def garble(self, url: str) -> int:
        return await self._call(url, b'{"type": "nothing known"}')

    async def report(self, url: str, customer_id: str, number: int, status: str) -> int:
        sent = [call for call in self._other_end.messages.values() if call["customer_id"] == customer_id]
        event = {"type": "receipt", "message_id": sent[number]["message_id"], "status": status}
        return await self._call(url, msgspec.json.encode(event))

    def lose_answers(self, every: int) -> None:
        self._other_end.lose_every = every

    def be_down(self, *, down: bool) -> None:
        self._other_end.refusal = (503, {}) if down else None

    def block(self, customer_id: str) -> None:
        self._other_end.refusal = (422, {"code": "blocked", "detail": "has blocked us", "recipient": True})

    def revoke(self) -> None:
        self._other_end.refusal = (401, {"code": "unauthorized"})

    async def _call(self, url: str, body: bytes, key: bytes = KEY) -> int:
        headers = signature_headers(key, f"call-{hash(body)}", int(time.time()), body)
        async with self._http.post(url, data=body, headers=headers) as answer:
            return answer.status
