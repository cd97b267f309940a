"""The phrases that several sentences use."""

from collections.abc import Callable, Mapping
from typing import Any

from gateways.inspection.clock import Clock

__all__ = ["Data", "Sentence", "because", "sender", "with_note"]


class Data(dict[str, Any]):
    """An event's data as JSON values, possibly masked, and the clock by which its instants are read."""

    def __init__(self, values: Mapping[str, Any], clock: Clock) -> None:
        super().__init__(values)
        self.clock = clock

    def time(self, field: str) -> str:
        """The field's instant, with its zone."""
        return self.clock.time(self[field])


Sentence = Callable[[Data, str], str]
"""Makes the sentence from an event's data and the id of its stream's entity."""


def sender(data: Mapping[str, Any]) -> str:
    """The sender's type and name, such as ``customer Ada`` or ``agent alice``."""
    names = (data.get("name") if data["type"] == "customer" else data.get("id"), data.get("name"))
    name = next((name for name in names if name), "")
    return f"{data['type']} {name}".rstrip()


def because(data: Data, field: str = "reason") -> str:
    """The reason in brackets, or nothing when there is none."""
    return f" ({data[field]})" if data.get(field) else ""


def with_note(data: Data) -> str:
    return f", note: {data['note']}" if data.get("note") else ""
