"""Describing a recorded event in a few words."""

from collections.abc import Callable
from typing import Any

import msgspec

from gateways.command_line.neutralising import neutralise
from projections import data_in_words
from schemas.records import Record, entity_id_of

__all__ = ["describe_briefly"]

Shorten = Callable[[str], str]

_OMITTED_FIELDS = {
    "assigned_at",
    "candidate_count",
    "changed_at",
    "closed_at",
    "connection_grace_seconds",
    "entered_at",
    "logged_in_at",
    "message_id",
    "note_id",
    "offered_at",
    "opened_at_version",
    "queued_at",
    "request_digest",
    "reserved_at",
    "started_at",
}
_NAMES = ("name", "agent_id", "id", "type")
_MAX_DEPTH = 3


def describe_briefly(record: Record, shorten: Shorten) -> str:
    """Returns a message's text, or the fields of another event that matter, on one line.

    ``shorten`` is called with every text among the fields, so that it may cut the ids.
    """
    try:
        data = msgspec.json.decode(record.data)
    except (UnicodeDecodeError, msgspec.MsgspecError):
        data = record.data.decode(errors="backslashreplace")
    return neutralise(_message(data) or _fields(data, entity_id_of(record.stream), shorten))


def _message(data: object) -> str | None:
    match data:
        case {"sender": {"type": sender, **names}, "content": dict() as content}:
            name = names.get("name") or names.get("id") or ""
            return f"{sender} {name}".rstrip() + f": {_content(content)}"
        case {"note_id": _, "agent_id": agent_id, "text": text}:
            return f"note of {agent_id}: {text}"
    return None


def _content(content: dict[str, Any]) -> str:  # Any: JSON, which a damaged journal may hold in any shape
    """Returns the content in words. Content that has no such words is described by the names in it."""
    try:
        return data_in_words(content)
    except (AttributeError, KeyError, TypeError):
        return _value(content, str)


def _fields(data: object, entity_id: str, shorten: Shorten) -> str:
    """Lists the fields that matter. The stream's own id and empty values are left out."""
    if not isinstance(data, dict):
        return _value(data, shorten)
    return " ".join(
        f"{name}={_value(value, shorten)}"
        for name, value in data.items()
        if name not in _OMITTED_FIELDS and value not in (None, "", [], {}, entity_id)
    )


def _value(value: object, shorten: Shorten, depth: int = _MAX_DEPTH) -> str:
    """Returns a value in short: an object by its name, and a list by the names of its items."""
    if isinstance(value, str):
        return shorten(value)
    if isinstance(value, list | dict) and not depth:
        return "…"
    if isinstance(value, list):
        return ",".join(_value(item, shorten, depth - 1) for item in value)
    if isinstance(value, dict):
        return _named(value, shorten, depth - 1)
    return msgspec.json.encode(value).decode()


def _named(value: dict[str, object], shorten: Shorten, depth: int) -> str:
    for name in _NAMES:
        if isinstance(named := value.get(name), str):
            return shorten(named)
    return ",".join(f"{name}:{_value(item, shorten, depth)}" for name, item in value.items())
