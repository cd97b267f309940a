"""Attachments of bots' answers, which Rasa has as objects, become contents."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.connectors.bots.rasa.attachments import attached
from gateways.connectors.bots.rasa.left_out import LeftOut
from schemas.content import AttachmentContent, AudioContent, Content, FileContent, ImageContent, VideoContent

URL = "https://shop.example/a"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("invoice.pdf", AttachmentContent("invoice.pdf")),
        ({"type": "image", "payload": {"src": URL}}, ImageContent(URL)),
        ({"type": "video", "payload": {"src": URL, "title": "How to"}}, VideoContent(URL, name="How to")),
        ({"type": "audio", "payload": {"url": URL}}, AudioContent(URL)),
        ({"type": "file", "payload": URL, "name": "invoice.pdf"}, FileContent(URL, name="invoice.pdf")),
        ({"type": "document", "url": URL}, FileContent(URL)),
        ({"type": "Image/PNG", "url": URL}, ImageContent(URL)),
        ({"type": "image", "payload": {"src": "x", "url": URL, "name": "\u200b"}}, ImageContent(URL)),
        ({"type": "sticker", "payload": {"url": URL}}, AttachmentContent(URL)),
        ({"type": ["image"], "url": URL}, AttachmentContent(URL)),
        ({"payload": {"src": URL}}, AttachmentContent(URL)),
    ],
)
def test_an_attachment_becomes_a_content_of_its_kind(value: object, expected: Content) -> None:
    assert attached(value) == expected


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"type": "video"}, "the attachment of the type 'video' has no address that begins with http:// or https://"),
        ({"type": "x" * 99}, f"the attachment of the type {'x' * 40!r} has no address that begins with http:// or "),
        ({"payload": {"src": "javascript:alert(1)"}}, "the attachment has no address that begins with http:// or "),
        ({"type": "image", "payload": {"src": "data:image/png;base64,AA"}}, "the attachment of the type 'image' has "),
        ({"type": "image", "payload": {"src": f"https://a/{'x' * 2048}"}}, "the attachment of the type 'image' has "),
        ({}, "the attachment has no address"),
        ([{"src": URL}], "the attachment is neither an address nor an object"),
        ("x" * 2049, "the attachment is neither an address nor an object"),
        (7, "the attachment is neither an address nor an object"),
    ],
)
def test_what_cannot_be_read_is_left_out_with_the_reason(value: object, reason: str) -> None:
    left_out = attached(value)
    assert isinstance(left_out, LeftOut)
    assert left_out.reason.startswith(reason)


_LEAVES = (
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from([URL, "image", "video/mp4", "x" * 3000])
)


def _nested(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.sampled_from(["type", "payload", "src", "url", "name", "title"])
    return st.lists(children, max_size=3) | st.dictionaries(names, children, max_size=6)


@given(st.recursive(_LEAVES, _nested, max_leaves=12))
def test_any_attachment_is_within_the_limits_or_left_out(value: object) -> None:
    read = attached(value)
    if not isinstance(read, LeftOut):
        assert msgspec.json.decode(msgspec.json.encode(read), type=Content) == read
