"""The stand-in for Telegram, as the tests of the whole path drive it."""

from typing import Any

import aiohttp
import msgspec

from tests.gateways.connectors.channels.telegram.lines import SECRET
from tests.gateways.connectors.channels.telegram.stand_in import TOKEN, StandInTelegram
from tests.gateways.connectors.channels.whole_path.provider import SentText

__all__ = ["TelegramProvider"]

_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class TelegramProvider:
    """Each message of a customer is one update, which keeps its number however often it comes."""

    recovers_lost_answers = False
    secrets = {"telegram_token": TOKEN, "telegram_webhook": SECRET}

    def __init__(self, telegram: StandInTelegram, http: aiohttp.ClientSession) -> None:
        self._telegram = telegram
        self._http = http
        self._updates: dict[str, dict[str, Any]] = {}

    @property
    def connector(self) -> dict[str, Any]:
        return {
            "type": "telegram",
            "token": "telegram_token",
            "webhook_secret": "telegram_webhook",
            "base_url": self._telegram.url,
        }

    @property
    def texts(self) -> list[SentText]:
        sent = [each for each in self._telegram.sent if each.method == "sendMessage"]
        return [(str(each.chat_id), each.parameters.text) for each in sent]

    def customer(self, number: int) -> str:
        return str(5_000_000_000 + number)

    async def write(self, url: str, customer_id: str, message_id: str, text: str) -> int:
        update = self._updates.get(message_id)
        if update is None:
            update = self._updates[message_id] = self._telegram.write(text, int(customer_id))
        return await self._call(url, msgspec.json.encode(update))

    async def forge(self, url: str, text: str) -> int:
        return await self._call(url, msgspec.json.encode(self._telegram.write(text)), "not the secret of the webhook")

    async def garble(self, url: str) -> int:
        return await self._call(url, b'{"update_id": 1, "nothing": "known"}')

    async def report(self, url: str, customer_id: str, number: int, status: str) -> int:
        raise NotImplementedError

    def lose_answers(self, every: int) -> None:
        self._telegram.lose_every = every

    def be_down(self, *, down: bool) -> None:
        self._telegram.standing_refusal = (502, "Bad Gateway") if down else None

    def block(self, customer_id: str) -> None:
        self._telegram.block(int(customer_id))

    def revoke(self) -> None:
        self._telegram.standing_refusal = (401, "Unauthorized")

    async def _call(self, url: str, body: bytes, secret: str = SECRET) -> int:
        async with self._http.post(url, data=body, headers={_HEADER: secret}) as answer:
            return answer.status
