"""Which rows of a live view have changed since they were last taken."""

from collections.abc import Callable

__all__ = ["Changed"]


class Changed:
    """Keys, in the order in which they were noted first. Where nobody takes them none are noted: it begins with the
    first ``take``."""

    def __init__(self) -> None:
        self._keys: dict[str, None] | None = None

    def note(self, *keys: str) -> None:
        if self._keys is not None:
            self._keys.update(dict.fromkeys(keys))

    def take(self, row: Callable[[str], bytes | None]) -> dict[str, bytes | None]:
        """What ``row`` makes of each key, None for a row that is gone."""
        keys, self._keys = self._keys or {}, {}
        return {key: row(key) for key in keys}
