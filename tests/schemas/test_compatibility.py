"""The comparison that guards recorded events."""

from typing import Annotated, Any, Literal

import msgspec
import pytest

from schemas.instants import Instant
from tests.schemas.compatibility import breaking_changes


def recorded(data_type: Any, version: int = 1) -> dict[str, Any]:
    """The schemas of a program with one event type whose data has one field of this type."""
    event = msgspec.defstruct("Event", [("field", data_type)])
    return {"Event": {"version": version, "schema": msgspec.json.schema(event)}}


def recorded_fields(*fields: Any, **options: Any) -> dict[str, Any]:
    event = msgspec.defstruct("Event", fields, **options)
    return {"Event": {"version": 1, "schema": msgspec.json.schema(event)}}


class Text(msgspec.Struct, tag="text"):
    text: str


class LongerText(msgspec.Struct, tag="text"):
    text: str
    language: str = "en"


class Image(msgspec.Struct, tag="image"):
    url: str


class ImageWithoutUrl(msgspec.Struct, tag="image"):
    pass


class Closed(msgspec.Struct, forbid_unknown_fields=True):
    text: str


class Open(msgspec.Struct):
    text: str


class Chain(msgspec.Struct):
    text: str
    more: "Chain | None" = None


Short = Annotated[str, msgspec.Meta(min_length=1, max_length=10)]
Longer = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


SAFE = [
    (int, float),
    (str, str | None),
    (str, Any),
    (Literal["a"], Literal["a", "b"]),
    (Literal["a"], str),
    (Short, Longer),
    (Short, str),
    (Text | Image, LongerText | Image),
    (Text, Text | Image),
    (Closed, Open),
    (dict[str, int], dict[str, int | None]),
    (dict[str, Any], dict[str, Any]),
    (list[str], list[str | None]),
    (Chain, Chain),
    (dict[Short, int], dict[Short, int]),
]

BREAKING = [
    (str, int),
    (float, int),
    (str | None, str),
    (Any, str),
    (str, Instant),
    (Literal["a", "b"], Literal["a"]),
    (Literal["a"], Literal[1]),
    (Literal["a"], int),
    (str, Literal["a"]),
    (Longer, Short),
    (str, Short),
    (Text | Image, Text),
    (Text | Image, LongerText | ImageWithoutUrl),
    (Open, Closed),
    (dict[str, Any], dict[str, int]),
    (dict[str, str], dict[str, int]),
    (dict[str, int], Closed),
    (list[str], list[int]),
    (list[Any], list[int]),
    (list[str], dict[str, str]),
    (Text, Open),
    (dict[str, int], dict[Short, int]),
]


@pytest.mark.parametrize(("before", "after"), SAFE, ids=str)
def test_recorded_values_fit_a_wider_type(before: Any, after: Any) -> None:
    assert breaking_changes(recorded(before), recorded(after)) == []


@pytest.mark.parametrize(("before", "after"), BREAKING, ids=str)
def test_recorded_values_may_not_fit_another_type(before: Any, after: Any) -> None:
    assert len(breaking_changes(recorded(before), recorded(after))) >= 1


def test_a_new_field_with_a_default_is_safe() -> None:
    assert breaking_changes(recorded_fields(("a", str)), recorded_fields(("a", str), ("b", int, 0))) == []


def test_a_default_for_an_old_field_is_safe() -> None:
    assert breaking_changes(recorded_fields(("a", str)), recorded_fields(("a", str, "x"))) == []


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ([("a", str)], [("a", str), ("b", int)], "Event.b: is required now"),
        ([("a", str), ("b", int)], [("a", str)], "Event.b: was removed"),
        ([("a", str), ("b", int, 0)], [("a", str)], "Event.b: was removed"),
        ([("a", str)], [("renamed", str)], "Event.a: was removed"),
        ([("a", str, "x")], [("a", str, "y")], "Event.a: another default"),
        ([("a", str, "x")], [("a", str)], "Event.a: is required now"),
        ([("a", str)], [("a", int)], "Event.a: was string, is integer"),
    ],
)
def test_a_change_of_fields_is_named(before: list[Any], after: list[Any], change: str) -> None:
    changes = breaking_changes(recorded_fields(*before), recorded_fields(*after))
    assert any(found.startswith(change) for found in changes), changes


def test_forbidding_unknown_fields_breaks_data_with_fields_removed_before() -> None:
    changes = breaking_changes(recorded_fields(("a", str)), recorded_fields(("a", str), forbid_unknown_fields=True))
    assert changes == ["Event: forbids unknown fields now"]


def test_a_removed_type_breaks() -> None:
    assert breaking_changes(recorded(str), {}) == ["Event: the type was removed"]


def test_a_new_type_is_safe() -> None:
    assert breaking_changes({}, recorded(str)) == []


def test_a_raised_version_answers_for_itself() -> None:
    assert breaking_changes(recorded(str, version=1), recorded(int, version=2)) == []


def test_a_version_that_goes_back_breaks() -> None:
    assert breaking_changes(recorded(str, version=2), recorded(str, version=1)) == [
        "Event: the version went back from 2 to 1"
    ]
