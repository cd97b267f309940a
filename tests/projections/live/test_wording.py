"""Every kind of message as plain text."""

from typing import Any, get_args

import msgspec
import pytest

from projections import data_in_words, in_words
from schemas.content import (
    AttachmentContent,
    AudioContent,
    Button,
    ButtonsContent,
    Card,
    CarouselContent,
    ContactContent,
    Content,
    CustomContent,
    FileContent,
    FormAnswersContent,
    FormContent,
    FormField,
    ImageContent,
    LocationContent,
    NotificationContent,
    RatingContent,
    TextContent,
    VideoContent,
)
from tests.examples import identifier

WORDED = [
    (TextContent("Hello"), "Hello"),
    (ImageContent("https://a/b"), "[image] https://a/b"),
    (ImageContent(attachment_id=identifier(1), name="a.png", text="Look"), "[image] a.png Look"),
    (AudioContent(attachment_id=identifier(1), name="a.mp3"), "[audio] a.mp3"),
    (VideoContent("https://a/b", name="a.mp4"), "[video] a.mp4"),
    (FileContent(attachment_id=identifier(1)), f"[file] {identifier(1)}"),
    (AttachmentContent("https://a/b"), "[attachment] https://a/b"),
    (ButtonsContent([Button("Yes", "y"), Button("No", "n")], "Well?"), "Well? [Yes | No]"),
    (ButtonsContent([Button("Yes", "y")]), "[Yes]"),
    (CarouselContent([Card("A", "cheap"), Card("B", buttons=[Button("Buy", "b")])]), "[carousel]\nA cheap\nB [Buy]"),
    (CarouselContent([Card("A")], "Choose"), "[carousel] Choose\nA"),
    (LocationContent(48.2, -16.37, "Here"), "[location] Here, 48.200000, -16.370000"),
    (ContactContent("Ada", email="ada@example.org"), "[contact] Ada, ada@example.org"),
    (NotificationContent("Still there?"), "Still there?"),
    (FormContent("You", [FormField("a", "Name"), FormField("b", "Age")], "Please"), "[form] You: Name; Age Please"),
    (
        FormAnswersContent(identifier(1), {"a": "Ada", "b": 36, "c": True, "d": ["x", "y"]}),
        "[form answers]\na: Ada\nb: 36\nc: yes\nd: x, y",
    ),
    (RatingContent("How was it?"), "[rating] How was it? (1 to 5)"),
    (CustomContent({"a": 1}), "[custom]"),
]


@pytest.mark.parametrize(("content", "words"), WORDED, ids=lambda value: type(value).__name__)
def test_contents_in_words(content: Content, words: str) -> None:
    assert in_words(content) == words


def test_every_kind_is_worded() -> None:
    assert {type(content) for content, _ in WORDED} == set(get_args(Content))


@pytest.mark.parametrize(("content", "words"), WORDED, ids=lambda value: type(value).__name__)
def test_data_in_words(content: Content, words: str) -> None:
    assert data_in_words(msgspec.json.decode(msgspec.json.encode(content))) == words


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"type": "text", "text": "***"}, "***"),
        ({"type": "image", "attachment_id": identifier(1), "name": "***", "text": "***"}, "[image] *** ***"),
        ({"type": "buttons", "buttons": [{"title": "Yes", "payload": "y"}], "text": "***"}, "*** [Yes]"),
        ({"type": "location", "latitude": "***", "longitude": "***", "name": "***"}, "[location] ***, ***, ***"),
        ({"type": "contact", "name": "***", "phone": "***"}, "[contact] ***, ***"),
        ({"type": "form_answers", "form_id": identifier(1), "answers": "***"}, "[form answers]\n***"),
        ({"type": "rating", "text": "***", "scale": 10}, "[rating] *** (1 to 10)"),
        ({"type": "custom", "payload": "***"}, "[custom]"),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "words",
)
def test_masks_stay_masks(data: dict[str, Any], words: str) -> None:
    assert data_in_words(data) == words
