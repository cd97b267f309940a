"""The state of a stream in plain JSON values, and the changes that one event made to it."""

from collections.abc import Mapping, Sequence
from typing import Any

import jsonpatch
import msgspec

from actors.decider import EntityState
from actors.folding import advance
from gateways.inspection.exceptions import UnfoldableStreamError
from schemas.records import Record

__all__ = ["evolve_all", "patch_between", "readable"]


def evolve_all(stream: str, state: EntityState, records: Sequence[Record]) -> None:
    """Applies the records to the state, in place. Raises UnfoldableStreamError, and SchemaError when a record does not
    decode."""
    try:
        advance(stream, state, records)
    except (LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
        raise UnfoldableStreamError(f"the events of {stream} do not fold: {type(error).__name__}") from error


def patch_between(before: object, after: object) -> list[dict[str, Any]]:  # jsonpatch has no types
    """An RFC 6902 patch. In addition to the RFC, an operation that replaces, removes or moves a value holds that value
    as ``before``.

    Each operation is applied before the next one is completed, because it may move the value that the next one names.
    """
    operations: list[dict[str, Any]] = jsonpatch.make_patch(before, after).patch
    for operation in operations:
        if operation["op"] != "add":
            operation["before"] = jsonpatch.JsonPointer(operation.get("from", operation["path"])).resolve(before)
        before = jsonpatch.apply_patch(before, [operation], in_place=True)
    return operations


def readable(value: Any) -> Any:  # any value of a state, and any JSON value
    """The value as plain JSON values. A struct is replaced by its ``describe()`` or its fields, a named tuple by its
    fields, a set by a sorted list, and bytes by hexadecimal text."""
    if hasattr(value, "describe"):
        return readable(value.describe())
    if isinstance(value, msgspec.Struct):
        return {name: readable(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return readable(value._asdict())
    if isinstance(value, Mapping):
        return {str(name): readable(item) for name, item in value.items()}
    if isinstance(value, set | frozenset):
        return [readable(item) for item in sorted(value)]
    if isinstance(value, list | tuple):
        return [readable(item) for item in value]
    return value.hex() if isinstance(value, bytes) else msgspec.to_builtins(value)
