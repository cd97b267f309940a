"""What every connector promises, tried on each of them against its stand-in.

A connector's ``test_conformance.py`` has a subclass, whose fixture ``end`` gives the connector and the other end of its
wire. What is particular to a provider is tested beside it.
"""

import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from gateways.connectors.channels.connector import Connector, Finding, Line, OutboundPiece, Recipient
from gateways.connectors.channels.exceptions import (
    AnswerLostError,
    ForgedRequestError,
    NotReachedError,
    UnreadableRequestError,
)
from gateways.connectors.channels.inbound import InboundMessage, WebhookRequest
from gateways.connectors.channels.pieces import Piece, TextPiece
from gateways.connectors.channels.rendering.renderer import render
from schemas.content import (
    AudioContent,
    Button,
    ButtonsContent,
    Card,
    CarouselContent,
    ContactContent,
    Content,
    FileContent,
    FormContent,
    FormField,
    ImageContent,
    LocationContent,
    NotificationContent,
    RatingContent,
    TextContent,
    VideoContent,
)

__all__ = ["FILE", "ConnectorConformance", "OtherEnd"]

MESSAGE = "0193b2a0-0000-7000-8000-00000000000a"
FILE = "0193b2a0-0000-7000-8000-00000000000b"
LINK = "https://chat.example/files/1"
_BUTTONS = [Button("Yes, please", "/yes"), Button("No", "/no")]
_CARD = Card("Tea", "green", "https://shop.example/tea.png", _BUTTONS)
CONTENTS: list[Content] = [
    TextContent("Grüße 👋"),
    TextContent("A long text. " * 700),
    NotificationContent("We are back at nine."),
    ImageContent("https://shop.example/a.png", media_type="image/png", text="Look"),
    ImageContent(attachment_id=FILE, name="a.png", media_type="image/png", size=4, text="x" * 2000),
    AudioContent(attachment_id=FILE, name="a.mp3", media_type="audio/mpeg", size=4, text="Listen"),
    VideoContent(attachment_id=FILE, name="a.mp4", media_type="video/mp4", size=2**45),
    FileContent(attachment_id=FILE, name="a.pdf", media_type="application/pdf", size=4),
    ButtonsContent(_BUTTONS, "Well?"),
    ButtonsContent(_BUTTONS),
    ButtonsContent([Button(f"Number {number} of very many", f"/{number}") for number in range(50)], "Which?"),
    CarouselContent([_CARD, _CARD, Card("Water")], "The menu"),
    LocationContent(52.52, -13.4, "Office", "High Street 1"),
    ContactContent("Ada Lovelace", phone="+4930123456", email="ada@example.org", organization="Engines"),
    FormContent("Order", [FormField("name", "Name"), FormField("size", "Size", options=["S", "M"])]),
    RatingContent("How was it?"),
]


@dataclass(frozen=True, kw_only=True)
class OtherEnd:
    """A connector with a line to a stand-in that works, and one to where nobody listens. ``message`` is a body with one
    text of a customer's, and ``signed`` makes a request of any body. ``seen`` counts the messages that the customer has
    seen. After ``be_busy`` the stand-in answers the next message with too many requests, after ``lose_answer`` it takes
    the next message and gives no answer."""

    connector: Connector[Any]
    line: Line[Any]
    away: Line[Any]
    recipient: Recipient
    message: bytes
    signed: Callable[[bytes], WebhookRequest]
    secrets: list[str]
    seen: Callable[[], int]
    be_busy: Callable[[], None]
    lose_answer: Callable[[], None]

    def send(self, piece: Piece, number: int = 0, *, away: bool = False) -> Awaitable[Any]:
        sent = OutboundPiece(message_id=MESSAGE, number=number, piece=piece, by_human=True)
        return self.connector.send(self.away if away else self.line, self.recipient, sent)

    def read_message(self) -> InboundMessage:
        received = self.connector.receive(self.line, self.signed(self.message))
        assert [inbound.left_out for inbound in received] == [[]] * len(received)
        (message,) = [item for inbound in received for item in inbound.items]
        assert isinstance(message, InboundMessage)
        return message

    def keeps_its_secrets(self, words: object) -> bool:
        return not any(secret in str(words) for secret in self.secrets)


def damaged(body: bytes, count: int = 300) -> Iterator[bytes]:
    """The body with pieces cut out, doubled or changed, always the same ones."""
    draw = random.Random(body)
    for _ in range(count):
        start = draw.randrange(len(body))
        end = min(len(body), start + draw.choice((1, 1, 2, 5, 20)))
        instead = draw.choice((b"", b"0", b'"', b"null", b"{}", b"[]", b"\xff", b"\0", body[start:end] * 2, b"%00"))
        yield body[:start] + instead + body[end:]


class ConnectorConformance:
    async def test_a_customer_s_message_is_read_alike_however_often_it_comes(self, end: OtherEnd) -> None:
        message = end.read_message()
        assert message == end.read_message()
        assert message.provider_id
        assert message.customer.id

    async def test_the_provider_hears_that_all_is_durable(self, end: OtherEnd) -> None:
        assert 200 <= end.connector.answer(end.line, end.signed(end.message)).status < 300

    async def test_a_request_without_proof_is_forged(self, end: OtherEnd) -> None:
        with pytest.raises(ForgedRequestError) as caught:
            end.connector.receive(end.line, msgspec.structs.replace(end.signed(end.message), headers={}))
        assert end.keeps_its_secrets(caught.value)

    @pytest.mark.parametrize("instead", ["", "garbage", "v1,a,b", "sha256=\u00fc", "9" * 5000, "\udcff"])
    async def test_a_hostile_header_is_forged_or_harmless(self, end: OtherEnd, instead: str) -> None:
        """Some headers prove nothing, and may be anything. Those that do are refused."""
        signed, forged = end.signed(end.message), 0
        for name in signed.headers:
            try:
                end.connector.receive(
                    end.line, msgspec.structs.replace(signed, headers={**signed.headers, name: instead})
                )
            except ForgedRequestError:
                forged += 1
        assert forged

    async def test_any_body_with_proof_is_read_or_unreadable(self, end: OtherEnd) -> None:
        for body in (b"", b"null", b"[]", b"{}", b"\xff", b"[" * 20_000, *damaged(end.message)):
            request = end.signed(body)
            with suppress(UnreadableRequestError):
                end.connector.receive(end.line, request)
                end.connector.answer(end.line, request)

    async def test_the_capabilities_go_together(self, end: OtherEnd) -> None:
        can = end.connector.capabilities(end.line.settings)
        assert can.text_limit >= 20
        assert (can.buttons > 0) == (can.button_title_limit > 0) == (can.buttons_text_limit > 0)
        assert set(can.captioned) <= set(can.media)
        assert bool(can.captioned) == (can.caption_limit > 0)
        assert end.connector.type == end.line.settings.__struct_config__.tag

    @pytest.mark.parametrize("content", CONTENTS, ids=lambda content: type(content).__name__)
    async def test_the_provider_takes_whatever_the_capabilities_promise(self, end: OtherEnd, content: Content) -> None:
        pieces = render(content, end.connector.capabilities(end.line.settings), MESSAGE, lambda _: LINK)
        assert pieces
        outcomes = [await end.send(piece, number) for number, piece in enumerate(pieces)]
        assert [outcome.kind for outcome in outcomes] == ["delivered"] * len(pieces), outcomes
        assert end.seen() >= len(pieces)

    async def test_a_provider_that_is_away_was_not_reached(self, end: OtherEnd) -> None:
        with pytest.raises(NotReachedError) as caught:
            await end.send(TextPiece("Hello"), away=True)
        assert end.keeps_its_secrets(caught.value)

    async def test_a_provider_that_is_busy_is_asked_again(self, end: OtherEnd) -> None:
        end.be_busy()
        outcome = await end.send(TextPiece("Hello"))
        assert outcome.kind == "try_again"
        assert end.keeps_its_secrets(outcome)
        assert end.seen() == 0

    async def test_a_lost_answer_is_no_failure(self, end: OtherEnd) -> None:
        """The customer has the message. Only a repeatable connector may send it again."""
        end.lose_answer()
        with suppress(AnswerLostError):
            outcome = await end.send(TextPiece("Hello"))
            assert outcome.kind in ("delivered", "unknown")
        if end.connector.repeatable:
            assert (await end.send(TextPiece("Hello"))).kind == "delivered"
        assert end.seen() == 1

    async def test_signals_never_fail(self, end: OtherEnd) -> None:
        message = end.read_message()
        for line in (end.line, end.away):
            await end.connector.acknowledge(line, message)
            await end.connector.show_typing(line, end.recipient)
            await end.connector.mark_read(line, end.recipient)
        assert end.seen() == 0

    async def test_a_check_says_whether_the_provider_can_be_reached(self, end: OtherEnd) -> None:
        well = await end.connector.check(end.line)
        assert "ok" in {finding.status for finding in well}
        away: list[Finding] = []
        with suppress(NotReachedError):
            away = await end.connector.check(end.away)
            assert "fault" in {finding.status for finding in away}
        assert end.keeps_its_secrets([*well, *away])
