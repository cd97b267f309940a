"""The phrases that several sentences use."""

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["Data", "Sentence", "because", "clock", "sender", "with_note"]

Data = Mapping[str, Any]  # an event's data as JSON values, possibly masked
Sentence = Callable[[Data, str], str]
"""Makes the sentence from an event's data and the id of its stream's entity."""


def sender(data: Data) -> str:
    """The sender's type and name, such as ``customer Ada`` or ``agent alice``."""
    names = (data.get("name") if data["type"] == "customer" else data.get("id"), data.get("name"))
    name = next((name for name in names if name), "")
    return f"{data['type']} {name}".rstrip()


def because(data: Data, field: str = "reason") -> str:
    """The reason in brackets, or nothing when there is none."""
    return f" ({data[field]})" if data.get(field) else ""


def with_note(data: Data) -> str:
    return f", note: {data['note']}" if data.get("note") else ""


def clock(instant: str) -> str:
    """The time of day in UTC."""
    return instant[11:19]
