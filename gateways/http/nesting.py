"""The limit on the nesting of JSON from outside. Deeper JSON could be accepted, but not written or read again."""

__all__ = ["MAX_LEVELS", "nests_too_deeply"]

MAX_LEVELS = 32


def nests_too_deeply(value: object, levels: int = MAX_LEVELS) -> bool:
    if isinstance(value, dict):
        inside = list(value.values())
    elif isinstance(value, list):
        inside = value
    else:
        return False
    return levels == 0 or any(nests_too_deeply(inner, levels - 1) for inner in inside)
