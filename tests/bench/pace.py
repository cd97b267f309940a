"""Requests at an even rate, whether or not earlier ones are answered."""

import asyncio
import time
from collections.abc import Callable, Coroutine

__all__ = ["evenly"]


async def evenly(per_second: float, seconds: float, request: Callable[[int], Coroutine[None, None, None]]) -> None:
    """Makes the requests, numbered from 0, and waits until all are answered. Raises the exception that one of them
    raises."""
    started = time.perf_counter()
    async with asyncio.TaskGroup() as requests:
        for number in range(int(per_second * seconds)):
            due = started + number / per_second
            if (wait := due - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            requests.create_task(request(number))
