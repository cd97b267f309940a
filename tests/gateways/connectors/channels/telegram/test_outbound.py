"""Pieces on their way to customers, over real sockets to the stand-in for Telegram."""

import traceback
from typing import Any

import aiohttp
import msgspec
import pytest

from config import SettingsError
from gateways.connectors.channels.connector import Line
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError
from gateways.connectors.channels.inbound import InboundMessage
from gateways.connectors.channels.pieces import (
    ButtonsPiece,
    Choice,
    ContactPiece,
    CustomPiece,
    LocationPiece,
    MediaKind,
    MediaPiece,
    Piece,
    TextPiece,
)
from gateways.connectors.channels.telegram import TelegramConnector
from gateways.connectors.channels.telegram.bot_api import MethodAnswer
from gateways.connectors.channels.telegram.inbound import read_update
from gateways.connectors.channels.telegram.outcomes import outcome_of
from gateways.outbox.outcome import Outcome, OutcomeKind
from schemas.configuration.connectors import TelegramSettings
from tests.gateways.connectors.channels.telegram.lines import line_to, part, recipient
from tests.gateways.connectors.channels.telegram.method_parameters import UploadedFile
from tests.gateways.connectors.channels.telegram.stand_in import ALICE, TOKEN, Sent, StandInTelegram

pytestmark = pytest.mark.asyncio

_TELEGRAM = TelegramConnector()
_HELLO = TextPiece("Hello")
_TOKEN = "AZrS0wEtcQC7oRjYx1Kp3g:0"


async def _send(line: Line[TelegramSettings], piece: Piece, customer_id: str = str(ALICE)) -> Outcome:
    return await _TELEGRAM.send(line, recipient(customer_id), part(piece))


async def _sent(telegram: StandInTelegram, line: Line[TelegramSettings], piece: Piece) -> tuple[str, dict[str, Any]]:
    """The method and the parameters by which the customer got the piece."""
    telegram.known(ALICE)
    outcome = await _send(line, piece)
    [sent] = telegram.sent
    assert outcome == Outcome(kind="delivered", provider_id=f"{ALICE}:{sent.message_id}")
    given: dict[str, Any] = msgspec.to_builtins(sent.parameters)
    del given["chat_id"]
    return sent.method, {name: value for name, value in given.items() if value is not None}


@pytest.mark.parametrize("text", ["_*[<&`", "a\nb", "😀" * 4096])
async def test_a_text_goes_out_as_it_is(telegram: StandInTelegram, line: Line[TelegramSettings], text: str) -> None:
    preview = {"is_disabled": True}
    assert await _sent(telegram, line, TextPiece(text)) == (
        "sendMessage",
        {"text": text, "link_preview_options": preview},
    )


async def test_buttons_stand_below_each_other(telegram: StandInTelegram, line: Line[TelegramSettings]) -> None:
    choices = [Choice("Yes", _TOKEN), Choice("No", _TOKEN[:-1] + "1")]
    method, parameters = await _sent(telegram, line, ButtonsPiece("Sure?", choices))
    assert (method, parameters["text"]) == ("sendMessage", "Sure?")
    assert parameters["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "Yes", "callback_data": _TOKEN}],
            [{"text": "No", "callback_data": _TOKEN[:-1] + "1"}],
        ]
    }


_PLACE = {"latitude": 48.2, "longitude": 16.4}


@pytest.mark.parametrize(
    ("piece", "method", "parameters"),
    [
        (LocationPiece(48.2, 16.4), "sendLocation", _PLACE),
        (LocationPiece(48.2, 16.4, "Café", "Ring 1"), "sendVenue", {**_PLACE, "title": "Café", "address": "Ring 1"}),
        (LocationPiece(48.2, 16.4, "Café"), "sendVenue", {**_PLACE, "title": "Café", "address": "48.2, 16.4"}),
        (LocationPiece(48.2, 16.4, None, "Ring"), "sendVenue", {**_PLACE, "title": "Ring", "address": "48.2, 16.4"}),
        (ContactPiece("Bob", "+431"), "sendContact", {"phone_number": "+431", "first_name": "Bob"}),
        (
            ContactPiece("Bob; Jr", "+431", "bob@example.org", "Acme, Inc."),
            "sendContact",
            {
                "phone_number": "+431",
                "first_name": "Bob; Jr",
                "vcard": "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bob\\; Jr\r\nN:Bob\\; Jr\r\nORG:Acme\\, Inc.\r\nTEL:+431\r\n"
                "EMAIL:bob@example.org\r\nEND:VCARD\r\n",
            },
        ),
        (
            ContactPiece("Bob", "+431", organization="ü" * 1024),
            "sendContact",
            {"phone_number": "+431", "first_name": "Bob"},
        ),
    ],
)
async def test_places_and_contacts(
    telegram: StandInTelegram, line: Line[TelegramSettings], piece: Piece, method: str, parameters: dict[str, Any]
) -> None:
    assert await _sent(telegram, line, piece) == (method, parameters)


async def test_a_contact_without_a_number_goes_as_a_text(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    method, parameters = await _sent(telegram, line, ContactPiece("Bob", None, "bob@example.org", "Acme"))
    assert (method, parameters["text"]) == ("sendMessage", "Bob\nAcme\nbob@example.org")


@pytest.mark.parametrize(
    ("kind", "media_type", "name", "method", "sent_name"),
    [
        ("image", "image/jpeg", "a.jpg", "sendPhoto", "a.jpg"),
        ("image", "image/gif", None, "sendAnimation", "image.gif"),
        ("audio", "audio/mpeg", 'Lied "ü"\r\n.mp3', "sendAudio", 'Lied "ü".mp3'),
        ("audio", "audio/ogg", "voice.ogg", "sendVoice", "voice.ogg"),
        ("video", "video/mp4", None, "sendVideo", "video.mp4"),
        ("file", "application/pdf", "bill.pdf", "sendDocument", "bill.pdf"),
        ("file", None, None, "sendDocument", "file"),
    ],
)
async def test_an_attachment_is_uploaded(
    telegram: StandInTelegram,
    http: aiohttp.ClientSession,
    kind: MediaKind,
    media_type: str | None,
    name: str | None,
    method: str,
    sent_name: str,
) -> None:
    line = line_to(telegram.url, http, {"a": b"\x00\xff content"})
    piece = MediaPiece(kind, attachment_id="a", media_type=media_type, name=name, caption="_See_")
    sent_by, parameters = await _sent(telegram, line, piece)
    assert (sent_by, parameters["caption"]) == (method, "_See_")
    declared = media_type or "application/octet-stream"
    assert telegram.sent[0].file == UploadedFile(sent_name, declared, b"\x00\xff content")


async def test_a_large_file_is_uploaded(telegram: StandInTelegram, http: aiohttp.ClientSession) -> None:
    content = b"x" * 3_000_000
    await _sent(telegram, line_to(telegram.url, http, {"a": content}), MediaPiece("video", attachment_id="a"))
    assert telegram.sent[0].file == UploadedFile("video", "application/octet-stream", content)


async def test_a_picture_that_is_refused_as_a_photo_goes_as_a_document(
    telegram: StandInTelegram, http: aiohttp.ClientSession
) -> None:
    line = line_to(telegram.url, http, {"a": b"content"})
    telegram.refuse(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    method, parameters = await _sent(telegram, line, MediaPiece("image", attachment_id="a", name="long.png"))
    assert (method, parameters["disable_content_type_detection"]) == ("sendDocument", True)
    assert telegram.calls == ["sendPhoto", "sendDocument"]


async def test_a_picture_from_elsewhere_is_fetched_by_telegram(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    url = "https://www.example.org/a.png"
    parameters = {"photo": url, "caption": "See"}
    assert await _sent(telegram, line, MediaPiece("image", url=url, caption="See")) == ("sendPhoto", parameters)


async def test_the_customer_gets_the_address_of_a_file_that_telegram_does_not_fetch(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    telegram.refuse(400, "Bad Request: wrong type of the web page content")
    piece = MediaPiece("file", url="https://www.example.org/a.docx", name="Terms", caption="Please sign")
    method, parameters = await _sent(telegram, line, piece)
    assert (method, parameters["text"]) == ("sendMessage", "Please sign\nTerms\nhttps://www.example.org/a.docx")


async def test_what_telegram_has_no_messages_for_is_refused_without_a_call(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    assert (await _send(line, CustomPiece({"method": "deleteWebhook"}))).kind == "message_refused"
    assert telegram.calls == []


@pytest.mark.parametrize("customer_id", ["@news", "-1001234", "0", "", "5550001\n", "alice", "\u0665", "1" * 17])
async def test_nothing_goes_to_what_is_no_private_chat(
    telegram: StandInTelegram, line: Line[TelegramSettings], customer_id: str
) -> None:
    assert (await _send(line, _HELLO, customer_id)).kind == "recipient_refused"
    assert telegram.calls == []


@pytest.mark.parametrize(
    ("code", "description", "kind"),
    [
        (429, "Too Many Requests: retry after 7", "try_again"),
        (500, "Internal Server Error", "try_again"),
        (502, "Bad Gateway", "try_again"),
        (400, "Bad Request: wrong file_id or the file is temporarily unavailable", "try_again"),
        (403, "Forbidden: bot was blocked by the user", "recipient_refused"),
        (403, "Forbidden: user is deactivated", "recipient_refused"),
        (403, "Forbidden: bot can't initiate conversation with a user", "recipient_refused"),
        (400, "Bad Request: chat not found", "recipient_refused"),
        (400, "Bad Request: message is too long", "message_refused"),
        (400, "Bad Request: can't parse entities", "message_refused"),
        (400, "Bad Request: BUTTON_DATA_INVALID", "message_refused"),
        (413, "Request Entity Too Large", "message_refused"),
        (401, "Unauthorized", "configuration_fault"),
        (404, "Not Found", "configuration_fault"),
        (409, "Conflict", "configuration_fault"),
    ],
)
async def test_what_telegram_refuses(
    telegram: StandInTelegram, line: Line[TelegramSettings], code: int, description: str, kind: OutcomeKind
) -> None:
    telegram.refuse(code, description)
    assert await _send(line, _HELLO) == Outcome(kind=kind, code=str(code), detail=description)
    assert telegram.sent == []


async def test_telegram_says_when_to_try_again(telegram: StandInTelegram, line: Line[TelegramSettings]) -> None:
    telegram.refuse(429, "Too Many Requests: retry after 7", retry_after=7)
    outcome = await _send(line, _HELLO)
    assert (outcome.kind, outcome.retry_after) == ("try_again", 7.0)


async def test_a_customer_who_has_blocked_the_bot_and_one_who_never_wrote_cannot_be_reached(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    assert (await _send(line, _HELLO)).kind == "recipient_refused"
    telegram.known(ALICE)
    telegram.block()
    assert (await _send(line, _HELLO)).kind == "recipient_refused"
    telegram.unblock()
    assert (await _send(line, _HELLO)).kind == "delivered"


async def test_a_chat_that_has_moved_is_followed_once(telegram: StandInTelegram, line: Line[TelegramSettings]) -> None:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    telegram.known(-1001)
    telegram.refuse(400, words, migrate_to_chat_id=-1001)
    assert (await _send(line, _HELLO)).kind == "delivered"
    assert [sent.chat_id for sent in telegram.sent] == [-1001]
    telegram.refuse(400, words, migrate_to_chat_id=-1001)
    telegram.refuse(400, words, migrate_to_chat_id=-1002)
    assert (await _send(line, _HELLO)).kind == "message_refused"
    assert len(telegram.calls) == 4


@pytest.mark.parametrize("result", [True, {}, {"message_id": "5", "chat": {"id": 1}}])
async def test_a_message_that_was_taken_without_an_id_is_delivered(result: object) -> None:
    assert outcome_of(MethodAnswer(status=200, ok=True, result=result, code=200)) == Outcome(kind="delivered")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, "unknown"),
        (502, "unknown"),
        (504, "unknown"),
        (429, "try_again"),
        (413, "message_refused"),
        (403, "configuration_fault"),
        (301, "configuration_fault"),
    ],
)
async def test_an_answer_of_a_proxy_says_less(
    telegram: StandInTelegram, line: Line[TelegramSettings], status: int, kind: OutcomeKind
) -> None:
    telegram.answer_as_proxy(status)
    outcome = await _send(line, _HELLO)
    assert (outcome.kind, outcome.code) == (kind, str(status))


async def test_a_message_whose_answer_is_lost_is_not_sent_again(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    telegram.known(ALICE)
    telegram.lose_answers()
    with pytest.raises(AnswerLostError) as raised:
        await _send(line, _HELLO)
    assert len(telegram.sent) == 1
    assert TOKEN not in "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://127.0.0.1:99999", "https://[::1]:9", "http://a..b"])
async def test_a_server_that_is_not_there_was_not_reached(http: aiohttp.ClientSession, url: str) -> None:
    with pytest.raises(NotReachedError) as raised:
        await _send(line_to(url, http), _HELLO)
    assert TOKEN not in "".join(traceback.format_exception(raised.value))


async def test_a_token_that_telegram_does_not_know(telegram: StandInTelegram, http: aiohttp.ClientSession) -> None:
    revoked = line_to(telegram.url, http, token="110201543:AAHrevokedrevoked")
    assert (await _send(revoked, _HELLO)).code == "401"
    malformed = line_to(telegram.url, http, token="no token at all / ?#")
    assert (await _send(malformed, _HELLO)).code == "404"


async def test_a_token_that_is_not_configured_is_named(line: Line[TelegramSettings]) -> None:
    with pytest.raises(SettingsError, match="telegram_other"):
        await _send(msgspec.structs.replace(line, settings=TelegramSettings(token="telegram_other")), _HELLO)


async def test_the_token_stays_out_of_what_telegram_is_quoted_with(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    telegram.refuse(404, f"no such path: /bot{TOKEN}/sendMessage")
    assert (await _send(line, _HELLO)).detail == "no such path: /bot…/sendMessage"


async def test_typing(telegram: StandInTelegram, line: Line[TelegramSettings], http: aiohttp.ClientSession) -> None:
    await _TELEGRAM.show_typing(line, recipient())  # nobody has written yet, which does not matter
    telegram.known(ALICE)
    await _TELEGRAM.show_typing(line, recipient())
    assert telegram.typing == [ALICE]
    await _TELEGRAM.show_typing(line, recipient("@news"))
    await _TELEGRAM.show_typing(line_to("http://127.0.0.1:9", http), recipient())
    assert telegram.calls == ["sendChatAction", "sendChatAction"]


async def _pressed(telegram: StandInTelegram, line: Line[TelegramSettings]) -> tuple[Sent, InboundMessage]:
    telegram.known(ALICE)
    await _send(line, ButtonsPiece("Sure?", [Choice("Yes", _TOKEN)]))
    [sent] = telegram.sent
    [item] = read_update(telegram.press(sent, _TOKEN)).items
    assert isinstance(item, InboundMessage)
    return sent, item


async def test_a_press_is_answered_and_the_buttons_go_away(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    sent, item = await _pressed(telegram, line)
    assert item.pressed_id == f"{ALICE}:{sent.message_id}"
    for _ in range(2):  # the second time, Telegram refuses both
        await _TELEGRAM.acknowledge(line, item)
        assert (telegram.waiting_presses, telegram.keyboards) == (set(), {})
    assert telegram.notices == ["Yes"]


async def test_the_buttons_go_away_although_the_press_is_too_old(
    telegram: StandInTelegram, line: Line[TelegramSettings]
) -> None:
    _, item = await _pressed(telegram, line)
    telegram.waiting_presses.clear()
    await _TELEGRAM.acknowledge(line, item)
    assert telegram.keyboards == {}


async def test_a_message_is_no_press(telegram: StandInTelegram, line: Line[TelegramSettings]) -> None:
    [item] = read_update(telegram.write("Hello")).items
    assert isinstance(item, InboundMessage)
    await _TELEGRAM.acknowledge(line, item)
    assert telegram.calls == []


async def test_nobody_minds_when_a_press_cannot_be_answered(
    telegram: StandInTelegram, line: Line[TelegramSettings], http: aiohttp.ClientSession
) -> None:
    _, item = await _pressed(telegram, line)
    await _TELEGRAM.acknowledge(line_to("http://127.0.0.1:9", http), item)
    assert len(telegram.keyboards) == 1
