"""How deep the JSON of others may nest: what is deeper could be taken in, and not be written or read again."""

from typing import Any

__all__ = ["MAX_LEVELS", "nests_too_deeply"]

MAX_LEVELS = 32


def nests_too_deeply(value: Any, levels: int = MAX_LEVELS) -> bool:
    if isinstance(value, dict):
        inside = list(value.values())
    elif isinstance(value, list):
        inside = value
    else:
        return False
    return levels == 0 or any(nests_too_deeply(inner, levels - 1) for inner in inside)
