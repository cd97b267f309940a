"""Supervision: background tasks begin again after a failure, and what does not work is known."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Literal, NamedTuple

__all__ = ["Impediment", "Supervision", "TaskEndedError"]

_PAUSE_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)

_pause = asyncio.sleep

_logger = logging.getLogger(__name__)

Work = Callable[[], Awaitable[object]]


class TaskEndedError(Exception):
    """Raised by a task that ends for a reason that needs no traceback. The message is answered by ``/readyz``."""


class Impediment(NamedTuple):
    """What is wrong with a task. While one is ``failing``, the server is not ready. One that is ``impaired`` does a
    part of its work, or waits for another system, and the server goes on without it."""

    status: Literal["failing", "impaired"]
    reason: str


class Supervision:
    """Runs the background tasks of a server, each under a name of its own, and knows which of them do not work.

    Reasons are answered by ``/readyz`` to anybody: they hold no secret and no personal data.
    """

    def __init__(self) -> None:
        self._impediments: dict[str, Impediment] = {}

    @property
    def impediments(self) -> dict[str, Impediment]:
        """What is wrong, by the names of the tasks."""
        return dict(sorted(self._impediments.items()))

    @property
    def failing(self) -> bool:
        return any(impediment.status == "failing" for impediment in self._impediments.values())

    def fail(self, name: str, reason: str) -> None:
        """Notes that a task does not work. Like ``impair`` and ``clear``, it may be called on any thread."""
        self._impediments[name] = Impediment("failing", reason)

    def impair(self, name: str, reason: str) -> None:
        """Notes that a task does not do all of its work."""
        self._impediments[name] = Impediment("impaired", reason)

    def clear(self, name: str) -> None:
        """Notes that a task works."""
        self._impediments.pop(name, None)

    @asynccontextmanager
    async def supervised(self, name: str, work: Work, pauses: Sequence[float] = ()) -> AsyncIterator[None]:
        """Runs a task until the context is left. It is then cancelled. ``pauses`` are the seconds before it begins
        again after one failure, after two, and so on."""
        task = asyncio.create_task(self._keep_running(name, work, pauses or _PAUSE_SECONDS))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            self.clear(name)

    async def _keep_running(self, name: str, work: Work, pauses: Sequence[float]) -> None:
        """Begins the work again whenever it ends. It counts as failing until it has run for as long as the last pause;
        after a long time without a failure, the pauses begin anew."""
        failures, loop = 0, asyncio.get_running_loop()
        while True:
            begun, pause = loop.time(), pauses[min(failures, len(pauses) - 1)]
            recovery = loop.call_later(pause, self._recover, name)
            try:
                reason = await _end_of(name, work)
            finally:
                recovery.cancel()
            _logger.error("%s begins again in %g s: %s", name, pause, reason)
            failures = 1 if loop.time() - begun > pauses[-1] else failures + 1
            self.fail(name, reason)
            await _pause(pause)

    def _recover(self, name: str) -> None:
        impediment = self._impediments.get(name)
        if impediment is not None and impediment.status == "failing":
            self.clear(name)


async def _end_of(name: str, work: Work) -> str:
    """Why the work has ended."""
    try:
        await work()
    except TaskEndedError as error:
        return str(error)
    except Exception as error:
        _logger.exception("%s has failed", name)
        return f"{_kind(error)}; the log says more"
    return "it has ended by itself"


def _kind(error: BaseException) -> str:
    """The type of an error, or of the first one in a group."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return type(error).__name__
