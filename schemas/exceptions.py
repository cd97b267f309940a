"""Everything that the schemas raise."""

from collections.abc import Sequence

from schemas.field_errors import FieldError
from schemas.pointing import pointed_out

__all__ = [
    "CalendarError",
    "CriterionError",
    "InvalidTablesError",
    "SchemaError",
    "UndecodableEventError",
    "UnknownEventTypeError",
]


class SchemaError(Exception):
    """Raised when something recorded or configured does not fit the schemas; the base of the others."""


class UnknownEventTypeError(SchemaError):
    """Raised when a record names an event type that the registry does not hold."""


class UndecodableEventError(SchemaError):
    """Raised when a record's data does not fit the schema of its type and version."""


class InvalidTablesError(SchemaError):
    """Raised when configured items do not fit their tables; ``faults`` are all of them, each with its path, such as
    ``queues.sales.priority``."""

    def __init__(self, faults: Sequence[FieldError]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.message}" for fault in faults))
        self.faults = tuple(faults)


class CalendarError(SchemaError):
    """Raised when a calendar cannot be followed; ``path`` is the field at fault, ``problem`` names what to write."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}")


class CriterionError(SchemaError):
    """Raised when a step's criterion cannot be understood, or names an attribute that does not fit.

    ``problem`` says what is wrong, ``position`` where in the text, from 0; the message shows the place.
    """

    def __init__(self, problem: str, text: str, position: int) -> None:
        self.problem = problem
        self.position = position
        super().__init__(f"{problem}\n{pointed_out(text, position)}")
