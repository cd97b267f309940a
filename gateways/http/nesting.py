"""How deep the JSON of others may nest: what is deeper could be taken in, and not be written or read again."""

from collections.abc import Mapping
from typing import Any

from gateways.http.problems import invalid_input

__all__ = ["MOST_LEVELS", "check_nesting", "nests_too_deeply"]

MOST_LEVELS = 32


def check_nesting(fields: Mapping[str, Any]) -> None:
    """Raises Problem for the first of the fields, given by path, that nests too deeply."""
    for path, value in fields.items():
        if nests_too_deeply(value):
            raise invalid_input(path, f"must not nest deeper than {MOST_LEVELS} levels")


def nests_too_deeply(value: Any, levels: int = MOST_LEVELS) -> bool:
    if isinstance(value, dict):
        inside = list(value.values())
    elif isinstance(value, list):
        inside = value
    else:
        return False
    return levels == 0 or any(nests_too_deeply(inner, levels - 1) for inner in inside)
