"""The rows of a live view that have changed since they were last taken."""

from collections.abc import Callable

__all__ = ["Changed"]


class Changed:
    """A set of keys, in the order in which they were noted first. It notes none before the first ``take``, so that it
    does not grow where nobody takes them."""

    def __init__(self) -> None:
        self._keys: dict[str, None] | None = None

    def note(self, *keys: str) -> None:
        if self._keys is not None:
            self._keys.update(dict.fromkeys(keys))

    def take(self, row: Callable[[str], bytes | None]) -> dict[str, bytes | None]:
        """Each noted key with the row that ``row`` makes of it, None for a row that is gone. The set is empty
        afterwards."""
        keys, self._keys = self._keys or {}, {}
        return {key: row(key) for key in keys}
