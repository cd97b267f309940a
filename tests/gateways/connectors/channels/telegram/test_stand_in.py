"""The stand-in for Telegram takes nothing that Telegram's documentation does not have."""

from typing import Any

import pytest

from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.telegram.bot_api import call_method
from schemas.configuration.connectors import TelegramSettings
from tests.gateways.connectors.channels.telegram.stand_in import ALICE, StandInTelegram

pytestmark = pytest.mark.asyncio

_KEY = {"text": "Yes", "callback_data": "x"}


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("sendMessage", {"text": "Hello", "parse": "HTML"}, "unknown field `parse`"),
        ("sendMessage", {"text": 5}, "Expected `str`, got `int` - at `$.text`"),
        ("sendMessage", {"text": ""}, "length >= 1"),
        ("sendMessage", {"text": "😀" * 4097}, "length <= 4096"),
        ("sendMessage", {"text": "a", "chat_id": str(ALICE)}, "Expected `int`, got `str` - at `$.chat_id`"),
        ("sendMessage", {"text": "a", "reply_markup": {"inline_keyboard": [_KEY]}}, "Expected `array`, got `object`"),
        ("sendMessage", {"text": "a", "reply_markup": {"keyboard": []}}, "unknown field `keyboard`"),
        (
            "sendMessage",
            {"text": "a", "reply_markup": {"inline_keyboard": [[{**_KEY, "callback_data": "ü" * 33}]]}},
            "BUTTON_DATA_INVALID",
        ),
        ("sendPhoto", {"photo": "https://www.example.org/a.png", "caption": "x" * 1025}, "length <= 1024"),
        ("sendVenue", {"latitude": 91.0, "longitude": 0.0, "title": "a", "address": "b"}, "<= 90"),
        ("sendContact", {"first_name": "a", "phone_number": "1", "vcard": "x" * 2049}, "the vCard is too long"),
    ],
)
async def test_a_call_that_is_not_as_documented_is_refused(
    telegram: StandInTelegram, line: Line[TelegramSettings], method: str, parameters: dict[str, Any], words: str
) -> None:
    telegram.known(ALICE)
    answer = await call_method(line, method, {"chat_id": ALICE, **parameters})
    assert (answer.ok, answer.code) == (False, 400)
    assert words in answer.description
    assert telegram.sent == []


async def test_a_secret_of_other_signs_is_refused(telegram: StandInTelegram, line: Line[TelegramSettings]) -> None:
    parameters = {"url": "https://chat.example.org/", "secret_token": "not allowed"}
    assert (await call_method(line, "setWebhook", parameters)).code == 400
    assert telegram.webhook == {}


async def test_a_method_that_does_not_exist_is_not_found(line: Line[TelegramSettings]) -> None:
    assert (await call_method(line, "sendNothing", {})).code == 404
