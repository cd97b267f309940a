"""A condition on recorded events, as a JMESPath expression."""

import msgspec

from gateways.inspection.expressions import parse_expression
from schemas.records import Record

__all__ = ["Condition"]

_METADATA = ("position", *(name for name in Record.__struct_fields__ if name not in ("data", "position")))
_FAILURES = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RuntimeError)


class Condition:
    """A condition that is parsed once and checked on any number of records.

    The expression sees the event as it is recorded: an object of ``position``, ``stream``, ``version``, ``event_id``,
    ``type``, ``at``, ``schema_version``, ``correlation_id``, ``causation_id``, ``actor`` and ``data``. Raises
    ConditionError.
    """

    def __init__(self, text: str) -> None:
        self._expression = parse_expression(text, (*_METADATA, "data"))

    def matches(self, record: Record) -> bool:
        """Whether the expression's result is neither false, nor null, nor empty. An expression that fails does not
        match."""
        try:
            found = self._expression.search(_event(record))
        except _FAILURES:
            return False
        return not (found is None or found is False or found in ("", [], {}))


def _event(record: Record) -> dict[str, object]:
    event: dict[str, object] = {name: getattr(record, name) for name in _METADATA}
    event["data"] = msgspec.json.decode(record.data)
    return event
