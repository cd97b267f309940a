"""Everything the schemas raise."""

__all__ = ["SchemaError", "UndecodableEventError", "UnknownEventTypeError"]


class SchemaError(Exception):
    """Raised when something recorded does not fit the schemas; the base of the others."""


class UnknownEventTypeError(SchemaError):
    """Raised when a record names an event type that the registry does not hold."""


class UndecodableEventError(SchemaError):
    """Raised when a record's data does not fit the schema of its type and version."""
