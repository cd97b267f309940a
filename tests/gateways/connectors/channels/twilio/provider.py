"""The stand-in for Twilio, as the tests of the whole path drive it."""

import hashlib
from typing import Any

from tests.gateways.connectors.channels.twilio.requests import ACCOUNT, SENDER, TOKEN, written
from tests.gateways.connectors.channels.twilio.stand_in import Message, StandInTwilio
from tests.gateways.connectors.channels.whole_path.provider import SentText

__all__ = ["TwilioProvider"]


class TwilioProvider:
    """SMS, or with the ``prefix`` of its addresses WhatsApp."""

    recovers_lost_answers = True
    secrets = {"twilio_token": TOKEN}

    def __init__(self, twilio: StandInTwilio, prefix: str = "") -> None:
        self._twilio = twilio
        self._prefix = prefix

    @property
    def connector(self) -> dict[str, Any]:
        return {
            "type": "twilio",
            "account": ACCOUNT,
            "sender": self._prefix + SENDER,
            "auth_token": "twilio_token",
            "base_url": self._twilio.url,
            "messaging_url": self._twilio.url,
            "content_url": self._twilio.url,
        }

    @property
    def texts(self) -> list[SentText]:
        return [(message.one("To") or "", message.body) for message in self._twilio.messages]

    def customer(self, number: int) -> str:
        return f"{self._prefix}+1500555{number:04}"

    async def write(self, url: str, customer_id: str, message_id: str, text: str) -> int:
        return await self._twilio.call(url, self._written(customer_id, message_id, text))

    async def forge(self, url: str, text: str) -> int:
        fields = self._written(self.customer(1), "forged", text)
        return await self._twilio.call(url, fields, token="x" * len(TOKEN))

    async def garble(self, url: str) -> int:
        return await self._twilio.call(url, {"Event": "nothing known"})

    async def report(self, url: str, customer_id: str, number: int, status: str) -> int:
        message = [message for message in self._twilio.messages if message.one("To") == customer_id][number]
        return await self._report(url, message, status)

    def lose_answers(self, every: int) -> None:
        self._twilio.lose_every = every

    def be_down(self, *, down: bool) -> None:
        self._twilio.down = down

    def block(self, customer_id: str) -> None:
        self._twilio.opted_out.add(customer_id)

    def revoke(self) -> None:
        self._twilio.users = {}

    def _written(self, customer_id: str, message_id: str, text: str) -> dict[str, str]:
        sid = f"SM{hashlib.md5(message_id.encode(), usedforsecurity=False).hexdigest()}"
        return written(MessageSid=sid, From=customer_id, To=self._prefix + SENDER, Body=text)

    async def _report(self, url: str, message: Message, status: str) -> int:
        message.fields.setdefault("StatusCallback", [url])
        return await self._twilio.become(message, status)
