"""Pieces of messages go to the connector, signed, and it says what became of them."""

import aiohttp
import pytest
from aiohttp import web

from config import SettingsError
from gateways.connectors.channels.connector import Connector
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError
from gateways.connectors.channels.pieces import (
    ButtonsPiece,
    Choice,
    ContactPiece,
    CustomPiece,
    LocationPiece,
    MediaPiece,
    Piece,
    TextPiece,
)
from gateways.connectors.channels.rest import RestConnector
from gateways.outbox.outcome import Outcome
from schemas.configuration.connectors import RestSettings
from tests.gateways.connectors.channels.rest.stand_in import (
    CUSTOMER,
    MESSAGE,
    Files,
    StandInConnector,
    line_to,
    piece_of,
)

pytestmark = pytest.mark.asyncio

REST: Connector[RestSettings] = RestConnector()


async def test_a_text_goes_out_and_comes_back_with_an_id(
    other_end: StandInConnector, http: aiohttp.ClientSession
) -> None:
    outcome = await REST.send(line_to(other_end.url, http), CUSTOMER, piece_of(TextPiece("Grüße 👋"), 2))
    assert outcome == Outcome(kind="delivered", provider_id="external-0")
    assert other_end.call_ids == [f"{MESSAGE}-2"]
    assert other_end.calls == [
        {
            "type": "message",
            "message_id": MESSAGE,
            "part": 2,
            "conversation_id": CUSTOMER.conversation_id,
            "customer_id": "4711",
            "piece": {"type": "text", "text": "Grüße 👋"},
            "sender": {"type": "agent"},
        }
    ]


@pytest.mark.parametrize(
    ("piece", "written"),
    [
        (
            ButtonsPiece("Well?", [Choice("Yes", "t:0")]),
            {"type": "buttons", "text": "Well?", "choices": [{"title": "Yes", "token": "t:0"}]},
        ),
        (
            MediaPiece("image", url="https://a/b", caption="Look"),
            {"type": "image", "url": "https://a/b", "caption": "Look"},
        ),
        (
            MediaPiece("file", attachment_id="f1", name="a.pdf", media_type="application/pdf"),
            {"type": "file", "url": "https://files/f1", "name": "a.pdf", "media_type": "application/pdf"},
        ),
        (
            LocationPiece(52.5, 13.0, "Office"),
            {"type": "location", "latitude": 52.5, "longitude": 13.0, "name": "Office"},
        ),
        (ContactPiece("Bob", phone="+49"), {"type": "contact", "name": "Bob", "phone": "+49"}),
        (CustomPiece({"a": [1]}), {"type": "custom", "payload": {"a": [1]}}),
    ],
)
async def test_each_piece_is_written_with_its_type(
    other_end: StandInConnector, http: aiohttp.ClientSession, piece: Piece, written: dict[str, object]
) -> None:
    line = line_to(other_end.url, http, files=Files("https://files"))
    await REST.send(line, CUSTOMER, piece_of(piece, by_human=False))
    assert other_end.pieces == [written]
    assert other_end.calls[0]["sender"] == {"type": "automatic"}


async def test_a_file_without_a_public_address_is_not_sent(
    other_end: StandInConnector, http: aiohttp.ClientSession
) -> None:
    piece = piece_of(MediaPiece("file", attachment_id="f1"))
    outcome = await REST.send(line_to(other_end.url, http), CUSTOMER, piece)
    assert (outcome.kind, outcome.code) == ("message_refused", "no_public_address")
    assert other_end.calls == []


@pytest.mark.parametrize(
    ("response", "outcome"),
    [
        (web.Response(status=204), Outcome(kind="delivered")),
        (web.Response(status=202, text="accepted"), Outcome(kind="delivered")),
        (web.json_response({"id": 17}), Outcome(kind="delivered", provider_id="17")),
        (web.json_response({"id": {"a": 1}}), Outcome(kind="delivered")),
        (web.json_response({"id": "x" * 1000}), Outcome(kind="delivered", provider_id="x" * 256)),
        (
            web.json_response({"code": "too_long", "detail": "more than 160 signs"}, status=422),
            Outcome(kind="message_refused", code="too_long", detail="more than 160 signs"),
        ),
        (
            web.json_response({"code": 21610, "detail": "wrote STOP", "recipient": True}, status=400),
            Outcome(kind="recipient_refused", code="21610", detail="wrote STOP"),
        ),
        (
            web.json_response({"code": ["x"], "recipient": "yes"}, status=404),
            Outcome(kind="message_refused", code="404", detail="the connector answered with status 404"),
        ),
        (
            web.Response(status=410),
            Outcome(kind="recipient_refused", code="410", detail="the connector answered with status 410"),
        ),
        (
            web.Response(status=401),
            Outcome(kind="configuration_fault", code="401", detail="the connector answered with status 401"),
        ),
        (
            web.json_response({"detail": "the secret has changed"}, status=403),
            Outcome(kind="configuration_fault", code="403", detail="the secret has changed"),
        ),
        (
            web.Response(status=404, text="<html>Not found"),
            Outcome(kind="configuration_fault", code="404", detail="the connector answered with status 404"),
        ),
        (
            web.Response(status=307, headers={"Location": "http://127.0.0.1:9/"}),
            Outcome(kind="configuration_fault", code="307", detail="the connector answered with status 307"),
        ),
        (
            web.Response(status=429, headers={"Retry-After": "17"}),
            Outcome(kind="try_again", code="429", detail="the connector answered with status 429", retry_after=17.0),
        ),
        (
            web.json_response({"code": "busy"}, status=503, headers={"Retry-After": "soon"}),
            Outcome(kind="try_again", code="busy", detail="the connector answered with status 503"),
        ),
        (
            web.Response(status=409),
            Outcome(kind="try_again", code="409", detail="the connector answered with status 409"),
        ),
    ],
)
async def test_the_status_and_the_body_say_what_became_of_a_message(
    other_end: StandInConnector, http: aiohttp.ClientSession, response: web.Response, outcome: Outcome
) -> None:
    other_end.scripted.append(response)
    assert await REST.send(line_to(other_end.url, http), CUSTOMER, piece_of(TextPiece("Hello"))) == outcome
    assert len(other_end.calls) == 1


async def test_a_message_whose_answer_was_lost_is_sent_again_and_seen_once(
    other_end: StandInConnector, http: aiohttp.ClientSession
) -> None:
    line, piece = line_to(other_end.url, http), piece_of(TextPiece("Hello"))
    other_end.lose_answer()
    with pytest.raises(AnswerLostError):
        await REST.send(line, CUSTOMER, piece)
    assert REST.repeatable
    assert await REST.send(line, CUSTOMER, piece) == Outcome(kind="delivered", provider_id="external-0")
    assert other_end.call_ids == [f"{MESSAGE}-0"] * 2
    assert other_end.pieces == [{"type": "text", "text": "Hello"}]


async def test_a_connector_that_is_away_was_not_reached(http: aiohttp.ClientSession) -> None:
    line = line_to("http://127.0.0.1:9", http)
    with pytest.raises(NotReachedError):
        await REST.send(line, CUSTOMER, piece_of(TextPiece("Hello")))
    await REST.show_typing(line, CUSTOMER)
    await REST.mark_read(line, CUSTOMER)


@pytest.mark.parametrize("secret", ["rest_missing", "rest_malformed"])
async def test_nothing_is_sent_without_a_usable_secret(
    other_end: StandInConnector, http: aiohttp.ClientSession, secret: str
) -> None:
    with pytest.raises(SettingsError, match=f"secrets.{secret}"):
        await REST.send(line_to(other_end.url, http, signing_secret=secret), CUSTOMER, piece_of(TextPiece("Hello")))
    assert other_end.calls == []


async def test_while_the_secret_is_changed_the_connector_may_know_either(
    other_end: StandInConnector, http: aiohttp.ClientSession
) -> None:
    line = line_to(other_end.url, http, signing_secret="rest_former", former_signing_secret="rest_signing")
    assert (await REST.send(line, CUSTOMER, piece_of(TextPiece("Hello")))).kind == "delivered"


async def test_typing_and_reading_are_signals_with_ids_of_their_own(
    other_end: StandInConnector, http: aiohttp.ClientSession
) -> None:
    line = line_to(other_end.url, http)
    for _ in range(2):
        await REST.show_typing(line, CUSTOMER)
    await REST.mark_read(line, CUSTOMER)
    place = {"conversation_id": CUSTOMER.conversation_id, "customer_id": "4711"}
    assert other_end.calls == [{"type": "typing", **place}] * 2 + [{"type": "read", "id": "in-7", **place}]
    assert len(set(other_end.call_ids)) == 3


async def test_the_settings_say_how_long_texts_are_and_how_many_buttons_there_may_be() -> None:
    settings = RestSettings(url="http://a", signing_secret="rest_signing", text_limit=160, buttons=0)
    capabilities = REST.capabilities(settings)
    assert (capabilities.text_limit, capabilities.caption_limit, capabilities.buttons) == (160, 160, 0)
    assert RestSettings.__struct_config__.tag == REST.type
