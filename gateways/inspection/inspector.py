"""What all inspection of one server shares."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from actors.journal import Journal
from actors.snapshots import Snapshots
from gateways.inspection.folding import FoldedStates

__all__ = ["Inspector"]

_AT_ONCE = 2

P = ParamSpec("P")
R = TypeVar("R")


class Inspector:
    """``states`` are the states worked out lately."""

    def __init__(self, journal: Journal, snapshots: Snapshots | None = None) -> None:
        self.states = FoldedStates(journal, snapshots)
        self._threads = ThreadPoolExecutor(_AT_ONCE, "inspection")

    def close(self) -> None:
        """Does not wait for what is under way; nobody wants it any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def work(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Calls the function on a thread of its own. Few at once, those nobody waits for any more among them: whoever
        inspects waits, nobody else does."""
        call = partial(function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)
