"""Everything the schemas raise."""

__all__ = ["InvalidItemError", "SchemaError", "UndecodableEventError", "UnknownEventTypeError"]


class SchemaError(Exception):
    """Raised when something recorded does not fit the schemas; the base of the others."""


class UnknownEventTypeError(SchemaError):
    """Raised when a record names an event type that the registry does not hold."""


class UndecodableEventError(SchemaError):
    """Raised when a record's data does not fit the schema of its type and version."""


class InvalidItemError(SchemaError):
    """Raised when a configured item does not fit its table; ``name`` is empty when the table itself is wrong.

    ``message`` may end with the place inside the item, as msgspec names it.
    """

    def __init__(self, table: str, name: str, message: str) -> None:
        super().__init__(f"[{table}.{name}]: {message}" if name else f"[{table}]: {message}")
        self.table = table
        self.name = name
        self.message = message
