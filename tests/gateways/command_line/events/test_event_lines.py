"""A recorded event as one line."""

import io
import json
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

from gateways.command_line.events.brief_description import describe_briefly
from gateways.command_line.events.event_lines import EventLines
from gateways.command_line.terminal import print_line
from schemas.identifiers import uuid7
from schemas.records import Record, conversation_stream
from tests.examples import identifier


def record(data: Any, stream: str = "conversation-1", event_type: str = "MessagePosted") -> Record:
    return Record(
        stream=stream,
        version=1,
        event_id=identifier(1),
        type=event_type,
        at="2026-11-22T10:00:00.123456Z",
        schema_version=1,
        correlation_id="correlation",
        causation_id="causation",
        actor="test",
        data=data if isinstance(data, bytes) else json.dumps(data).encode(),
        position=7,
    )


def printed(line: Text, width: int) -> str:
    file = io.StringIO()
    print_line(Console(file=file, force_terminal=True, width=width, color_system=None), line)
    return file.getvalue()


def posted(content: dict[str, Any], **sender: str) -> dict[str, Any]:
    return {"message_id": "m", "sender": {"type": "customer", **sender}, "content": content}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (posted({"type": "text", "text": "Hi"}, name="Ann"), "customer Ann: Hi"),
        (posted({"type": "text", "text": "Hi"}), "customer: Hi"),
        (posted({"type": "image", "url": "https://a/b"}, id="7"), "customer 7: [image] https://a/b"),
        (posted({"type": "buttons", "buttons": [{"title": "A"}, {"title": "B"}], "text": "?"}), "customer: ? [A | B]"),
        (posted({"type": "buttons", "buttons": ["A", {}], "text": None}), "customer: buttons"),
        (posted({"type": "custom", "payload": {"a": [1, True]}}), "customer: [custom]"),
        ({"note_id": "n", "agent_id": "alice", "agent_name": "Alice", "text": "rude"}, "note of alice: rude"),
        ({"state": "ready", "reason": None, "codes": [], "agent_id": "1"}, "state=ready"),
        ({"queue": {"name": "sales", "mrd": "chat"}, "priority": 5}, "queue=sales priority=5"),
        ({"candidates": [{"agent_id": "bob", "free_slots": 2}, {"agent_id": "eve"}]}, "candidates=bob,eve"),
        ({"mrds": {"chat": 3, "callback": 1}}, "mrds=chat:3,callback:1"),
        ({"attributes": {"a": {"b": {"c": {"d": 1}}}}}, "attributes=a:b:c:…"),
        ({"text\n": "\t\u2028\U000e0041"}, r"text\n=\t\u2028\U000e0041"),
        ([1, "\x1b"], r"1,\x1b"),
        (b"not \x9b JSON \xff", r"not \x9b JSON \xff"),
    ],
)
def test_an_event_is_described_in_a_few_words(data: Any, expected: str) -> None:
    assert describe_briefly(record(data), str) == expected


def test_deeply_nested_data_is_cut_off() -> None:
    nested = b'{"attributes":' + b'{"a":' * 400 + b"1" + b"}" * 401
    assert describe_briefly(record(nested), str) == "attributes=a:a:a:…"


@pytest.mark.parametrize("width", [20, 80, 110, 150, 220])
def test_a_terminal_line_never_exceeds_the_width(width: int) -> None:
    wide = posted({"type": "text", "text": "日本語" * 100}, name="Ann")
    line = printed(EventLines(width).line(record(wide, conversation_stream(identifier(1)))), width)
    assert line.count("\n") == 1
    assert Text(line.rstrip("\n")).cell_len <= width
    assert line.endswith("…\n")


def test_a_terminal_line_is_coloured_by_category() -> None:
    colours = [
        str(EventLines(80).line(record({}, stream)).spans[1].style)
        for stream in ("agent-a", "router-a", "conversation-a")
    ]
    assert colours == ["green", "magenta", "cyan"]


def test_names_from_a_damaged_journal_cannot_control_the_terminal() -> None:
    line = EventLines(200).line(record({}, "agent-\x1b[2J", "Mess\x1b[2J"))
    assert "\x1b" not in line.plain


def test_cut_ids_are_never_mistaken_for_each_other() -> None:
    lines = EventLines(80)
    first, other = (conversation_stream(uuid7(1000 * n, 0xABCDEF)) for n in (1, 2))
    assert "conversation-…abcdef" in lines.line(record({}, first)).plain
    assert other in lines.line(record({}, other)).plain
    assert "conversation-…abcdef" in lines.line(record({}, first)).plain


def test_nothing_is_cut_without_a_terminal() -> None:
    stream = conversation_stream(identifier(1))
    assert stream in EventLines(None).line(record({}, stream)).plain
