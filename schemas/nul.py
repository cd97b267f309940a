"""NUL in texts from outside, which some databases and many programs refuse."""

from collections.abc import Iterator, Mapping

from schemas.field_errors import FieldError

__all__ = ["MAY_HOLD_NUL", "nul_faults"]

MAY_HOLD_NUL = frozenset({"attributes", "payload", "username", "password"})
"""The fields whose values may be any JSON, or are only compared."""


def nul_faults(value: object, place: str = "") -> list[FieldError]:
    """The places of plain JSON or TOML that hold NUL, and must not."""
    return [FieldError(found, "holds NUL (U+0000); leave it out") for found in _places(value, place)]


def _places(value: object, place: str) -> Iterator[str]:
    if isinstance(value, str):
        if "\0" in value:
            yield place
    elif isinstance(value, Mapping):
        for name, entry in value.items():
            yield from _places(str(name), place)
            if name not in MAY_HOLD_NUL:
                yield from _places(entry, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _places(entry, f"{place}[{number}]")
