"""What customers send over Messenger and Instagram, and what becomes of messages to them."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.connectors.channels.exceptions import UnreadableRequestError
from gateways.connectors.channels.inbound import Inbound, InboundFile, InboundItem, InboundMessage, InboundReceipt
from gateways.connectors.channels.messenger.inbound import read_pages
from gateways.connectors.channels.rendering.choices import choice_token
from schemas.content import LocationContent
from schemas.posting import CustomerContent, PostedText
from tests.gateways.connectors.channels.graph.stand_in import APP_ID
from tests.gateways.connectors.channels.messenger.payloads import CUSTOMER, MID, PAGE, body_with, event, message

_URL = "https://scontent.xx.fbcdn.net/v/t1.15752-9/photo.jpg?oh=1"
TOKEN = choice_token("0199a0b2-7c1e-7000-8000-0000000000a1", 1)
_SENT_AT = datetime(2025, 6, 8, 20, 59, 43, 123000, tzinfo=UTC)


def _read(body: Any, object_: str = "page") -> list[Inbound]:
    return read_pages(msgspec.json.encode(body), object_, APP_ID)


def _items(*events: Any, **entry: Any) -> list[InboundItem]:
    return [item for inbound in _read(body_with(*events, **entry)) for item in inbound.items]


def _messages(*events: Any) -> list[InboundMessage]:
    return [item for item in _items(*events) if isinstance(item, InboundMessage)]


def _contents(*events: Any) -> list[CustomerContent | InboundFile]:
    return [item.content for item in _messages(*events)]


def _left_out(*events: Any, **entry: Any) -> list[str]:
    return [reason for inbound in _read(body_with(*events, **entry)) for reason in inbound.left_out]


def test_a_text_comes_with_its_sender_and_its_time() -> None:
    [inbound] = _read(body_with(message(text="Hello")))
    [item] = inbound.items
    assert inbound.account == PAGE
    assert isinstance(item, InboundMessage)
    assert (item.content, item.provider_id, item.sent_at) == (PostedText("Hello"), MID, _SENT_AT)
    assert (item.customer.id, item.opens) == (CUSTOMER, True)


@pytest.mark.parametrize(
    ("type_", "kind"),
    [("image", "image"), ("sticker", "image"), ("audio", "audio"), ("video", "video"), ("file", "file")],
)
def test_a_file_comes_with_its_address(type_: str, kind: str) -> None:
    [file] = _contents(message(attachments=[{"type": type_, "payload": {"url": _URL, "sticker_id": 3692}}]))
    assert isinstance(file, InboundFile)
    assert (file.kind, file.reference) == (kind, {"url": _URL})


def test_a_text_and_several_files_are_messages_of_their_own() -> None:
    photo = {"type": "image", "payload": {"url": _URL}}
    items = _messages(message(text="Look", attachments=[photo, photo]))
    assert [item.provider_id for item in items] == [MID, f"{MID}#1", f"{MID}#2"]
    assert items[0].content == PostedText("Look")


def test_what_else_can_be_attached_is_shown_in_words() -> None:
    assert _contents(
        message(
            attachments=[
                {"type": "location", "payload": {"coordinates": {"lat": 52.5, "long": 13.4}}},
                {"type": "location", "payload": {"coordinates": {"lat": 152.5, "long": 13.4}}},
                {"type": "fallback", "title": "Tea", "url": "https://tea.example", "payload": None},
                {"type": "share", "payload": {"url": _URL}},
                {"type": "ig_reel", "payload": {"reel_video_id": 1, "title": "How to", "url": _URL}},
                {"type": "story_mention", "payload": {"url": _URL}},
                {"type": "template", "payload": {"generic": {"elements": []}}},
                {"type": "image", "payload": {}},
                {"payload": "broken"},
                7,
            ]
        )
    ) == [
        LocationContent(52.5, 13.4),
        PostedText("[location]"),
        PostedText("[fallback] Tea https://tea.example"),
        PostedText(f"[share] {_URL}"),
        PostedText(f"[ig_reel] How to {_URL}"),
        PostedText(f"[story_mention] {_URL}"),
        PostedText("[template]"),
        PostedText("[image]"),
        PostedText("[an attachment that cannot be read]"),
        PostedText("[an attachment that cannot be read]"),
    ]


def test_what_meta_does_not_pass_on_is_named() -> None:
    assert _contents(message(is_unsupported=True)) == [PostedText("[a message of a kind that Meta does not pass on]")]


def test_a_press_says_the_title_and_brings_the_token() -> None:
    reply, with_id, without_id, bare = _messages(
        message(text="Yes", quick_reply={"payload": TOKEN}),
        event(postback={"mid": "m_1", "title": "Yes", "payload": TOKEN}),
        event(postback={"title": "Get started", "payload": "<start>", "referral": {"ref": "ad"}}),
        event(postback={"payload": "<start>"}),
    )
    assert (reply.content, reply.token, reply.provider_id) == (PostedText("Yes"), TOKEN, MID)
    assert (with_id.content, with_id.token, with_id.provider_id) == (PostedText("Yes"), TOKEN, "m_1")
    assert without_id.provider_id.startswith(f"postback:{CUSTOMER}:1749416383123:")
    assert without_id.content == PostedText("Get started", "<start>")
    assert bare.content == PostedText("<start>", "<start>")
    assert without_id.provider_id == bare.provider_id


def test_what_is_about_an_earlier_message_opens_no_conversation() -> None:
    items = _messages(
        event(reaction={"mid": MID, "action": "react", "reaction": "love", "emoji": "\N{HEAVY BLACK HEART}"}),
        event(reaction={"mid": MID, "action": "react", "reaction": "love"}),
        message(is_deleted=True),
        event(message_edit={"mid": MID, "text": "Noon", "num_edit": 1}),
        event(message_edit={"mid": MID, "text": "One", "num_edit": 2}),
    )
    assert [item.content for item in items] == [
        PostedText("[reaction \N{HEAVY BLACK HEART}]"),
        PostedText("[reaction love]"),
        PostedText("[a message was deleted]"),
        PostedText("[edited] Noon"),
        PostedText("[edited] One"),
    ]
    assert not any(item.opens for item in items)
    assert MID not in [item.provider_id for item in items]
    assert len({item.provider_id for item in items[1:]}) == 4


@pytest.mark.parametrize("echo", [{"app_id": int(APP_ID)}, {"app_id": APP_ID}, {"metadata": "m-1", "app_id": 7}])
def test_an_echo_of_the_server_s_own_is_no_news(echo: dict[str, Any]) -> None:
    own = event(
        sender={"id": PAGE}, recipient={"id": CUSTOMER}, message={"mid": MID, "text": "Hi", "is_echo": True, **echo}
    )
    assert _read(body_with(own)) == []


@pytest.mark.parametrize("sender", [PAGE, CUSTOMER])
def test_what_others_write_for_the_page_is_never_the_customer_s(sender: str) -> None:
    echo = event(sender={"id": sender}, message={"mid": MID, "text": "Hi", "is_echo": True, "app_id": 7})
    assert _items(echo) == []
    assert _left_out(echo) == ["event: it was written in the inbox of the page, or by another app"]
    assert _items(event(sender={"id": PAGE}, message={"mid": MID, "text": "Hi"})) == []


def test_a_thread_that_another_app_owns_is_passed_over() -> None:
    assert _read(body_with(standby=[message(text="Hello")])) == []


def test_deliveries_name_messages_and_a_time() -> None:
    [first, second, until] = _items(event(delivery={"mids": ["m_1", "m_2"], "watermark": 1749416383123}))
    assert first == InboundReceipt(status="delivered", provider_id="m_1", customer_id=CUSTOMER)
    assert second == InboundReceipt(status="delivered", provider_id="m_2", customer_id=CUSTOMER)
    assert until == InboundReceipt(status="delivered", customer_id=CUSTOMER, until=_SENT_AT)
    assert _items(event(delivery={"watermark": 1749416383123})) == [until]


def test_what_was_read_is_a_time_or_a_message() -> None:
    assert _items(event(read={"watermark": 1749416383123})) == [
        InboundReceipt(status="read", customer_id=CUSTOMER, until=_SENT_AT)
    ]
    assert _items(event(read={"mid": "m_1"})) == [
        InboundReceipt(status="read", provider_id="m_1", customer_id=CUSTOMER)
    ]


def test_instagram_may_post_events_as_changes() -> None:
    changes = [{"field": "messages", "value": message(text="Hello")}, {"field": "comments", "value": {"id": "1"}}]
    [inbound] = _read({"object": "instagram", "entry": [{"id": PAGE, "changes": changes}]}, "instagram")
    assert [item.content for item in inbound.items if isinstance(item, InboundMessage)] == [PostedText("Hello")]
    assert inbound.left_out == ["change: field comments is no message"]


@pytest.mark.parametrize(
    "given_event",
    [
        event(optin={"type": "notification_messages"}),
        event(reaction={"mid": MID, "action": "unreact"}),
        message(text="\u200d"),
        message(),
        message(text="Hello", mid=""),
        event(message={"mid": "", "is_deleted": True}),
        message(text=7),
        event(message={"text": "Hello"}),
        {**message(text="Hello"), "timestamp": "soon"},
        {**message(text="Hello"), "sender": {}},
        "no event",
        None,
    ],
)
def test_what_cannot_be_posted_is_left_out_with_its_reason(given_event: object) -> None:
    assert _items(given_event) == []
    [reason] = _left_out(given_event)
    assert reason.startswith("event: ")
    assert "Hello" not in reason


def test_several_pages_come_apart_and_one_bad_item_does_not_lose_the_others() -> None:
    entries: list[Any] = [
        {"id": "1", "messaging": [message(text="a"), "bad", message(text="b", mid="m_2")]},
        {"messaging": []},
        7,
        {"id": "2", "messaging": [message(text="c")]},
        {"id": "1", "messaging": [message(text="d", mid="m_4")]},
    ]
    inbounds = _read({"object": "page", "entry": entries})
    assert [(inbound.account, len(inbound.items), len(inbound.left_out)) for inbound in inbounds] == [
        ("1", 3, 1),
        (None, 0, 2),
        ("2", 1, 0),
    ]


def test_another_object_is_left_out() -> None:
    [inbound] = _read({"object": "instagram", "entry": [{"id": PAGE, "messaging": [message(text="Hello")]}]})
    assert (inbound.items, inbound.left_out) == ([], ["the request is not about the object page"])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"entry": []}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_of_the_graph_api_s_form_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableRequestError):
        read_pages(body, "page", None)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=9,
)
_KINDS = st.sampled_from(["message", "postback", "delivery", "read", "reaction", "message_edit", "sender", "timestamp"])


@given(_KINDS, _JSON)
def test_no_event_is_an_error(kind: str, content: Any) -> None:
    items = _messages({**event(), kind: content}, message(text="Hi", mid="m_good"))
    assert items[-1].provider_id == "m_good"


@given(st.text(max_size=300), st.lists(_JSON, max_size=3))
def test_what_is_read_may_be_posted(text: str, attachments: list[Any]) -> None:
    shared = {"type": text, "title": text, "url": text}
    for content in _contents(message(text=text, attachments=[shared, *attachments]), event(postback={"title": text})):
        if not isinstance(content, InboundFile):
            msgspec.convert(msgspec.to_builtins(content), CustomerContent)
