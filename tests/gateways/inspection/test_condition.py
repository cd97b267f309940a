"""Conditions select recorded events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.inspection.condition import Condition
from gateways.inspection.exceptions import ConditionError
from schemas.records import Record

RECORD = Record(
    stream="agent-alice",
    version=2,
    event_id="id",
    type="AgentStateChanged",
    at="2026-11-22T10:00:00.000000Z",
    schema_version=1,
    correlation_id="correlation",
    causation_id="",
    actor="system",
    data=b'{"state":"not_ready","reason":"rona","tasks":[{"id":"a","place":0},{"id":"b"}],"mrds":{"chat":3},"none":[]}',
    position=7,
)


@pytest.mark.parametrize(
    "text",
    [
        "type == 'AgentStateChanged'",
        "position == `7` && version == `2` && schema_version == `1`",
        "position > `6`",
        "at >= '2026-11-22' && at < '2026-11-23'",
        "data.reason == 'rona'",
        "data.tasks[?id == 'b']",
        "data.tasks[0].place",
        "contains(['AgentLoggedIn', 'AgentStateChanged'], type)",
        "starts_with(stream, 'agent-') && !causation_id",
        "data.mrds.chat",
        "length(data.tasks) == `2`",
        "[data.state, actor] == ['not_ready', 'system']",
        "{a: correlation_id, b: event_id} | a == 'correlation'",
        "data.tasks | [?id == 'a'].place",
        "contains(stream, 'alice') | @",
        "data.*.chat",
        "data.tasks[].id | sort(@)",
        "max_by(data.tasks, &id).id == 'b'",
        "\"type\" == 'AgentStateChanged'",
    ],
)
def test_a_condition_that_holds_matches(text: str) -> None:
    assert Condition(text).matches(RECORD)


@pytest.mark.parametrize(
    "text",
    [
        "type == 'agentstatechanged'",
        "position == '7'",
        "data.nothing",
        "data.none",
        "causation_id",
        "data.tasks[5]",
        "`false`",
        "starts_with(position, 'a')",
        "sum(data.tasks)",
        "data.reason.reason",
        "data.tasks[?id == 'c']",
        "join(',', data.tasks)",
        "data.tasks[::0]",
        "position == `" + "9" * 4_000 + "`",
        "data[" + "9" * 4_000 + "]",
    ],
)
def test_a_condition_that_does_not_hold_or_fails_does_not_match(text: str) -> None:
    assert not Condition(text).matches(RECORD)


@pytest.mark.parametrize("data", [b"{", b"\xff", b'{"a":' + b"[" * 5_000])
def test_data_that_is_not_json_never_matches(data: bytes) -> None:
    damaged = Record(**{**{name: getattr(RECORD, name) for name in Record.__struct_fields__}, "data": data})
    assert not Condition("type == 'AgentStateChanged'").matches(damaged)


@pytest.mark.parametrize(
    ("text", "problem", "position"),
    [
        ("", "the condition ends too early", 0),
        ("   ", "the condition ends too early", 3),
        ("type ==", "the condition ends too early", 7),
        ("data.tasks[?id", "the condition ends too early", 14),
        ("type = 'a'", "this is no JMESPath: Unknown token '='; text stands in single quotes", 5),
        ("type == 'a", "Unclosed ' delimiter", 8),
        ("type == 'a' stream", "stream is not expected here", 12),
        ("data..a", ". is not expected here", 5),
        ("12", "12 is not expected here", 0),
        ('type == "AgentJoined"', "there is no field AgentJoined, but position, stream, version", 8),
        ("reason == 'rona'", "there is no field reason, but position", 0),
        ("data.a && length(task) > `1`", "there is no field task", 17),
        ("data.a && size(data)", "there is no function size, but abs, avg", 10),
        ("data.tasks[?size(a)].length(b, c)", "there is no function size", 12),
        ("data.tasks[?length(a)].length(b, c)", "length takes 1 arguments and is given 2", 23),
        ("contains(type)", "contains takes 2 arguments and is given 1", 0),
        ("not_null()", "not_null takes at least 1 arguments and is given 0", 0),
        ("(" * 2_000, "the condition is nested too deeply", 0),
        ("!" * 4_000 + "data", "the condition is nested too deeply", 0),
        ("[@, @][] | " * 30 + "@", "the condition copies what it looks at too often", 0),
        ("to_string([" * 30 + "@" + "])" * 30, "the condition copies what it looks at too often", 0),
        ("join(" * 30 + "type" + ", keys(@))" * 30, "the glue of join is a text in single quotes", 0),
        ("a" * 5_000, "a condition has at most 4,096 characters", 4_096),
    ],
)  # fmt: skip
def test_an_invalid_condition_is_refused_with_the_place_of_its_error(text: str, problem: str, position: int) -> None:
    with pytest.raises(ConditionError) as raised:
        Condition(text)
    assert problem in raised.value.problem
    assert raised.value.position == position
    assert str(raised.value).splitlines()[-1].strip() == "^"


def test_the_caret_stands_under_the_place() -> None:
    with pytest.raises(ConditionError, match=r"^there is no field reason(?s:.*)\ntype && reason\n        \^$"):
        Condition("type && reason")


WORDS = ["type", "data", "position", "(", ")", "[", "]", "[?", "[]", "{", "}", ":", ",", ".", "*", "@", "&", "&&", "||"]
WORDS += [
    "|",
    "!",
    "==",
    "<",
    "'a'",
    '"b"',
    "`1`",
    "`x`",
    "`",
    "0",
    "-1",
    "length",
    "sort_by",
    "not_null",
    " ",
    "\\",
    "é",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join) | st.text(max_size=20))
def test_any_text_is_a_condition_or_raises_a_condition_error(text: str) -> None:
    result = match_or_error(text)
    assert isinstance(result, bool) or (0 <= result.position <= len(text) and result.problem)


def match_or_error(text: str) -> bool | ConditionError:
    try:
        return Condition(text).matches(RECORD)
    except ConditionError as error:
        return error
