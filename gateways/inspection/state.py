"""What a stream's events add up to, in plain JSON values, and what the last of them changed."""

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
    """Changes the state by these records. Raises UnfoldableStreamError, and SchemaError when one does not decode."""
    try:
        advance(stream, state, records)
    except (LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
        raise UnfoldableStreamError(f"the events of {stream} do not fold: {type(error).__name__}") from error


def patch_between(before: Any, after: Any) -> list[dict[str, Any]]:
    """An RFC 6902 patch. What an operation replaces, removes or moves stands in it as ``before``, beyond what the RFC
    knows.

    Each operation is applied before the next is looked at: it may move what that one names.
    """
    operations: list[dict[str, Any]] = jsonpatch.make_patch(before, after).patch
    for operation in operations:
        if operation["op"] != "add":
            operation["before"] = jsonpatch.JsonPointer(operation.get("from", operation["path"])).resolve(before)
        before = jsonpatch.apply_patch(before, [operation], in_place=True)
    return operations


def readable(value: Any) -> Any:
    """Structs by what they show or their fields, named tuples by their fields, sets in order, bytes in hexadecimal."""
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
