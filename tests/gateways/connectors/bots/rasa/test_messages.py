"""Rasa's answers become messages within the limits."""

import msgspec
import pytest

from gateways.connectors.bots.bot import Handoff
from gateways.connectors.bots.rasa.messages import RasaAnswer, contents_of, handoff_of
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
    return msgspec.convert({"recipient_id": "c", **fields}, RasaAnswer)


LONG = "x" * 10_000


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (answer(), []),
        (answer(text=""), []),
        (answer(text="Hello"), [TextContent("Hello")]),
        (answer(text=LONG), [TextContent("x" * 4096), TextContent("x" * 4096), TextContent("x" * 1808)]),
        (answer(image="https://a/b"), [ImageContent("https://a/b")]),
        (answer(image=LONG), [CustomContent({"image": LONG})]),
        (answer(image="javascript:alert(1)"), [CustomContent({"image": "javascript:alert(1)"})]),
        (answer(attachment=LONG), [CustomContent({"attachment": LONG})]),
        (answer(attachment={"type": "video"}), [CustomContent({"attachment": {"type": "video"}})]),
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
def test_each_answer_becomes_contents_within_the_limits(given: RasaAnswer, expected: list[Content]) -> None:
    contents = contents_of(given)
    assert contents == expected
    for content in contents:
        recorded = msgspec.json.encode(content)
        field = next(field for field in msgspec.structs.fields(MessagePosted) if field.name == "content")
        assert msgspec.json.decode(recorded, type=field.type) == content


def test_the_contents_of_one_answer_have_a_fixed_order() -> None:
    given = answer(text="a", image="https://a/b", attachment="c", custom={"d": 1})
    kinds = [type(content) for content in contents_of(given)]
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
