"""Rasa's answers become messages within the limits."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.connectors.bots.bot import Handoff
from gateways.connectors.bots.rasa.messages import RasaAnswer, contents_of, handoff_of, read_answers
from schemas.content import (
    AttachmentContent,
    Button,
    ButtonsContent,
    Content,
    CustomContent,
    ImageContent,
    TextContent,
)
from schemas.events import MessagePosted


def answer(**fields: object) -> RasaAnswer:
    return msgspec.convert(fields, RasaAnswer)


LINK = {"title": "Here", "url": "https://a/b"}
YES = {"title": "Yes", "payload": "/y"}
LONG = "x" * 10_000


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (answer(), []),
        (answer(text=""), []),
        (answer(text="Hello"), [TextContent("Hello")]),
        (answer(text=LONG), [TextContent("x" * 4096), TextContent("x" * 4096), TextContent("x" * 1808)]),
        (answer(text=4711), [TextContent("4711")]),
        (answer(text="Shop", buttons=[LINK]), [TextContent("Shop"), TextContent("Here: https://a/b")]),
        (answer(buttons=[LINK, YES, {}, 7]), [ButtonsContent([Button("Yes", "/y")]), TextContent("Here: https://a/b")]),
        (answer(buttons={"title": "Yes"}), [ButtonsContent([Button("Yes", "Yes")])]),
        (answer(buttons=[{"title": "a", "payload": {"b": 1}}], text="Hello"), [TextContent("Hello")]),
        (answer(text=["a"], image=["b"]), [CustomContent({"image": ["b"]})]),
        (answer(image="https://a/b"), [ImageContent("https://a/b")]),
        (answer(image=LONG), [CustomContent({"image": LONG})]),
        (answer(image="javascript:alert(1)"), [CustomContent({"image": "javascript:alert(1)"})]),
        (answer(attachment=LONG), []),
        (answer(attachment={"type": "video"}, text="Hello"), [TextContent("Hello")]),
        (answer(attachment={"type": "image", "payload": {"src": "https://a/b"}}), [ImageContent("https://a/b")]),
        (answer(attachment=None, image="", buttons=[]), []),
        (answer(custom={"handoff": True}), []),
        (answer(custom={"handoff": True}, text="Bye"), [TextContent("Bye")]),
        (answer(custom=[]), [CustomContent([])]),
        (
            answer(buttons=[{"title": "t" * 300, "payload": LONG}]),
            [ButtonsContent([Button("t" * 256, "x" * 4096)], None)],
        ),
        (
            answer(text="y" * 5000, buttons=[{"title": "t", "payload": ""}] * 60),
            [ButtonsContent([Button("t", "")] * 50, "y" * 4096), TextContent("y" * 904)],
        ),
    ],
)
def test_each_answer_becomes_contents_within_the_limits(said: RasaAnswer, expected: list[Content]) -> None:
    contents = contents_of(said)
    assert contents == expected
    for content in contents:
        recorded = msgspec.json.encode(content)
        field = next(field for field in msgspec.structs.fields(MessagePosted) if field.name == "content")
        assert msgspec.json.decode(recorded, type=field.type) == content


def test_the_contents_of_one_answer_have_a_fixed_order() -> None:
    said = answer(text="a", image="https://a/b", attachment="c", custom={"d": 1})
    kinds = [type(content) for content in contents_of(said)]
    assert kinds == [TextContent, ImageContent, AttachmentContent, CustomContent]


@pytest.mark.parametrize(
    ("custom", "expected"),
    [
        (None, None),
        ({}, None),
        ("handoff", None),
        ({"handoff": 0}, None),
        ({"handoff": True}, Handoff()),
        ({"handoff": "yes", "reason": "r" * 2000}, Handoff(reason="r" * 1024)),
        ({"handoff": {"queue": "sales"}, "queue": "support"}, Handoff(queue="sales")),
    ],
)
def test_hand_offs_are_recognised(custom: object, expected: Handoff | None) -> None:
    assert handoff_of(answer(custom=custom)) == expected


DIRECTIVES = ({"custom": {"silent": True}}, {"custom": {"handoff": True}})


@pytest.mark.parametrize(
    ("entries", "silent", "on_purpose"),
    [
        ([], True, False),
        ([{}], True, False),
        ([{"text": ""}], True, False),
        ([{"custom": {"silent": False}}], False, False),
        ([{"custom": {"silent": "yes"}}], False, False),
        ([{"custom": {"silent": True}}], False, True),
        ([{"custom": {"silent": True}}, {"text": "Hello"}], False, True),
        ([{"text": "Hello"}], False, False),
        ([{"custom": {"handoff": True}}], False, False),
    ],
)
def test_a_bot_is_silent_unless_it_says_something_or_means_to_be(
    entries: list[object], silent: bool, on_purpose: bool
) -> None:
    read = read_answers(msgspec.json.encode(entries))
    assert (read.is_silent, read.silent_on_purpose) == (silent, on_purpose)
    assert len(read.contents) == sum(entry not in ({}, {"text": ""}, *DIRECTIVES) for entry in entries)


def _nested(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.sampled_from(["title", "payload", "url", "handoff", "queue", "type", "src", "name", "silent"])
    return st.lists(children, max_size=4) | st.dictionaries(names, children, max_size=4)


def test_what_cannot_be_posted_is_named() -> None:
    body = msgspec.json.encode(
        [{"text": "Hello", "buttons": [{"title": "a", "url": "ftp://a"}, {}]}] * 2 + [{"text": []}]
    )
    read = read_answers(body)
    assert read.contents == [TextContent("Hello")] * 2
    assert read.left_out == [
        "the address of the button 'a' does not begin with http:// or https://",
        "a button has no title",
    ] * 2 + ["text is no text"]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), _nested, max_leaves=12))
def test_any_json_is_posted_or_named(entry: object) -> None:
    """What is posted is within the limits of what is recorded."""
    body = msgspec.json.encode([dict.fromkeys(RasaAnswer.__struct_fields__, entry), {"text": "Hello"}])
    read = read_answers(body)
    assert TextContent("Hello") in read.contents
    for content in read.contents:
        assert msgspec.json.decode(msgspec.json.encode(content), type=Content) == content
