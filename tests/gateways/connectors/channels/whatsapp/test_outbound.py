"""What goes to customers over WhatsApp, and what becomes of it."""

from typing import Any

import aiohttp
import pytest
from aiohttp import web

from config import Secrets, SettingsError
from gateways.connectors.channels.connector import Connector, Line
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError
from gateways.connectors.channels.graph.calling import GraphError
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
from gateways.connectors.channels.whatsapp.connector import WhatsAppConnector
from gateways.connectors.channels.whatsapp.errors import judge_whatsapp
from gateways.outbox.outcome import Outcome, OutcomeKind
from schemas.configuration.connectors import WhatsAppSettings
from tests.gateways.connectors.channels.graph.lines import NAMES, Attachments, customer, line_of, out, serve_receiver
from tests.gateways.connectors.channels.graph.refusals import Refusal
from tests.gateways.connectors.channels.graph.stand_in import StandInGraph
from tests.gateways.connectors.channels.whatsapp.payloads import CUSTOMER, NUMBER, USER_ID

_CONNECTOR: Connector[WhatsAppSettings] = WhatsAppConnector()
_MESSAGE_ID = out(TextPiece("")).message_id
_TEMPLATE = {"name": "hello_world", "language": {"code": "en_US", "policy": "deterministic"}}


async def _send(line: Line[WhatsAppSettings], piece: Piece, to: str = CUSTOMER) -> Outcome:
    return await _CONNECTOR.send(line, customer(to), out(piece))


def _choices(count: int) -> list[Choice]:
    return [Choice(f"Choice {number}", f"AAAAAAAAAAAAAAAAAAAAAA:{number}") for number in range(count)]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("piece", "content"),
    [
        (TextPiece("Hello *you*"), {"type": "text", "text": {"body": "Hello *you*", "preview_url": False}}),
        (
            MediaPiece("image", url="https://files.example/a.png", media_type="image/png", caption="A"),
            {"type": "image", "image": {"link": "https://files.example/a.png", "caption": "A"}},
        ),
        (
            MediaPiece("audio", url="https://files.example/a.ogg", name="a.ogg", caption="A"),
            {"type": "audio", "audio": {"link": "https://files.example/a.ogg"}},
        ),
        (
            MediaPiece("video", url="https://files.example/a.mp4"),
            {"type": "video", "video": {"link": "https://files.example/a.mp4"}},
        ),
        (
            MediaPiece("file", url="https://files.example/a.pdf", name="bill.pdf", caption="A"),
            {
                "type": "document",
                "document": {"link": "https://files.example/a.pdf", "caption": "A", "filename": "bill.pdf"},
            },
        ),
        (
            MediaPiece("image", url="https://files.example/a.gif", media_type="image/gif", name="a.gif"),
            {"type": "document", "document": {"link": "https://files.example/a.gif", "filename": "a.gif"}},
        ),
        (
            LocationPiece(52.5, 13.4, "Tea House", "Berlin"),
            {
                "type": "location",
                "location": {"latitude": 52.5, "longitude": 13.4, "name": "Tea House", "address": "Berlin"},
            },
        ),
        (
            ContactPiece("Ada Lovelace", "+442079460000", "ada@example.org", "Engines"),
            {
                "type": "contacts",
                "contacts": [
                    {
                        "name": {"formatted_name": "Ada Lovelace", "first_name": "Ada Lovelace"},
                        "phones": [{"phone": "+442079460000", "type": "WORK"}],
                        "emails": [{"email": "ada@example.org", "type": "WORK"}],
                        "org": {"company": "Engines"},
                    }
                ],
            },
        ),
        (CustomPiece({"type": "template", "template": _TEMPLATE}), {"type": "template", "template": _TEMPLATE}),
        (CustomPiece({"template": _TEMPLATE, "to": "4930"}), {"type": "template", "template": _TEMPLATE}),
    ],
)
async def test_a_piece_is_a_message(
    graph: StandInGraph, line: Line[WhatsAppSettings], piece: Piece, content: dict[str, Any]
) -> None:
    graph.wrote(NUMBER, CUSTOMER)
    outcome = await _send(line, piece)
    [sent] = graph.sent
    assert outcome == Outcome(kind="delivered", provider_id=sent.id)
    assert sent.body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": CUSTOMER,
        **content,
        "biz_opaque_callback_data": _MESSAGE_ID,
    }


@pytest.mark.asyncio
@pytest.mark.parametrize("count", [1, 3, 4, 10])
async def test_choices_are_buttons_or_a_list(graph: StandInGraph, line: Line[WhatsAppSettings], count: int) -> None:
    graph.wrote(NUMBER, CUSTOMER)
    assert (await _send(line, ButtonsPiece("Which?", _choices(count)))).kind == "delivered"
    interactive = graph.sent[0].body["interactive"]
    assert interactive["type"] == ("button" if count <= 3 else "list")
    action = interactive["action"]
    buttons = [button["reply"] for button in action.get("buttons", [])]
    rows = buttons or action["sections"][0]["rows"]
    assert [(row["title"], row["id"]) for row in rows] == [tuple(choice) for choice in map(_pair, _choices(count))]
    assert action.get("button") == (None if count <= 3 else "Options")


def _pair(choice: Choice) -> tuple[str, str]:
    return choice.title, choice.token


@pytest.mark.asyncio
@pytest.mark.parametrize("payload", [{}, {"type": "to", "to": {}}, {"type": "template"}, {"type": 7}, {"text": "x"}])
async def test_custom_content_that_is_no_message_is_refused(
    graph: StandInGraph, line: Line[WhatsAppSettings], payload: dict[str, Any]
) -> None:
    assert (await _send(line, CustomPiece(payload))).kind == "message_refused"
    assert graph.calls == []


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("customer_id", "field"),
    [(CUSTOMER, "to"), ("+16505551234", "to"), (USER_ID, "recipient"), ("US.ENT.506847293015", "recipient")],
)
async def test_a_customer_is_addressed_by_number_or_by_id(
    graph: StandInGraph, line: Line[WhatsAppSettings], customer_id: str, field: str
) -> None:
    graph.wrote(NUMBER, customer_id.removeprefix("+"))
    assert (await _send(line, TextPiece("Hi"), customer_id)).kind == "delivered"
    body = graph.sent[0].body
    assert body[field] == customer_id
    assert ("to" in body) != ("recipient" in body)


@pytest.mark.asyncio
async def test_an_attachment_is_uploaded_first(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    graph.wrote(NUMBER, CUSTOMER)
    await _send(line, MediaPiece("image", attachment_id="a-1", name="tree.png", media_type="image/png", caption="Tree"))
    [(file_id, file)] = graph.files.items()
    assert (file.content, file.media_type) == (b"some bytes", "image/png")
    assert graph.sent[0].body["image"] == {"id": file_id, "caption": "Tree"}


@pytest.mark.asyncio
@pytest.mark.parametrize(("name", "sent_as"), [("Grüße.pdf", "Grüße.pdf"), ('a"b\r\nc.pdf', "a_b__c.pdf")])
async def test_a_large_attachment_keeps_its_name(
    graph: StandInGraph, line: Line[WhatsAppSettings], name: str, sent_as: str
) -> None:
    graph.wrote(NUMBER, CUSTOMER)
    large = line_of(line.settings, line.http, media=Attachments(b"x" * 5_000_000))
    outcome = await _send(large, MediaPiece("file", attachment_id="a-1", name=name, media_type="application/pdf"))
    assert outcome.kind == "delivered"
    [file] = graph.files.values()
    assert (len(file.content), file.name) == (5_000_000, sent_as)


@pytest.mark.asyncio
async def test_an_upload_whose_answer_was_lost_may_be_made_again(
    graph: StandInGraph, line: Line[WhatsAppSettings]
) -> None:
    graph.wrote(NUMBER, CUSTOMER)
    graph.lose_answer()
    piece = MediaPiece("image", attachment_id="a-1", name="tree.png")
    with pytest.raises(NotReachedError):
        await _send(line, piece)
    assert (await _send(line, piece)).kind == "delivered"
    assert len(graph.sent) == 1


@pytest.mark.asyncio
async def test_a_file_that_whatsapp_does_not_take_is_refused(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    graph.wrote(NUMBER, CUSTOMER)
    outcome = await _send(line, MediaPiece("file", attachment_id="a-1", name="odd"))
    assert (outcome.kind, outcome.code) == ("message_refused", "131053")
    assert graph.sent == []


@pytest.mark.asyncio
async def test_after_a_day_only_a_template_goes_out(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    graph.wrote(NUMBER, CUSTOMER)
    graph.now += 24 * 3600
    late = await _send(line, TextPiece("Hi"))
    assert (late.kind, late.code) == ("recipient_refused", "131047")
    assert (await _send(line, CustomPiece({"template": _TEMPLATE}))).kind == "delivered"


@pytest.mark.asyncio
async def test_a_customer_who_has_blocked_the_number_cannot_be_reached(
    graph: StandInGraph, line: Line[WhatsAppSettings]
) -> None:
    graph.wrote(NUMBER, CUSTOMER)
    graph.blocked.add(CUSTOMER)
    refused = await _send(line, TextPiece("Hi"))
    assert (refused.kind, refused.code) == ("recipient_refused", "131026")
    assert CUSTOMER not in f"{refused}"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ([131056, 130429, 80007, 4, 131016, 131000, 2], "try_again"),
        ([131047, 131026, 131021], "recipient_refused"),
        ([131049, 131050, 131051, 131052, 131053, 131008, 131009, 100, 131062, 131048, 130472], "message_refused"),
        ([132000, 132001, 132012, 132016], "message_refused"),
        ([190, 0, 3, 10, 200, 250, 299, 131031, 368, 131042, 131045, 133010], "configuration_fault"),
    ],
)
async def test_every_code_has_its_class(
    graph: StandInGraph, line: Line[WhatsAppSettings], codes: list[int], kind: OutcomeKind
) -> None:
    graph.refusals.extend(Refusal(code, f"no, {CUSTOMER}") for code in codes)
    outcomes = [await _send(line, TextPiece("Hi")) for _ in codes]
    assert [(outcome.kind, outcome.code) for outcome in outcomes] == [(kind, str(code)) for code in codes]
    assert all(outcome.detail and CUSTOMER not in outcome.detail for outcome in outcomes)


def test_a_code_that_is_not_listed_is_left_to_the_status() -> None:
    assert judge_whatsapp(GraphError(code=999_999)) is None


@pytest.mark.asyncio
async def test_a_limit_says_when_to_try_again(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    body = Refusal(130429, "Rate limit hit").body()
    graph.refusals.append(web.json_response(body, status=429, headers={"Retry-After": "3"}))
    outcome = await _send(line, TextPiece("Hi"))
    assert (outcome.kind, outcome.retry_after) == ("try_again", 3.0)


@pytest.mark.asyncio
async def test_a_lost_answer_is_no_answer(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    graph.wrote(NUMBER, CUSTOMER)
    graph.lost = 1
    with pytest.raises(AnswerLostError):
        await _send(line, TextPiece("Hi"))
    assert len(graph.sent) == 1


@pytest.mark.asyncio
async def test_an_answer_that_is_not_meta_s_says_nothing(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    graph.refusals.extend([web.Response(status=502, text="Bad gateway"), web.Response(text="<html>")])
    assert [(await _send(line, TextPiece("Hi"))).kind for _ in range(2)] == ["unknown", "unknown"]


@pytest.mark.asyncio
async def test_without_a_server_nothing_was_sent() -> None:
    settings = WhatsAppSettings(phone_number_id=NUMBER, base_url="http://127.0.0.1:9", **NAMES)
    async with aiohttp.ClientSession() as http:
        with pytest.raises(NotReachedError):
            await _send(line_of(settings, http), TextPiece("Hi"))


@pytest.mark.asyncio
async def test_a_wrong_token_is_a_fault_of_the_configuration(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    graph.tokens.clear()
    outcome = await _send(line, TextPiece("Hi"))
    assert (outcome.kind, outcome.code) == ("configuration_fault", "190")
    assert "EAAG" not in f"{outcome}"


@pytest.mark.asyncio
async def test_a_missing_secret_is_named(line: Line[WhatsAppSettings]) -> None:
    with pytest.raises(SettingsError, match="page_token"):
        await _send(line_of(line.settings, line.http, secrets=Secrets()), TextPiece("Hi"))


@pytest.mark.asyncio
async def test_an_app_may_demand_a_proof_of_its_secret(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    graph.wrote(NUMBER, CUSTOMER)
    graph.demands_proof = True
    assert (await _send(line, TextPiece("Hi"))).kind == "message_refused"
    settings = WhatsAppSettings(phone_number_id=NUMBER, base_url=graph.url, prove_calls=True, **NAMES)
    assert (await _send(line_of(settings, line.http), TextPiece("Hi"))).kind == "delivered"
    assert not any("EAAG" in path for _, path in graph.calls)


@pytest.mark.asyncio
async def test_reading_and_typing_are_about_the_last_message(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    await _CONNECTOR.mark_read(line, customer(CUSTOMER, "wamid.7"))
    await _CONNECTOR.show_typing(line, customer(CUSTOMER, "wamid.8#1"))
    await _CONNECTOR.show_typing(line, customer(CUSTOMER))
    read = {"messaging_product": "whatsapp", "status": "read"}
    assert graph.actions == [
        {**read, "message_id": "wamid.7"},
        {**read, "message_id": "wamid.8", "typing_indicator": {"type": "text"}},
    ]


@pytest.mark.asyncio
async def test_nobody_minds_when_typing_cannot_be_shown(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    graph.refusals.append(Refusal(131000, "no"))
    graph.lost = 0
    await _CONNECTOR.show_typing(line, customer(CUSTOMER, "wamid.7"))
    assert graph.actions == []


@pytest.mark.asyncio
@pytest.mark.parametrize("early", [True, False])
async def test_statuses_find_their_message_also_before_its_answer(
    graph: StandInGraph, line: Line[WhatsAppSettings], early: bool
) -> None:
    """They come out of order and skip some."""
    graph.wrote(NUMBER, USER_ID)
    graph.statuses, graph.early = ("read", "sent", "delivered"), early
    async with serve_receiver(graph, _CONNECTOR, line) as receiver:
        outcome = await _send(line, TextPiece("Hi"), USER_ID)
        items = await receiver.received(2)
    assert [item.status for item in items] == ["read", "delivered"]
    assert {(item.provider_id, item.message_id, item.customer_id) for item in items} == {
        (outcome.provider_id, _MESSAGE_ID, USER_ID)
    }


@pytest.mark.asyncio
async def test_a_repeated_webhook_has_the_same_id(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    async with serve_receiver(graph, _CONNECTOR, line) as receiver:
        said = graph.whatsapp_message(NUMBER, USER_ID, text={"body": "Hi"})
        assert await graph.post(said, times=3) == [200, 200, 200]
        items = await receiver.received(3)
    assert len({item.provider_id for item in items}) == 1
    assert {inbound.account for inbound in receiver.inbounds} == {NUMBER}


@pytest.mark.asyncio
async def test_a_webhook_that_is_not_signed_is_refused(graph: StandInGraph, line: Line[WhatsAppSettings]) -> None:
    async with (
        serve_receiver(graph, _CONNECTOR, line) as receiver,
        line.http.post(receiver.url, json=graph.whatsapp_message(NUMBER, CUSTOMER, text={"body": "Hi"})) as answer,
    ):
        assert answer.status == 403
    assert receiver.inbounds == []


def test_what_the_channel_carries() -> None:
    settings = WhatsAppSettings(phone_number_id=NUMBER, **NAMES)
    capabilities = _CONNECTOR.capabilities(settings)
    assert (capabilities.text_limit, capabilities.buttons, capabilities.window_seconds) == (4096, 10, 86_400)
    assert "audio" not in capabilities.captioned
    assert _CONNECTOR.account(settings) == NUMBER
