"""Taking turns: of those who want the same thing, one at a time."""

import asyncio
from weakref import WeakValueDictionary

__all__ = ["Turns"]


class Turns:
    """A lock for each thing, as long as somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[tuple[str, ...], asyncio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        return len(self._locks)

    def of(self, *thing: str) -> asyncio.Lock:
        return self._locks.setdefault(thing, asyncio.Lock())
