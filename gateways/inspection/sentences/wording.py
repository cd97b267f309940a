"""The turns of phrase that sentences have in common."""

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["Data", "Sentence", "because", "clock", "sender", "with_note"]

Data = Mapping[str, Any]
Sentence = Callable[[Data, str], str]
"""Of an event's data and the id of the entity that its stream is of."""


def sender(data: Data) -> str:
    """``customer Ada``, ``agent alice``."""
    names = (data.get("name") if data["type"] == "customer" else data.get("id"), data.get("name"))
    name = next((name for name in names if name), "")
    return f"{data['type']} {name}".rstrip()


def because(data: Data, field: str = "reason") -> str:
    """The reason in brackets, where there is one."""
    return f" ({data[field]})" if data.get(field) else ""


def with_note(data: Data) -> str:
    return f", note: {data['note']}" if data.get("note") else ""


def clock(instant: str) -> str:
    """The time of day in UTC."""
    return instant[11:19]
