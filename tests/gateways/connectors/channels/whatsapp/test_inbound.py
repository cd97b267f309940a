"""What customers send over WhatsApp, and what becomes of messages to them."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.connectors.channels.exceptions import UnreadableRequestError
from gateways.connectors.channels.inbound import (
    Inbound,
    InboundFile,
    InboundItem,
    InboundMessage,
    InboundReceipt,
)
from gateways.connectors.channels.rendering.choices import choice_token
from gateways.connectors.channels.whatsapp.inbound import read_whatsapp
from schemas.content import ContactContent, LocationContent
from schemas.posting import CustomerContent, PostedText
from tests.gateways.connectors.channels.whatsapp.payloads import (
    CUSTOMER,
    USER_ID,
    body_with,
    message,
    value_with,
)

_PHOTO = {"id": "1479537139650973", "mime_type": "image/jpeg", "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI="}


TOKEN = choice_token("0199a0b2-7c1e-7000-8000-0000000000a1", 1)


def _read(body: Any) -> list[Inbound]:
    return read_whatsapp(msgspec.json.encode(body))


def _items(*messages: Any, **more: Any) -> list[InboundItem]:
    return [item for inbound in _read(body_with(*messages, **more)) for item in inbound.items]


def _messages(*messages: Any, **more: Any) -> list[InboundMessage]:
    return [item for item in _items(*messages, **more) if isinstance(item, InboundMessage)]


def _texts(*messages: Any) -> list[str]:
    contents = [item.content for item in _messages(*messages)]
    return [content.text for content in contents if isinstance(content, PostedText)]


def _left_out(*messages: Any, **more: Any) -> list[str]:
    return [reason for inbound in _read(body_with(*messages, **more)) for reason in inbound.left_out]


def test_a_text_comes_with_its_sender_and_its_time() -> None:
    [item] = _messages(message("text", {"body": "Does it come in another color?"}))
    assert item.content == PostedText("Does it come in another color?")
    assert item.provider_id == message("text")["id"]
    assert item.sent_at == datetime(2025, 6, 8, 20, 59, 43, tzinfo=UTC)
    assert (item.customer.id, item.customer.aliases) == (USER_ID, [CUSTOMER, f"+{CUSTOMER}"])
    assert (item.customer.name, item.customer.phone) == ("Sheena Nelson", "+16505551234")
    assert item.opens


@pytest.mark.parametrize(
    ("type_", "file", "expected"),
    [
        ("image", _PHOTO | {"caption": "My tree"}, ("image", "image/jpeg", None, "My tree")),
        ("sticker", _PHOTO | {"mime_type": "image/webp", "animated": False}, ("image", "image/webp", None, None)),
        (
            "audio",
            _PHOTO | {"mime_type": "audio/ogg; codecs=opus", "voice": True},
            ("audio", "audio/ogg", None, None),
        ),
        ("video", _PHOTO | {"mime_type": "video/mp4"}, ("video", "video/mp4", None, None)),
        (
            "document",
            _PHOTO | {"mime_type": "application/pdf", "filename": "bill.pdf", "caption": "The bill"},
            ("file", "application/pdf", "bill.pdf", "The bill"),
        ),
    ],
)
def test_a_file_comes_with_what_is_needed_to_fetch_it(type_: str, file: object, expected: object) -> None:
    [item] = _messages(message(type_, file))
    assert isinstance(item.content, InboundFile)
    assert item.content.reference == {"id": _PHOTO["id"], "sha256": _PHOTO["sha256"]}
    assert (item.content.kind, item.content.media_type, item.content.name, item.content.text) == expected


def test_a_file_that_whatsapp_could_not_load_is_named() -> None:
    broken = message("image", {"caption": "My tree"}, errors=[{"code": 131052}])
    assert _texts(broken) == ["[a file of the kind image that WhatsApp could not load]", "My tree"]


def test_a_place_comes_with_its_name() -> None:
    place = {"latitude": 48.8738, "longitude": 2.295, "name": "Arc de Triomphe", "address": "Paris"}
    [item] = _messages(message("location", place))
    assert item.content == LocationContent(48.8738, 2.295, "Arc de Triomphe", "Paris")
    assert _left_out(message("location", {"latitude": 91, "longitude": 0})) != []


def test_each_shared_contact_is_a_message_of_its_own() -> None:
    ada = {
        "name": {"formatted_name": "Ada Lovelace", "first_name": "Ada"},
        "phones": [{"phone": "+44 20 7946 0000", "wa_id": "442079460000", "type": "HOME"}],
        "emails": [{"email": "ada@example.org"}],
        "org": {"company": "Engines"},
    }
    first, second = _messages(message("contacts", [ada, {"phones": [{"phone": "+49 30 1234"}]}]))
    assert first.content == ContactContent("Ada Lovelace", "+44 20 7946 0000", "ada@example.org", "Engines")
    assert second.content == ContactContent("+49 30 1234", "+49 30 1234")
    assert second.provider_id == f"{first.provider_id}#1"


@pytest.mark.parametrize(
    "pressed",
    [
        message("button", {"text": "Yes", "payload": TOKEN}),
        message("interactive", {"type": "button_reply", "button_reply": {"id": TOKEN, "title": "Yes"}}),
        message(
            "interactive",
            {"type": "list_reply", "list_reply": {"id": TOKEN, "title": "Yes", "description": "of course"}},
        ),
    ],
)
def test_a_press_says_the_title_and_brings_the_token(pressed: dict[str, Any]) -> None:
    [item] = _messages(pressed | {"context": {"from": "15550783881", "id": "wamid.0"}})
    assert (item.content, item.token, item.pressed_id) == (PostedText("Yes"), TOKEN, "wamid.0")


def test_the_payload_of_a_template_s_button_is_for_the_bot() -> None:
    [item] = _messages(message("button", {"text": "Yes", "payload": "/confirm"}))
    assert (item.content, item.token) == (PostedText("Yes", "/confirm"), "/confirm")


def test_the_answers_of_a_form_are_lines() -> None:
    answers = {"flow_token": "t", "size": "M", "colours": ["red", "blue"], "gift": True}
    reply = {"name": "flow", "body": "Sent", "response_json": json.dumps(answers)}
    assert _texts(message("interactive", {"type": "nfm_reply", "nfm_reply": reply})) == [
        "size: M\ncolours: red, blue\ngift: true"
    ]
    broken = {"body": "Sent", "response_json": "{"}
    assert _texts(message("interactive", {"type": "nfm_reply", "nfm_reply": broken})) == ["Sent"]


def test_an_order_is_written_out() -> None:
    item = {"product_retailer_id": "tea-1", "quantity": 2, "item_price": 3.5, "currency": "EUR"}
    order = {"catalog_id": "1", "text": "Gift wrapped, please", "product_items": [item]}
    assert _texts(message("order", order)) == ["[order]\n2 x tea-1, 3.5 EUR each\nGift wrapped, please"]


@pytest.mark.parametrize("type_", ["unsupported", "unknown"])
def test_what_whatsapp_does_not_pass_on_is_named(type_: str) -> None:
    errors = [{"code": 131051, "title": "Message type unknown"}]
    assert _texts(message(type_, errors=errors)) == ["[a message of a kind that WhatsApp does not pass on]"]


def test_a_kind_that_is_not_known_yet_is_named() -> None:
    assert _texts(message("poll", {"question": "Tea?"})) == ["[a message of the kind poll]"]
    assert _texts(message("interactive", {"type": "hologram"})) == ["[an answer of the kind hologram]"]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (
            message("reaction", {"message_id": "wamid.1", "emoji": "\N{THUMBS UP SIGN}"}),
            "[reaction \N{THUMBS UP SIGN}]",
        ),
        (message("revoke", {"original_message_id": "wamid.1"}), "[a message was deleted]"),
        (
            message("edit", {"original_message_id": "wamid.1", "message": {"type": "text", "text": {"body": "Noon"}}}),
            "[edited] Noon",
        ),
    ],
)
def test_what_is_about_an_earlier_message_opens_no_conversation(said: object, text: str) -> None:
    [item] = _messages(said)
    assert (item.content, item.opens) == (PostedText(text), False)


@pytest.mark.parametrize(
    "said",
    [
        message("reaction", {"message_id": "wamid.1"}),
        message("request_welcome"),
        message("text", {"body": "\u200d"}),
        message("text"),
        message("text", {"body": 7}),
        message("system", {"body": "…", "type": "customer_identity_changed"}),
        message("text", {"body": "Hello"}, group_id="g-1"),
        message("text", {"body": "Hello"}, id=""),
        message("text", {"body": "Hello"}, timestamp="soon"),
        message("text", {"body": "Hello"}, timestamp="9" * 30),
        "no message",
        None,
    ],
)
def test_what_cannot_be_posted_is_left_out_with_its_reason(said: object) -> None:
    assert _items(said) == []
    [reason] = _left_out(said)
    assert reason.startswith("message: ")
    assert "Hello" not in reason


def test_a_customer_is_known_by_the_id_that_stays() -> None:
    contact = {"profile": {"name": "Sheena"}, "wa_id": CUSTOMER, "user_id": USER_ID, "parent_user_id": "US.ENT.1"}
    [item] = _messages(message("text", {"body": "Hi"}), contacts=[contact])
    assert item.customer.id == USER_ID
    assert item.customer.aliases == [CUSTOMER, f"+{CUSTOMER}", "US.ENT.1"]
    assert item.customer.phone == "+16505551234"


def test_a_customer_may_come_without_a_number() -> None:
    said = message("text", {"body": "Hi"})
    del said["from"]
    contact = {"profile": {"username": "sheena.n"}, "user_id": USER_ID}
    [item] = _messages(said, contacts=[contact])
    assert (item.customer.id, item.customer.aliases, item.customer.phone) == (USER_ID, [], None)
    assert item.customer.name == "sheena.n"
    del said["from_user_id"]
    assert _left_out(said, contacts=[]) == ["message: it has no sender"]


def test_a_customer_without_such_an_id_is_known_by_the_number() -> None:
    contact = {"profile": {"name": "Sheena"}, "wa_id": CUSTOMER}
    [item] = _messages(message("text", {"body": "Hi"}, from_user_id=None), contacts=[contact])
    assert (item.customer.id, item.customer.aliases) == (CUSTOMER, [f"+{CUSTOMER}"])


def test_each_message_has_its_own_sender() -> None:
    other = {"profile": {"name": "Bob"}, "wa_id": "4930123456"}
    hidden = message("text", {"body": "c"}, id="wamid.3")
    del hidden["from"]
    items = _messages(
        message("text", {"body": "a"}, id="wamid.1", from_user_id=None, **{"from": "4930123456"}),
        message("text", {"body": "b"}, id="wamid.2", from_user_id=None),
        hidden,
        contacts=[{"profile": {"name": "Eve"}, "user_id": USER_ID}, {"wa_id": CUSTOMER}, other],
    )
    assert [(item.customer.id, item.customer.name) for item in items] == [
        ("4930123456", "Bob"),
        (CUSTOMER, None),
        (USER_ID, "Eve"),
    ]


def test_the_number_may_be_written_otherwise_than_the_contact_s() -> None:
    said = message("text", {"body": "Oi"}, from_user_id=None, **{"from": "551199990000"})
    [item] = _messages(said, contacts=[{"wa_id": "5511999990000"}])
    assert (item.customer.id, item.customer.aliases) == (
        "551199990000",
        ["+551199990000", "5511999990000", "+5511999990000"],
    )


@pytest.mark.parametrize("type_", ["user_changed_number", "user_changed_user_id"])
def test_a_customer_with_a_new_number_is_still_known_by_the_former_ids(type_: str) -> None:
    system = {"type": type_, "wa_id": "16505559999", "user_id": "US.2", "previous_user_id": USER_ID, "body": "…"}
    [item] = _messages(message("system", system), contacts=[])
    assert item.customer.id == "US.2"
    assert item.customer.aliases == ["16505559999", "+16505559999", USER_ID, CUSTOMER, f"+{CUSTOMER}"]
    assert not item.opens


def test_one_bad_item_does_not_lose_the_others() -> None:
    entry: Any = body_with()["entry"][0]
    good = {"field": "messages", "value": value_with(message("text", {"body": "Hi"}, id="wamid.9"))}
    mixed = value_with(message("text", {"body": "Hi"}), "bad", 3, contacts=[1])
    bad: list[Any] = [
        7,
        {"changes": "none"},
        {"changes": [{"value": {}}, {"field": "messages", "value": {"metadata": 1}}, good]},
        {"changes": [{"field": "messages", "value": mixed}]},
    ]
    inbounds = _read({"object": "whatsapp_business_account", "entry": [entry, *bad]})
    items = [item for inbound in inbounds for item in inbound.items]
    assert [item.provider_id for item in items if isinstance(item, InboundMessage)] == [
        "wamid.9",
        message("text")["id"],
    ]
    assert len([reason for inbound in inbounds for reason in inbound.left_out]) == 7


def test_several_numbers_come_apart() -> None:
    changes = [
        {"field": "messages", "value": value_with(message("text", {"body": text}, id=f"wamid.{text}"), number=number)}
        for text, number in [("a", "1"), ("b", "2"), ("c", "1")]
    ]
    inbounds = _read({"object": "whatsapp_business_account", "entry": [{"id": "7", "changes": changes}]})
    assert [(inbound.account, [item.provider_id for item in inbound.items]) for inbound in inbounds] == [  # type: ignore[union-attr]
        ("1", ["wamid.a", "wamid.c"]),
        ("2", ["wamid.b"]),
    ]


@pytest.mark.parametrize("field", ["standby", "smb_message_echoes", "history"])
def test_what_is_for_another_app_is_passed_over(field: str) -> None:
    body = body_with(message("text", {"body": "Hi"}))
    body["entry"][0]["changes"][0]["field"] = field
    assert _read(body) == []


def test_other_news_and_other_objects_are_left_out() -> None:
    body = body_with(message("text", {"body": "Hi"}))
    body["entry"][0]["changes"][0]["field"] = "account_update"
    assert [inbound.left_out for inbound in _read(body)] == [["field account_update: it is no message"]]
    assert [inbound.items for inbound in _read({"object": "page", "entry": []})] == [[]]
    assert _left_out(errors=[{"code": 131000, "title": "…"}]) == [
        "Meta reports error 131000: WhatsApp failed and does not say why"
    ]


def _status(status: str, **more: Any) -> dict[str, Any]:
    return {"id": "wamid.1", "status": status, "timestamp": "1749416384", "recipient_id": CUSTOMER, **more}


@pytest.mark.parametrize(("status", "receipt"), [("delivered", "delivered"), ("read", "read"), ("played", "read")])
def test_a_status_is_about_a_message_of_ours(status: str, receipt: str) -> None:
    [item] = _items(statuses=[_status(status, biz_opaque_callback_data="m-1", recipient_user_id=USER_ID)])
    assert item == InboundReceipt(
        status=receipt,  # type: ignore[arg-type]
        provider_id="wamid.1",
        message_id="m-1",
        customer_id=USER_ID,
    )


def test_sent_is_no_news_and_other_statuses_are_left_out() -> None:
    assert _items(statuses=[_status("sent")]) == []
    assert _left_out(statuses=[_status("sent")]) == []
    assert _left_out(statuses=[_status("warning"), _status("read", timestamp="x"), 3]) != []


@pytest.mark.parametrize(
    ("code", "unreachable"),
    [(131026, True), (131021, True), (131047, False), (131049, False), (131053, False), (999999, False)],
)
def test_a_failure_says_whether_the_customer_can_be_reached(code: int, unreachable: bool) -> None:
    errors = [{"code": code, "title": "Failed", "error_data": {"details": "secret details"}}]
    [item] = _items(statuses=[_status("failed", errors=errors)])
    assert isinstance(item, InboundReceipt)
    assert (item.status, item.code, item.unreachable) == ("failed", str(code), unreachable)
    assert item.detail
    assert "secret" not in item.detail


def test_a_failure_without_a_reason_is_one() -> None:
    [item] = _items(statuses=[_status("failed")])
    assert item == InboundReceipt(status="failed", provider_id="wamid.1", customer_id=CUSTOMER)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b'{"entry": []}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_of_the_graph_api_s_form_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableRequestError):
        read_whatsapp(body)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=9,
)
_TYPES = st.sampled_from(
    [
        "text",
        "image",
        "document",
        "location",
        "contacts",
        "button",
        "interactive",
        "order",
        "edit",
        "reaction",
        "system",
    ]
)


@given(_TYPES, _JSON, st.fixed_dictionaries({}, optional={"timestamp": _JSON, "from": _JSON, "id": _JSON}))
def test_no_content_of_an_item_is_an_error(type_: str, content: Any, more: dict[str, Any]) -> None:
    good = message("text", {"body": "Hi"}, id="wamid.good")
    items = _items(message(type_, content) | more, good)
    assert [item.provider_id for item in items if isinstance(item, InboundMessage)][-1] == "wamid.good"


@given(_JSON)
def test_no_body_is_an_error(body: Any) -> None:
    for shape in ({"object": "whatsapp_business_account", "entry": [body]}, body_with(contacts=body, statuses=[body])):
        assert isinstance(_read(shape), list)


@given(st.text(max_size=20), st.text(max_size=300), _JSON)
def test_what_is_read_may_be_posted(text: str, name: str, value: Any) -> None:
    messages = [
        message("text", {"body": text}),
        message("contacts", [{"name": {"formatted_name": name}, "phones": [{"phone": text}]}]),
        message("location", {"latitude": 1, "longitude": 2, "name": name, "address": text}),
        message("button", {"text": text, "payload": name}),
        message("document", _PHOTO | {"filename": name, "caption": text}),
        message("reaction", {"emoji": name}),
        message("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": json.dumps({"a": value})}}),
    ]
    for item in _messages(*messages):
        assert item.customer.name == "Sheena Nelson"
        if not isinstance(item.content, InboundFile):
            msgspec.convert(msgspec.to_builtins(item.content), CustomerContent)
