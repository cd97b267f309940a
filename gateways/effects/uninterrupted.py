"""Work that is not left behind when its caller is cancelled."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

__all__ = ["cancelled", "uninterrupted"]

P = ParamSpec("P")
R = TypeVar("R")


async def uninterrupted(function: Callable[P, R], /, *arguments: P.args, **named: P.kwargs) -> R:
    """As ``asyncio.to_thread``; but a caller that is cancelled waits until the thread has ended, so that nothing is
    written after the caller believes that it has stopped."""
    working = asyncio.ensure_future(asyncio.to_thread(function, *arguments, **named))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait([working])
        raise


async def cancelled(task: asyncio.Task[None]) -> None:
    """Cancels the task and waits until it has ended."""
    task.cancel()
    await asyncio.wait([task])
