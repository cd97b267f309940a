"""The resources that all inspection of one server shares."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from actors.journal import Journal
from actors.snapshots import Snapshots
from gateways.inspection.folding import FoldedStates

__all__ = ["Inspector"]

_MAX_AT_ONCE = 2

P = ParamSpec("P")
R = TypeVar("R")


class Inspector:
    """The threads for inspection, and in ``states`` the states that were folded lately."""

    def __init__(self, journal: Journal, snapshots: Snapshots | None = None) -> None:
        self.states = FoldedStates(journal, snapshots)
        self._threads = ThreadPoolExecutor(_MAX_AT_ONCE, "inspection")

    def close(self) -> None:
        """Stops the threads. It does not wait for work under way, because nobody wants the results any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def work(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Calls the function on a thread for inspection. At most ``_MAX_AT_ONCE`` run at once, including those for
        which nobody waits any more, so that only those who inspect have to wait for one another."""
        call = partial(function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)
