"""The parameters that the inspection API takes."""

from datetime import datetime

from actors.entities import DECIDERS
from gateways.api.call import Call
from gateways.http.problems import Problem, invalid_input
from gateways.inspection.condition import Condition
from gateways.inspection.exceptions import ConditionError
from schemas.instants import parse_instant
from schemas.records import category_of, entity_id_of

__all__ = ["condition", "instant", "no_such_stream", "stream_name"]

_MAX_QUOTED = 64
"""A message quotes at most so many characters of a wrong parameter."""


def stream_name(call: Call) -> str:
    """The stream in the path. Raises Problem (404) when no stream can have this name."""
    name = call.parameter("stream")
    if category_of(name) not in DECIDERS or not entity_id_of(name):
        raise no_such_stream(name)
    return name


def no_such_stream(name: str) -> Problem:
    return Problem("not_found", f"there is no stream {name[:_MAX_QUOTED]!r}")


def instant(call: Call, name: str) -> datetime | None:
    text = call.query.get(name)
    if text is None:
        return None
    try:
        return parse_instant(text)
    except (ValueError, OverflowError):
        message = f"must be an instant with an offset, such as 2026-11-22T10:00:00Z, not {text[:_MAX_QUOTED]!r}"
        raise invalid_input(name, message) from None


def condition(call: Call) -> Condition | None:
    """The condition on events in the parameter ``where``."""
    text = call.query.get("where")
    if not text:
        return None
    try:
        return Condition(text)
    except ConditionError as error:
        raise invalid_input("where", f"{error.problem}, at character {error.position + 1}") from None
