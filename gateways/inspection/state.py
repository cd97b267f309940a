"""What a stream's events add up to, in plain JSON values, and what the last of them changed."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import jsonpatch
import msgspec

from actors.entities import decider_of
from gateways.inspection.exceptions import UnfoldableStreamError
from schemas.events import REGISTRY
from schemas.records import Record, entity_id_of

__all__ = ["StateChange", "change_of_last", "evolve_all", "patch_between", "readable", "state_of"]


class StateChange(NamedTuple):
    """The state after the last event, and an RFC 6902 patch from the one before it.

    What an operation replaces, removes or moves stands in it as ``before``, beyond what the RFC knows.
    """

    state: Any
    patch: list[dict[str, Any]]


def state_of(stream: str, records: Sequence[Record]) -> Any:
    """The state after these records, all of the stream from its first on.

    Raises UnfoldableStreamError when they do not fold, SchemaError when one does not decode.
    """
    state = _initial(stream)
    evolve_all(stream, state, records)
    return readable(state)


def change_of_last(stream: str, records: Sequence[Record]) -> StateChange:
    """Like ``state_of``, with what the last record changed. Folds the stream once. ``records`` are one at least."""
    state = _initial(stream)
    evolve_all(stream, state, records[:-1])
    before = readable(state)
    evolve_all(stream, state, records[-1:])
    after = readable(state)
    return StateChange(after, patch_between(before, after))


def _initial(stream: str) -> Any:
    return decider_of(stream).initial(entity_id_of(stream))


def evolve_all(stream: str, state: Any, records: Sequence[Record]) -> None:
    """Changes the state by these records. Raises UnfoldableStreamError, and SchemaError when one does not decode."""
    evolve = decider_of(stream).evolve
    try:
        for record in records:
            evolve(state, REGISTRY.decode(record))
    except (LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
        raise UnfoldableStreamError(f"the events of {stream} do not fold: {type(error).__name__}") from error


def patch_between(before: Any, after: Any) -> list[dict[str, Any]]:
    """Each operation is applied before the next is looked at: it may move what that one names."""
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
