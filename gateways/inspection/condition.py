"""A condition on recorded events, as a JMESPath expression."""

from typing import Any

import msgspec

from gateways.inspection.expressions import parse_expression
from schemas.records import Record

__all__ = ["Condition"]

_METADATA = ("position", *(name for name in Record.__struct_fields__ if name not in ("data", "position")))
_FAILURES = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RuntimeError)


class Condition:
    """Asked of one record after the other; parsed once.

    The expression sees the event as it is recorded: an object of ``position``, ``stream``, ``version``, ``event_id``,
    ``type``, ``at``, ``schema_version``, ``correlation_id``, ``causation_id``, ``actor`` and ``data``. Raises
    ConditionError.
    """

    def __init__(self, text: str) -> None:
        self._expression = parse_expression(text, (*_METADATA, "data"))

    def matches(self, record: Record) -> bool:
        """Whether the expression gives anything but false, null, or what is empty. One that fails does not match."""
        try:
            found = self._expression.search(_event(record))
        except _FAILURES:
            return False
        return not (found is None or found is False or found in ("", [], {}))


def _event(record: Record) -> dict[str, Any]:
    event: dict[str, Any] = {name: getattr(record, name) for name in _METADATA}
    event["data"] = msgspec.json.decode(record.data)
    return event
