"""The content that each audience may post. Other content is refused with the field that is wrong."""

from typing import Any, get_args

import msgspec
import pytest

from schemas.content import Content
from schemas.identifiers import new_id
from schemas.posting import AgentContent, BotContent, CustomerContent

ID = new_id()
BUTTON = {"title": "Yes", "payload": "/yes"}
FIELD = {"name": "email", "label": "Your address"}

GOOD: dict[str, dict[str, Any]] = {
    "text": {"text": " Hello\n"},
    "image": {"url": "https://example.org/a.png", "text": "Look"},
    "audio": {"attachment_id": ID},
    "video": {"attachment_id": ID},
    "file": {"url": "http://example.org/a.pdf", "name": "a.pdf", "media_type": "application/pdf", "size": 0},
    "buttons": {"buttons": [BUTTON], "text": "Well?"},
    "carousel": {"cards": [{"title": "A", "text": "b", "image_url": "https://a/b", "buttons": [BUTTON]}]},
    "location": {"latitude": 48.2, "longitude": -16.4, "name": "Here", "address": "There 1"},
    "contact": {"name": "Ada", "phone": "+44 20", "email": "ada@example.org", "organization": "Engine"},
    "form": {"title": "Who are you?", "fields": [FIELD, {**FIELD, "kind": "choice", "options": ["a", "b"]}]},
    "form_answers": {"form_id": ID, "answers": {"email": "a@b", "ok": True, "n": 3, "many": ["a", "b"]}},
    "notification": {"text": "Still there?", "code": "customer_inactive"},
    "rating": {"text": "How was it?", "scale": 10},
    "custom": {"payload": {"anything": [1]}},
}
MAY_POST = {
    CustomerContent: {"text", "image", "audio", "video", "file", "location", "contact", "form_answers"},
    AgentContent: {"text", "image", "audio", "video", "file", "buttons", "carousel", "location", "contact", "form"},
    BotContent: set(GOOD),
}
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("text", {"text": ""}, "$.text"),
    ("text", {"text": " \t\r\n\u00a0\u2003\u2028"}, "$.text"),
    ("text", {"text": "a\u0000"}, "$.text"),
    ("text", {"text": "\u0000"}, "$.text"),
    *[("text", {"text": text}, "$.text") for text in ("\u200b", "\u2060 \ufeff", "\u3164", "\U000e0041", "\x07")],
    ("text", {"text": "x" * 4097}, "$.text"),
    ("image", {}, "$"),
    ("image", {"url": "https://a", "attachment_id": ID}, "$"),
    ("image", {"attachment_id": "../../etc/passwd"}, "$.attachment_id"),
    *[
        ("image", {"url": url}, "$.url")
        for url in (
            "javascript:alert(1)",
            "data:image/png;base64,AA",
            "//a/b",
            "file:///etc",
            "https://a b",
            "https://",
        )
    ],
    ("image", {"url": "https://a/\n"}, "$.url"),
    ("image", {"url": "https://" + "a" * 2041}, "$.url"),
    ("file", {"url": "https://a", "size": -1}, "$.size"),
    ("file", {"url": "https://a", "name": "x" * 256}, "$.name"),
    ("video", {"url": "https://a", "text": " "}, "$.text"),
    ("buttons", {"buttons": []}, "$.buttons"),
    ("buttons", {"buttons": [BUTTON] * 51}, "$.buttons"),
    ("carousel", {"cards": []}, "$.cards"),
    ("carousel", {"cards": [{"title": "a"}] * 11}, "$.cards"),
    ("carousel", {"cards": [{"title": "a", "image_url": "ftp://a"}]}, "$.cards[0].image_url"),
    ("carousel", {"cards": [{"title": "a", "buttons": [BUTTON] * 11}]}, "$.cards[0].buttons"),
    ("location", {"latitude": 90.1, "longitude": 0}, "$.latitude"),
    ("location", {"latitude": 0, "longitude": -180.1}, "$.longitude"),
    ("location", {"latitude": "0", "longitude": 0}, "$.latitude"),
    ("contact", {"name": " "}, "$.name"),
    ("contact", {"name": "Ada", "phone": "1" * 257}, "$.phone"),
    ("form", {"title": "t", "fields": []}, "$.fields"),
    ("form", {"title": "t", "fields": [FIELD] * 51}, "$.fields"),
    ("form", {"title": "t", "fields": [{**FIELD, "name": "Your Mail"}]}, "$.fields[0].name"),
    ("form", {"title": "t", "fields": [{**FIELD, "kind": "password"}]}, "$.fields[0].kind"),
    ("form_answers", {"form_id": ID, "answers": {}}, "$.answers"),
    ("form_answers", {"form_id": ID, "answers": {f"f{n}": 1 for n in range(51)}}, "$.answers"),
    ("form_answers", {"form_id": ID, "answers": {"a": "x" * 4097}}, "$.answers[...]"),
    ("form_answers", {"form_id": ID, "answers": {"a": {}}}, "$.answers[...]"),
    ("rating", {"text": "How?", "scale": 1}, "$.scale"),
    ("rating", {"text": "How?", "scale": 11}, "$.scale"),
    ("notification", {"text": "a", "code": "No Code"}, "$.code"),
]


def encoded(kind: str, body: dict[str, Any]) -> bytes:
    return msgspec.json.encode({"type": kind, **body})


@pytest.mark.parametrize("audience", MAY_POST, ids=["customers", "agents", "bots"])
@pytest.mark.parametrize("kind", GOOD)
def test_an_audience_may_post_only_its_kinds_of_content(audience: Any, kind: str) -> None:
    if kind in MAY_POST[audience]:
        posted = msgspec.json.decode(encoded(kind, GOOD[kind]), type=audience)
        assert msgspec.json.decode(msgspec.json.encode(posted), type=Content) is not None
    else:
        with pytest.raises(msgspec.ValidationError, match=rf"Invalid value '{kind}' - at `\$\.type`"):
            msgspec.json.decode(encoded(kind, GOOD[kind]), type=audience)


def test_every_kind_but_the_bots_old_attachment_can_be_posted() -> None:
    assert {kind.__struct_config__.tag for kind in get_args(Content)} == set(GOOD) | {"attachment"}


@pytest.mark.parametrize(("kind", "body", "place"), WRONG)
def test_wrong_content_is_refused_with_its_place(kind: str, body: dict[str, Any], place: str) -> None:
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(encoded(kind, body), type=BotContent)
    message = str(refused.value)
    assert message.endswith(f"`{place}`") if place != "$" else "url or attachment_id" in message


@pytest.mark.parametrize("kind", sorted(set(GOOD) - {"buttons", "custom"}))
def test_unknown_fields_are_refused(kind: str) -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field `nonsense`"):
        msgspec.json.decode(encoded(kind, {**GOOD[kind], "nonsense": 1}), type=BotContent)


@pytest.mark.parametrize(
    "recorded",
    [
        {"type": "image", "url": "b"},
        {"type": "attachment", "url": "anything"},
        {"type": "text", "text": " \u0000"},
        {"type": "contact", "name": "\u200b"},
        {"type": "custom", "payload": None},
        {"type": "buttons", "buttons": [{"title": "a", "payload": "", "more": 1}], "text": None},
    ],
)
def test_recorded_content_stays_readable(recorded: dict[str, Any]) -> None:
    assert msgspec.json.decode(msgspec.json.encode(recorded), type=Content) is not None


def test_a_very_long_wrong_text_is_refused_at_once() -> None:
    """The patterns take time in proportion to the text. If they took it to its square, this test would not end."""
    text = "x " * 500_000 + "\u0000"
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(encoded("contact", {"name": text}), type=CustomerContent)
