"""What goes to customers over Messenger and Instagram, and what becomes of it."""

from typing import Any

import msgspec
import pytest

from gateways.connectors.channels.connector import Connector, Line
from gateways.connectors.channels.exceptions import AnswerLostError, NotReachedError
from gateways.connectors.channels.graph.calling import GraphError
from gateways.connectors.channels.messenger.connector import InstagramConnector, MessengerConnector
from gateways.connectors.channels.messenger.errors import judge_page
from gateways.connectors.channels.pieces import (
    ButtonsPiece,
    Choice,
    CustomPiece,
    LocationPiece,
    MediaPiece,
    Piece,
    TextPiece,
)
from gateways.outbox.outcome import Outcome, OutcomeKind
from schemas.configuration.connectors import InstagramSettings, MessengerSettings
from tests.gateways.connectors.channels.graph.lines import (
    NAMES,
    Attachments,
    customer,
    line_of,
    out,
    serve_receiver,
)
from tests.gateways.connectors.channels.graph.refusals import Refusal
from tests.gateways.connectors.channels.graph.stand_in import StandInGraph
from tests.gateways.connectors.channels.messenger.payloads import CUSTOMER, PAGE

_MESSENGER: Connector[MessengerSettings] = MessengerConnector()
_INSTAGRAM: Connector[InstagramSettings] = InstagramConnector()
_MESSAGE_ID = out(TextPiece("")).message_id
_DAY = 24 * 3600.0
_TEMPLATE = {"type": "template", "payload": {"template_type": "generic", "elements": []}}


async def _send(page: Line[MessengerSettings], piece: Piece) -> Outcome:
    return await _MESSENGER.send(page, customer(CUSTOMER), out(piece))


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("piece", "message"),
    [
        (TextPiece("Hello *you*"), {"text": "Hello *you*"}),
        (
            ButtonsPiece("Which?", [Choice("Tea", "A:0"), Choice("Coffee", "A:1")]),
            {
                "text": "Which?",
                "quick_replies": [
                    {"content_type": "text", "title": "Tea", "payload": "A:0"},
                    {"content_type": "text", "title": "Coffee", "payload": "A:1"},
                ],
            },
        ),
        (
            MediaPiece("file", url="https://files.example/a.pdf", name="a.pdf"),
            {"attachment": {"type": "file", "payload": {"url": "https://files.example/a.pdf", "is_reusable": False}}},
        ),
        (CustomPiece({"attachment": _TEMPLATE, "recipient": {"id": "7"}}), {"attachment": _TEMPLATE}),
    ],
)
async def test_a_piece_is_a_message(
    graph: StandInGraph, page: Line[MessengerSettings], piece: Piece, message: dict[str, Any]
) -> None:
    graph.wrote(PAGE, CUSTOMER)
    outcome = await _send(page, piece)
    [sent] = graph.sent
    assert outcome == Outcome(kind="delivered", provider_id=sent.id)
    assert sent.body == {
        "recipient": {"id": CUSTOMER},
        "messaging_type": "RESPONSE",
        "message": {**message, "metadata": _MESSAGE_ID},
    }


@pytest.mark.asyncio
@pytest.mark.parametrize("piece", [CustomPiece({"template": {}}), LocationPiece(1, 2)])
async def test_what_the_channel_does_not_carry_is_refused(
    graph: StandInGraph, page: Line[MessengerSettings], piece: Piece
) -> None:
    assert (await _send(page, piece)).kind == "message_refused"
    assert graph.calls == []


@pytest.mark.asyncio
async def test_an_attachment_is_uploaded_to_a_page(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    graph.wrote(PAGE, CUSTOMER)
    piece = MediaPiece("image", attachment_id="a-1", name="tree.png", media_type="image/png")
    assert (await _send(page, piece)).kind == "delivered"
    [(file_id, file)] = graph.files.items()
    assert (file.content, file.media_type) == (b"some bytes", "image/png")
    assert graph.sent[0].body["message"]["attachment"]["payload"] == {"attachment_id": file_id}


@pytest.mark.asyncio
async def test_instagram_is_given_the_address_of_an_attachment(
    graph: StandInGraph, instagram: Line[InstagramSettings]
) -> None:
    graph.wrote(PAGE, CUSTOMER)
    piece = MediaPiece("image", attachment_id="a-1", name="tree.png")
    public = line_of(instagram.settings, instagram.http, media=Attachments(url="https://chat.example/files/1"))
    for line in (public, instagram):
        assert (await _INSTAGRAM.send(line, customer(CUSTOMER), out(piece))).kind == "delivered"
    payloads = [sent.body["message"]["attachment"]["payload"] for sent in graph.sent]
    assert payloads == [
        {"url": "https://chat.example/files/1", "is_reusable": False},
        {"attachment_id": next(iter(graph.files))},
    ]


@pytest.mark.asyncio
async def test_an_upload_whose_answer_was_lost_may_be_made_again(
    graph: StandInGraph, page: Line[MessengerSettings]
) -> None:
    graph.wrote(PAGE, CUSTOMER)
    graph.lose_answer()
    piece = MediaPiece("image", attachment_id="a-1", name="tree.png")
    with pytest.raises(NotReachedError):
        await _send(page, piece)
    assert (await _send(page, piece)).kind == "delivered"
    assert len(graph.sent) == 1


@pytest.mark.asyncio
async def test_an_upload_that_is_refused_is_not_sent(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    graph.tokens.clear()
    outcome = await _send(page, MediaPiece("image", attachment_id="a-1", name="tree.png"))
    assert (outcome.kind, outcome.code) == ("configuration_fault", "190")


@pytest.mark.parametrize(
    ("seconds", "by_human", "granted", "tagged"),
    [
        (None, True, True, False),
        (60.0, True, True, False),
        (_DAY, True, True, True),
        (_DAY, False, True, False),
        (_DAY, True, False, False),
        (7 * _DAY - 1, True, True, True),
        (7 * _DAY, True, True, False),
    ],
)
@pytest.mark.asyncio
async def test_only_a_late_answer_of_an_agent_is_tagged(
    graph: StandInGraph,
    page: Line[MessengerSettings],
    seconds: float | None,
    by_human: bool,
    granted: bool,
    tagged: bool,
) -> None:
    graph.wrote(PAGE, CUSTOMER)
    graph.now += seconds or 0
    graph.human_agent_granted = granted
    settings = msgspec.structs.replace(page.settings, human_agent=granted)
    late = await _MESSENGER.send(
        msgspec.structs.replace(page, settings=settings),
        customer(CUSTOMER, seconds_since=seconds),
        out(TextPiece("Hi"), by_human=by_human),
    )
    if tagged or (seconds or 0) < _DAY:
        assert late.kind == "delivered"
        assert ("tag" in graph.sent[0].body) == tagged
        assert graph.sent[0].body["messaging_type"] == ("MESSAGE_TAG" if tagged else "RESPONSE")
    else:
        assert (late.kind, late.code) == ("recipient_refused", "10/2018278")


@pytest.mark.asyncio
async def test_instagram_says_otherwise_that_it_is_too_late(
    graph: StandInGraph, instagram: Line[InstagramSettings]
) -> None:
    graph.wrote(PAGE, CUSTOMER)
    graph.now += _DAY
    late = await _INSTAGRAM.send(instagram, customer(CUSTOMER), out(TextPiece("Hi")))
    assert (late.kind, late.code) == ("recipient_refused", "10/2534022")


@pytest.mark.asyncio
async def test_a_customer_who_cannot_be_reached_is_refused(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    unknown = await _send(page, TextPiece("Hi"))
    graph.wrote(PAGE, CUSTOMER)
    graph.blocked.add(CUSTOMER)
    blocked = await _send(page, TextPiece("Hi"))
    assert [(outcome.kind, outcome.code) for outcome in (unknown, blocked)] == [
        ("recipient_refused", "100/2018001"),
        ("recipient_refused", "551/1545041"),
    ]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ([(1200, None), (4, None), (32, None), (613, None), (2, None)], "try_again"),
        (
            [(10, 2018278), (10, 2534022), (551, None), (551, 1545041), (100, 2018001), (10, 2018108)],
            "recipient_refused",
        ),
        ([(100, None), (100, 2018034), (-1, 2018012)], "message_refused"),
        ([(190, 463), (200, None), (10, None), (10, 1893063), (368, None)], "configuration_fault"),
    ],
)
async def test_every_code_has_its_class(
    graph: StandInGraph, page: Line[MessengerSettings], codes: list[tuple[int, int | None]], kind: OutcomeKind
) -> None:
    graph.refusals.extend(Refusal(code, f"no, {CUSTOMER}", subcode=subcode) for code, subcode in codes)
    outcomes = [await _send(page, TextPiece("Hi")) for _ in codes]
    assert [outcome.kind for outcome in outcomes] == [kind] * len(codes)
    assert all(outcome.detail and CUSTOMER not in outcome.detail for outcome in outcomes)


def test_a_code_that_is_not_listed_is_left_to_the_status() -> None:
    assert judge_page(GraphError(code=999_999)) is None


@pytest.mark.asyncio
async def test_a_lost_answer_is_no_answer(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    graph.wrote(PAGE, CUSTOMER)
    graph.lose_answer()
    with pytest.raises(AnswerLostError):
        await _send(page, TextPiece("Hi"))
    assert len(graph.sent) == 1


@pytest.mark.asyncio
async def test_reading_and_typing_are_shown(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    await _MESSENGER.mark_read(page, customer(CUSTOMER))
    await _MESSENGER.show_typing(page, customer(CUSTOMER))
    assert [action["sender_action"] for action in graph.actions] == ["mark_seen", "typing_on"]


@pytest.mark.asyncio
async def test_the_echo_of_an_answer_is_no_message(graph: StandInGraph, page: Line[MessengerSettings]) -> None:
    graph.wrote(PAGE, CUSTOMER)
    async with serve_receiver(graph, _MESSENGER, page) as receiver:
        await _send(page, TextPiece("Hi"))
        assert await graph.post(graph.echo(graph.sent[0]), times=2) == [200, 200]
        await graph.post(graph.page_event(PAGE, CUSTOMER, message={"mid": "m_1", "text": "Thanks"}), times=2)
        items = await receiver.received(2)
    assert [item.provider_id for item in items] == ["m_1", "m_1"]


@pytest.mark.parametrize(("human_agent", "days"), [(False, 1), (True, 7)])
def test_what_the_channels_carry(human_agent: bool, days: int) -> None:
    page = MessengerSettings(page_id=PAGE, human_agent=human_agent, **NAMES)
    account = InstagramSettings(account_id=PAGE, human_agent=human_agent, **NAMES)
    messenger, instagram = _MESSENGER.capabilities(page), _INSTAGRAM.capabilities(account)
    assert messenger.window_seconds == instagram.window_seconds == days * _DAY
    assert (instagram.text_limit, instagram.text_unit) == (1000, "utf8_bytes")
    assert (messenger.receipts, instagram.receipts) == (["delivered", "read"], ["read"])
    assert (_MESSENGER.account(page), _INSTAGRAM.account(account)) == (PAGE, PAGE)
