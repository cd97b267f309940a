"""What agents and bots send goes out as Twilio wants it, and what Twilio answers is told apart."""

from typing import Any

import msgspec
import pytest
from aiohttp import web

from config import Secrets, SettingsError
from gateways.connectors.channels.calling import ProviderAnswer
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError
from gateways.connectors.channels.pieces import (
    ButtonsPiece,
    Choice,
    ContactPiece,
    CustomPiece,
    LocationPiece,
    MediaKind,
    MediaPiece,
    Piece,
)
from gateways.connectors.channels.twilio.connector import TwilioConnector
from gateways.connectors.channels.twilio.faults import FAULTS
from gateways.connectors.channels.twilio.outbound import outcome_of
from gateways.outbox.outcome import Outcome
from tests.gateways.connectors.channels.twilio.conftest import Files, LineTo
from tests.gateways.connectors.channels.twilio.requests import MESSAGE_ID, SENDER, URL, WHATSAPP, line_of
from tests.gateways.connectors.channels.twilio.sending import CUSTOMER, ON_WHATSAPP, outbound
from tests.gateways.connectors.channels.twilio.stand_in import StandInTwilio, error

pytestmark = pytest.mark.asyncio

_PDF = "application/pdf"


async def test_a_text_goes_out_once_with_our_id(twilio: StandInTwilio, line_to: LineTo) -> None:
    outcome = await TwilioConnector().send(line_to(), CUSTOMER, outbound("Grüß\0 Gott 😀 & more"))
    (message,) = twilio.messages
    assert outcome == Outcome(kind="delivered", provider_id=message.sid)
    assert message.fields == {
        "To": ["+15005550009"],
        "From": [SENDER],
        "Body": ["Grüß Gott 😀 & more"],
        "ValidityPeriod": ["14400"],
        "StatusCallback": [f"{URL}?id={MESSAGE_ID}"],
    }


async def test_a_messaging_service_goes_with_the_number(twilio: StandInTwilio, line_to: LineTo) -> None:
    service = "MG" + "c" * 32
    await TwilioConnector().send(line_to(messaging_service=service, validity_seconds=60), CUSTOMER, outbound("Hello"))
    fields = twilio.messages[0].fields
    assert (fields["From"], fields["MessagingServiceSid"], fields["ValidityPeriod"]) == ([SENDER], [service], ["60"])


async def test_without_a_public_address_nothing_is_called_back(twilio: StandInTwilio, line_to: LineTo) -> None:
    await TwilioConnector().send(line_to(public_url=None), CUSTOMER, outbound("Hello"))
    assert "StatusCallback" not in twilio.messages[0].fields


async def test_an_address_with_a_query_keeps_it(twilio: StandInTwilio, line_to: LineTo) -> None:
    await TwilioConnector().send(line_to(public_url=f"{URL}?site=1"), CUSTOMER, outbound("Hello"))
    assert twilio.messages[0].one("StatusCallback") == f"{URL}?site=1&id={MESSAGE_ID}"


async def test_an_api_key_is_used_instead_of_the_token(twilio: StandInTwilio, line_to: LineTo) -> None:
    key = "SK" + "b" * 32
    twilio.users = {key: "api-key-secret-0123456789"}
    line = line_to(api_key=key, api_key_secret="twilio_api_key")
    assert (await TwilioConnector().send(line, CUSTOMER, outbound("Hello"))).kind == "delivered"


async def test_a_missing_secret_is_named(line_to: LineTo) -> None:
    line = line_to()
    without = line_of(line.settings, http=line.http, secrets=Secrets())
    with pytest.raises(SettingsError, match=r"secrets\.twilio_token"):
        await TwilioConnector().send(without, CUSTOMER, outbound("Hello"))


@pytest.mark.parametrize(
    ("piece", "body"),
    [
        (MediaPiece("image", url="https://example.org/a.png", name="a.png", caption="Look"), "Look"),
        (MediaPiece("audio", attachment_id=MESSAGE_ID), None),
        (MediaPiece("video", attachment_id=MESSAGE_ID, media_type="video/mp4", caption="Look"), "Look"),
        (MediaPiece("file", attachment_id=MESSAGE_ID, media_type=f"{_PDF}; a=b"), None),
    ],
)
async def test_a_file_on_whatsapp(twilio: StandInTwilio, line_to: LineTo, piece: MediaPiece, body: str | None) -> None:
    await TwilioConnector().send(line_to(WHATSAPP), ON_WHATSAPP, outbound(piece))
    (message,) = twilio.messages
    assert message.one("To") == "whatsapp:AT.1a2b"
    assert message.one("Body") == body
    assert message.one("MediaUrl") == (piece.url or f"https://chat.example.org/files/{MESSAGE_ID}?until=1")


async def test_a_file_that_whatsapp_does_not_take_goes_as_a_link(twilio: StandInTwilio, line_to: LineTo) -> None:
    piece = MediaPiece("file", attachment_id=MESSAGE_ID, name="all.zip", media_type="application/zip")
    await TwilioConnector().send(line_to(WHATSAPP), ON_WHATSAPP, outbound(piece))
    assert twilio.messages[0].one("MediaUrl") is None
    assert twilio.messages[0].one("Body") == f"all.zip\nhttps://chat.example.org/files/{MESSAGE_ID}?until=1"


@pytest.mark.parametrize(
    ("kind", "mms", "as_file"), [("image", True, True), ("file", True, False), ("image", False, False)]
)
async def test_a_file_by_sms(twilio: StandInTwilio, line_to: LineTo, kind: MediaKind, mms: bool, as_file: bool) -> None:
    piece = MediaPiece(kind, url="https://example.org/a", caption="Look")
    await TwilioConnector().send(line_to(mms=mms), CUSTOMER, outbound(piece))
    message = twilio.messages[0]
    assert message.one("MediaUrl") == ("https://example.org/a" if as_file else None)
    assert message.one("Body") == ("Look" if as_file else "Look\nhttps://example.org/a")


async def test_a_file_that_twilio_cannot_fetch_is_not_sent(
    twilio: StandInTwilio, line_to: LineTo, files: Files
) -> None:
    files.public = False
    piece = MediaPiece("image", attachment_id=MESSAGE_ID)
    outcome = await TwilioConnector().send(line_to(WHATSAPP), ON_WHATSAPP, outbound(piece))
    assert (outcome.kind, twilio.messages) == ("message_refused", [])
    assert "no public address" in (outcome.detail or "")


@pytest.mark.parametrize(
    ("name", "address", "label"),
    [
        ("Stephansplatz", "1010 Wien", "Stephansplatz, 1010 Wien"),
        ("A|B", None, "A B"),
        (None, None, "48.208200,16.373800"),
    ],
)
async def test_a_place(
    twilio: StandInTwilio, line_to: LineTo, name: str | None, address: str | None, label: str
) -> None:
    piece = LocationPiece(48.2082, 16.3738, name, address)
    await TwilioConnector().send(line_to(WHATSAPP), ON_WHATSAPP, outbound(piece))
    message = twilio.messages[0]
    assert message.one("Body") == label
    assert message.one("PersistentAction") == f"geo:48.208200,16.373800|{label}"


@pytest.mark.parametrize("piece", [LocationPiece(0, 0), ContactPiece("Ada"), ButtonsPiece("?", [Choice("Yes", "a:0")])])
async def test_what_sms_do_not_carry_is_refused(twilio: StandInTwilio, line_to: LineTo, piece: Piece) -> None:
    outcome = await TwilioConnector().send(line_to(), CUSTOMER, outbound(piece))
    assert outcome == Outcome(kind="message_refused", detail=f"the channel does not carry a {type(piece).__name__}")
    assert twilio.calls == []


async def test_a_template_of_a_bot(twilio: StandInTwilio, line_to: LineTo) -> None:
    sid = "HX" + "d" * 32
    twilio.contents[sid] = {
        "sid": sid,
        "friendly_name": "due",
        "types": {"twilio/text": {"body": "Due: {{1}} at {{2}}"}},
    }
    piece = CustomPiece({"content_sid": sid, "content_variables": {"1": "Monday", "2": 9}})
    outcome = await TwilioConnector().send(line_to(WHATSAPP), ON_WHATSAPP, outbound(piece))
    assert outcome.kind == "delivered"
    assert twilio.messages[0].body == "Due: Monday at 9"
    assert "Body" not in twilio.messages[0].fields


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"content_sid": "HX1"},
        {"content_sid": 1},
        {"content_sid": "HX" + "d" * 32, "content_variables": {"1": []}},
        {"content_sid": "HX" + "d" * 32, "content_variables": ["x"]},
    ],
)
async def test_a_custom_message_that_is_no_template_is_refused(
    twilio: StandInTwilio, line_to: LineTo, payload: dict[str, Any]
) -> None:
    outcome = await TwilioConnector().send(line_to(), CUSTOMER, outbound(CustomPiece(payload)))
    assert (outcome.kind, twilio.calls) == ("message_refused", [])
    assert "content_" in (outcome.detail or "")


async def test_a_customer_who_has_opted_out_is_not_reached(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.opted_out.add(CUSTOMER.customer_id)
    outcome = await TwilioConnector().send(line_to(), CUSTOMER, outbound("Hello"))
    assert outcome == Outcome(
        kind="recipient_refused",
        code="21610",
        detail="the customer has opted out by writing STOP, until START",
    )


@pytest.mark.parametrize("code", FAULTS)
async def test_the_fault_is_that_of_the_code(twilio: StandInTwilio, line_to: LineTo, code: str) -> None:
    twilio.refused[CUSTOMER.customer_id] = int(code)
    outcome = await TwilioConnector().send(line_to(), CUSTOMER, outbound("Hello"))
    assert (outcome.kind, outcome.code, outcome.detail) == (FAULTS[code].kind, code, FAULTS[code].words)


@pytest.mark.parametrize("code", [21606, 21659])
async def test_a_customer_abroad_does_not_stop_a_short_code(twilio: StandInTwilio, line_to: LineTo, code: int) -> None:
    twilio.refused[CUSTOMER.customer_id] = code
    outcome = await TwilioConnector().send(line_to(sender="12345"), CUSTOMER, outbound("Hello"))
    assert (outcome.kind, outcome.code) == ("recipient_refused", str(code))


async def test_a_text_that_is_too_long_is_refused(line_to: LineTo) -> None:
    outcome = await TwilioConnector().send(line_to(), CUSTOMER, outbound("x" * 1601))
    assert (outcome.kind, outcome.code) == ("message_refused", "21617")


async def test_wrong_credentials_are_a_fault_of_the_configuration(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.users = {}
    outcome = await TwilioConnector().send(line_to(), CUSTOMER, outbound("Hello"))
    assert (outcome.kind, outcome.code) == ("configuration_fault", "20003")


async def test_too_many_calls_are_made_again_later(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.answers.append(error(429, 20429, "Too Many Requests", Retry_After="7"))
    outcome = await TwilioConnector().send(line_to(), CUSTOMER, outbound("Hello"))
    assert (outcome.kind, outcome.retry_after, twilio.messages) == ("try_again", 7.0, [])


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (error(400, 21999, "New"), "message_refused"),
        (error(500, 20500, "Internal"), "try_again"),
        (error(503, 20503, "Unavailable"), "try_again"),
        (web.Response(status=502, text="<h1>Bad Gateway</h1>"), "unknown"),
        (web.Response(status=504), "unknown"),
        (web.Response(status=408), "unknown"),
        (web.Response(status=429), "try_again"),
        (web.Response(status=301), "configuration_fault"),
        (web.Response(status=403, text="no"), "configuration_fault"),
        (web.Response(status=404), "configuration_fault"),
        (web.Response(status=413), "message_refused"),
        (web.Response(status=200, text="Welcome to the hotel"), "unknown"),
        (web.json_response({"sid": None}, status=201), "unknown"),
        (web.json_response([], status=500), "unknown"),
        (web.json_response({"code": "x"}, status=500), "unknown"),
    ],
)
async def test_answers_that_have_no_known_code(answer: web.Response, kind: str) -> None:
    body = answer.body if isinstance(answer.body, bytes) else b""
    assert outcome_of(ProviderAnswer(answer.status, answer.headers, body)).kind == kind


async def test_no_words_of_twilio_with_the_customers_number_are_kept(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.refused[CUSTOMER.customer_id] = 21999
    outcome = await TwilioConnector().send(line_to(), CUSTOMER, outbound("Hello"))
    assert outcome.detail == "https://www.twilio.com/docs/api/errors/21999"


async def test_an_answer_that_is_lost_is_not_taken_for_a_failure(twilio: StandInTwilio, line_to: LineTo) -> None:
    twilio.losing = 1
    with pytest.raises(AnswerLostError):
        await TwilioConnector().send(line_to(), CUSTOMER, outbound("Hello"))
    assert len(twilio.messages) == 1


async def test_a_call_that_reaches_nobody_may_be_made_again(line_to: LineTo) -> None:
    line = line_to()
    nobody = msgspec.structs.replace(line.settings, base_url="http://127.0.0.1:9")
    with pytest.raises(NotReachedError):
        await TwilioConnector().send(line_of(nobody, http=line.http), CUSTOMER, outbound("Hello"))
