"""What comes from Telegram, in the words of all channels."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.connectors.channels.exceptions import UnreadableRequestError
from gateways.connectors.channels.inbound import Inbound, InboundContact, InboundCustomer, InboundFile, InboundMessage
from gateways.connectors.channels.telegram.inbound import read_body, read_update
from schemas.content import ContactContent, LocationContent
from schemas.posting import CustomerContent, PostedText

_CHAT = {"id": 5550001, "type": "private", "first_name": "Alice"}
_FROM = {"id": 5550001, "is_bot": False, "first_name": "Alice", "last_name": "Smith", "language_code": "pt-br"}


def _message(**fields: Any) -> dict[str, Any]:
    message = {"message_id": 7, "date": 1_764_500_000, "chat": _CHAT, "from": _FROM, **fields}
    return {"update_id": 9, "message": message}


def _read(**fields: Any) -> InboundMessage:
    inbound = read_update(_message(**fields))
    assert inbound.left_out == []
    [item] = inbound.items
    assert isinstance(item, InboundMessage)
    return item


def _left_out(update: dict[str, Any]) -> str:
    inbound = read_update(update)
    assert inbound.items == []
    [words] = inbound.left_out
    return words


def _file(**fields: Any) -> dict[str, Any]:
    return {"file_id": "f", "file_unique_id": "u", "file_size": 3, **fields}


def _press(**fields: Any) -> dict[str, Any]:
    keys = [[{"text": "Yes", "callback_data": "m:0"}], [{"text": "No", "callback_data": "m:1"}]]
    message = {**_message(text="Sure?")["message"], "from": {}, "reply_markup": {"inline_keyboard": keys}}
    query = {"id": "4382", "from": _FROM, "chat_instance": "1", "message": message, "data": "m:1", **fields}
    return {"update_id": 9, "callback_query": query}


def test_a_text() -> None:
    assert _read(text="Hello _there_") == InboundMessage(
        provider_id="5550001:7",
        customer=InboundCustomer(id="5550001", name="Alice Smith", language="pt-br"),
        content=PostedText("Hello _there_"),
        sent_at=datetime.fromtimestamp(1_764_500_000, UTC),
    )


def test_ids_of_52_bits_keep_every_digit() -> None:
    item = _read(text="Hello", chat={"id": 4_503_599_627_370_495, "type": "private"})
    assert item.customer.id == "4503599627370495"
    assert item.provider_id == "4503599627370495:7"


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        (
            {"photo": [_file(file_id="small"), _file(file_id="large", file_size=9)], "caption": "Look"},
            ("image", "large", None, "image/jpeg", 9, "Look"),
        ),
        (
            {"document": _file(file_name="bill.pdf", mime_type="application/pdf")},
            ("file", "f", "bill.pdf", "application/pdf", 3, None),
        ),
        ({"document": _file(file_name="a.png", mime_type="image/png")}, ("image", "f", "a.png", "image/png", 3, None)),
        ({"document": _file(file_name="\0", mime_type="a/b\n")}, ("file", "f", None, None, 3, None)),
        ({"document": _file(file_name="x" * 300 + ".pdf")}, ("file", "f", "x" * 251 + ".pdf", None, 3, None)),
        ({"document": _file()}, ("file", "f", None, None, 3, None)),
        ({"voice": _file()}, ("audio", "f", None, "audio/ogg", 3, None)),
        (
            {"audio": _file(mime_type="audio/mpeg", file_name="a.mp3")},
            ("audio", "f", "a.mp3", "audio/mpeg", 3, None),
        ),
        ({"video": _file(mime_type="video/mp4"), "caption": "\u2063"}, ("video", "f", None, "video/mp4", 3, None)),
        ({"video_note": _file()}, ("video", "f", None, "video/mp4", 3, None)),
        (
            {"animation": _file(mime_type="video/mp4"), "document": _file(mime_type="video/mp4")},
            ("video", "f", None, "video/mp4", 3, None),
        ),
        ({"sticker": _file(emoji="😀")}, ("image", "f", None, "image/webp", 3, None)),
        ({"sticker": _file(is_video=True)}, ("video", "f", None, "video/webm", 3, None)),
    ],
)
def test_files(fields: dict[str, Any], content: tuple[Any, ...]) -> None:
    kind, file_id, name, media_type, size, text = content
    reference = {"file_id": file_id, "file_unique_id": "u"}
    assert _read(**fields).content == InboundFile(
        kind=kind, reference=reference, name=name, media_type=media_type, size=size, text=text
    )


_PLACE = {"latitude": 48.2, "longitude": 16}


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"location": _PLACE}, LocationContent(48.2, 16.0)),
        (
            {"venue": {"location": _PLACE, "title": "Café", "address": "Ring 1"}, "location": _PLACE},
            LocationContent(48.2, 16.0, name="Café", address="Ring 1"),
        ),
        (
            {"contact": {"phone_number": "+431", "first_name": "Bob", "last_name": "Jones"}},
            ContactContent(name="Bob Jones", phone="+431"),
        ),
        ({"contact": {"phone_number": "+431", "first_name": ""}}, ContactContent(name="+431", phone="+431")),
        ({"sticker": _file(emoji="😀", is_animated=True)}, PostedText("[sticker 😀]")),
        ({"sticker": _file(is_animated=True)}, PostedText("[sticker]")),
        ({"poll": {"id": "1", "question": "Tea?"}}, PostedText("[poll: Tea?]")),
        ({"dice": {"emoji": "🎲", "value": 5}}, PostedText("[🎲 5]")),
        ({"story": {"id": 1}}, PostedText("[story]")),
        ({"rich_message": {"blocks": []}}, PostedText("[formatted message]")),
        ({"text": "a\0b"}, PostedText("ab")),
        ({"text": "x" * 5000}, PostedText("x" * 4096)),
    ],
)
def test_other_content(fields: dict[str, Any], content: CustomerContent) -> None:
    assert _read(**fields).content == content


def test_the_pictures_of_an_album_are_messages_of_their_own() -> None:
    first = _read(photo=[_file(file_id="a")], media_group_id="g", caption="Both")
    second = _read(photo=[_file(file_id="b")], media_group_id="g", message_id=8)
    assert (first.provider_id, second.provider_id) == ("5550001:7", "5550001:8")
    assert isinstance(first.content, InboundFile)
    assert isinstance(second.content, InboundFile)
    assert (first.content.text, second.content.text) == ("Both", None)


def test_a_pressed_button_comes_as_its_title_with_its_token() -> None:
    assert read_update(_press()).items == [
        InboundMessage(
            provider_id="4382",
            customer=InboundCustomer(id="5550001", name="Alice Smith", language="pt-br"),
            content=PostedText("No"),
            token="m:1",
            pressed_id="5550001:7",
        )
    ]


def test_a_button_of_a_message_that_is_too_old_has_no_title() -> None:
    message = {"chat": _CHAT, "message_id": 7, "date": 0}
    [item] = read_update(_press(message=message)).items
    assert isinstance(item, InboundMessage)
    assert (item.content, item.token, item.pressed_id) == (PostedText("[button]"), "m:1", "5550001:7")


@pytest.mark.parametrize(("status", "reachable"), [("kicked", False), ("member", True)])
def test_a_customer_blocks_and_unblocks_the_bot(status: str, reachable: bool) -> None:
    update = {"update_id": 9, "my_chat_member": {"chat": _CHAT, "new_chat_member": {"status": status}}}
    [item] = read_update(update).items
    assert isinstance(item, InboundContact)
    assert (item.customer_id, item.reachable) == ("5550001", reachable)
    assert "blocked" in item.reason


_GROUP = {"id": -100, "type": "supergroup", "title": "News"}


@pytest.mark.parametrize(
    ("update", "words"),
    [
        (_message(text="Hello", chat=_GROUP), "the update 9 comes from a supergroup chat; the bot serves private"),
        (_message(text="Hello", **{"from": {**_FROM, "is_bot": True}}), "comes from a bot"),
        (_message(text="\u3164"), "holds nothing that can be shown: text"),
        (_message(pinned_message={"message_id": 1}), "holds nothing that can be shown: pinned_message"),
        (_message(), "holds nothing that can be shown: nothing"),
        (_message(text=5), "is not as documented: Expected `str | null`, got `int` - at `$.text`"),
        ({"update_id": 9, "edited_message": _message(text="Hi")["message"]}, "changes a message, which stays"),
        ({"update_id": 9, "poll_answer": {}}, "is of another kind: poll_answer"),
        ({"update_id": "9", "message": {}}, "the update without a number is not as documented"),
        (_press(message=None), "a press of a button that is not of this server"),
        (_press(data=None), "a press of a button that is not of this server"),
        (_press(message={"chat": _GROUP, "message_id": 1, "date": 1}), "comes from a supergroup chat"),
        (
            {"update_id": 9, "my_chat_member": {"chat": _GROUP, "new_chat_member": {"status": "kicked"}}},
            "makes the bot 'kicked' in a supergroup chat",
        ),
        (
            {"update_id": 9, "my_chat_member": {"chat": _CHAT, "new_chat_member": {"status": "restricted"}}},
            "makes the bot 'restricted' in a private chat",
        ),
    ],
)
def test_what_cannot_be_used_is_left_out_with_the_reason(update: dict[str, Any], words: str) -> None:
    assert words in _left_out(update)


def test_a_customer_without_a_usable_name_and_language() -> None:
    item = _read(text="Hello", **{"from": {"id": 1, "first_name": " ", "last_name": "\u3164", "language_code": "??"}})
    assert item.customer == InboundCustomer(id="5550001")
    assert _read(text="Hello", **{"from": None}).customer == InboundCustomer(id="5550001")


def test_a_time_that_is_no_time_is_left_open() -> None:
    assert _read(text="Hello", date=10**15).sent_at is None


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'"\xff"', b"[" * 100_000])
def test_a_body_that_is_no_update_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableRequestError):
        read_body(body)


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_FIELDS = ["text", "photo", "sticker", "contact", "dice", "poll", "chat", "from", "date", "venue", "reply_markup"]


@given(st.dictionaries(st.sampled_from(_FIELDS), _ANY, max_size=4))
def test_no_message_however_wrong_breaks_the_reading(fields: dict[str, Any]) -> None:
    inbound = read_update(_message(**fields))
    assert isinstance(inbound, Inbound)
    assert len(inbound.items) + len(inbound.left_out) == 1


@given(st.text(max_size=40))
def test_every_text_becomes_one_that_may_be_posted_or_is_left_out(text: str) -> None:
    for item in read_update(_message(text=text)).items:
        assert isinstance(item, InboundMessage)
        assert isinstance(item.content, PostedText)
        assert msgspec.convert(msgspec.to_builtins(item.content), PostedText) == item.content
