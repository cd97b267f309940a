"""What Telegram says of a bot's setting up."""

import aiohttp
import pytest

from gateways.connectors.channels.connector import Finding, Line
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError
from gateways.connectors.channels.telegram import TelegramConnector
from schemas.configuration.connectors import TelegramSettings
from tests.gateways.connectors.channels.telegram.lines import SECRET, line_to
from tests.gateways.connectors.channels.telegram.stand_in import TOKEN, StandInTelegram

pytestmark = pytest.mark.asyncio

_TELEGRAM = TelegramConnector()
_URL = "https://chat.example.org/connectors/v1/telegram"
_BOT = Finding("ok", "The bot is @centre_bot.")


def _public(telegram: StandInTelegram, http: aiohttp.ClientSession) -> Line[TelegramSettings]:
    return line_to(telegram.url, http, public_url=_URL)


async def test_a_webhook_is_missed_set_up_and_found(telegram: StandInTelegram, http: aiohttp.ClientSession) -> None:
    line = _public(telegram, http)
    assert await _TELEGRAM.check(line) == [_BOT, Finding("fault", "No webhook is set. Set up the channel.")]
    assert await _TELEGRAM.set_up(line) == [Finding("ok", f"Telegram calls {_URL}.")]
    assert telegram.webhook["secret_token"] == SECRET
    assert "my_chat_member" in telegram.webhook["allowed_updates"]
    assert await _TELEGRAM.check(line) == [_BOT, Finding("ok", f"Telegram calls {_URL}.")]


async def test_polling_wants_no_webhook(telegram: StandInTelegram, http: aiohttp.ClientSession) -> None:
    telegram.webhook = {"url": f"https://other.example.org/{TOKEN}"}
    line = line_to(telegram.url, http, updates="polling")
    [bot, fault] = await _TELEGRAM.check(line)
    assert (bot, fault.status) == (_BOT, "fault")
    assert "A webhook is set at other.example.org," in fault.words
    assert await _TELEGRAM.set_up(line) == [Finding("ok", "The server polls; no webhook is set.")]
    assert telegram.webhook == {}
    assert await _TELEGRAM.check(line) == [_BOT, Finding("ok", "The server polls.")]


async def test_a_webhook_of_others_is_named_without_the_secrets_in_its_address(
    telegram: StandInTelegram, http: aiohttp.ClientSession
) -> None:
    telegram.webhook = {"url": f"https://other.example.org/{TOKEN}"}
    [_, fault] = await _TELEGRAM.check(_public(telegram, http))
    assert fault == Finding("fault", "The webhook is set to another address, at other.example.org. Set up the channel.")


async def test_what_fails_and_what_waits_is_reported(telegram: StandInTelegram, http: aiohttp.ClientSession) -> None:
    telegram.write("Hello")
    telegram.webhook = {"url": _URL, "allowed_updates": ["message"]}
    telegram.webhook_failure = f"Wrong response from the webhook: 404 Not Found /{TOKEN}"
    [_, waiting, missing, failed] = await _TELEGRAM.check(_public(telegram, http))
    assert waiting == Finding("warning", f"Telegram calls {_URL}; 1 updates wait at Telegram.")
    assert missing.words.startswith("Telegram does not send edited_message, callback_query, my_chat_member.")
    assert failed == Finding(
        "warning",
        "Telegram's last call that failed was at 2025-11-30T10:53:20+00:00: "
        "Wrong response from the webhook: 404 Not Found /…",
    )


async def test_a_server_without_a_public_address_cannot_be_called(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    [_, fault] = await _TELEGRAM.check(line)
    assert fault.status == "fault"
    assert await _TELEGRAM.set_up(line) == [fault]
    assert telegram.webhook == {}


async def test_a_webhook_without_a_secret_is_not_set(telegram: StandInTelegram, http: aiohttp.ClientSession) -> None:
    line = line_to(telegram.url, http, public_url=_URL, webhook_secret=None)
    [_, fault] = await _TELEGRAM.check(line)
    assert "webhook_secret" in fault.words
    assert await _TELEGRAM.set_up(line) == [fault]


async def test_telegram_says_what_is_wrong_with_an_address(
    telegram: StandInTelegram, http: aiohttp.ClientSession
) -> None:
    [fault] = await _TELEGRAM.set_up(line_to(telegram.url, http, public_url="http://chat.example.org/"))
    assert fault.status == "fault"
    assert "An HTTPS URL must be provided" in fault.words


async def test_a_wrong_token_is_a_fault_that_does_not_repeat_it(
    telegram: StandInTelegram, http: aiohttp.ClientSession
) -> None:
    wrong = "110201543:AAHrevokedrevoked"
    line = line_to(telegram.url, http, public_url=_URL, token=wrong)
    [fault] = await _TELEGRAM.check(line)
    assert fault.words == "Telegram does not know the bot's token. Copy it from @BotFather again."
    assert await _TELEGRAM.set_up(line) == [fault]


async def test_an_answer_that_is_not_telegrams(telegram: StandInTelegram, http: aiohttp.ClientSession) -> None:
    telegram.answer_as_proxy(407)
    [fault] = await _TELEGRAM.check(_public(telegram, http))
    assert fault.words.startswith("127.0.0.1 answers with status 407, and not as Telegram does.")
    telegram.webhook = {"url": 5}
    with pytest.raises(AnswerLostError, match="not as documented"):
        await _TELEGRAM.check(_public(telegram, http))


async def test_telegram_is_not_reached(http: aiohttp.ClientSession) -> None:
    for work in (_TELEGRAM.check, _TELEGRAM.set_up):
        with pytest.raises(NotReachedError):
            await work(line_to("http://127.0.0.1:9", http, public_url=_URL))


async def test_getting_the_webhook_may_be_refused(telegram: StandInTelegram, http: aiohttp.ClientSession) -> None:
    telegram.refuse_later("getWebhookInfo", 429, "Too Many Requests: retry after 3")
    [fault] = await _TELEGRAM.check(_public(telegram, http))
    assert fault.words == "Telegram refuses (429): Too Many Requests: retry after 3"
