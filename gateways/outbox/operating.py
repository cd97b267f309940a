"""What people do with deliveries and targets. Those who make the deliveries are told of every change."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from gateways.data_directory import DataFileUnavailableError
from gateways.exceptions import RefusedError
from gateways.outbox.delivery import Delivery
from gateways.outbox.listing import effect_of_target, find_delivery
from gateways.outbox.outbox import Outbox
from schemas.replies import RefusalCode

__all__ = [
    "drop_delivery",
    "existing_delivery",
    "in_outbox",
    "resume_target",
    "retry_delivery",
    "retry_target",
    "rewind_target",
]

_MAX_QUOTED = 64

P = ParamSpec("P")
R = TypeVar("R")


async def in_outbox(function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Calls the function on a thread. Raises RefusedError while the outbox cannot be read or written."""
    with _available():
        return await asyncio.to_thread(function, *arguments, **named)


async def existing_delivery(outbox: Outbox, number: int, target: str | None = None) -> Delivery:
    """The delivery of this number, of this target if one is given. Raises RefusedError when there is none."""
    found = await in_outbox(find_delivery, outbox, number)
    if found is None or target not in (None, found.target):
        raise RefusedError(RefusalCode.NOT_FOUND, f"there is no delivery {number}")
    return found


async def retry_delivery(outbox: Outbox, number: int, target: str | None = None) -> Delivery:
    """Lets a delivery that has ended wait again, and returns it. Raises RefusedError for one that waits or is made."""
    found = await existing_delivery(outbox, number, target)
    if not await in_outbox(outbox.retry, number):
        detail = f"delivery {number} is {found.state}; what is parked, refused or delivered can be tried again"
        raise RefusedError(RefusalCode.DELIVERY_STATE, detail)
    _notify(outbox, found.effect, found.target)
    return await existing_delivery(outbox, number, target)


async def drop_delivery(outbox: Outbox, number: int) -> None:
    """Forgets a delivery that waits or is parked. Raises RefusedError for one that has ended or is being made."""
    found = await existing_delivery(outbox, number)
    if not await in_outbox(outbox.drop, number):
        detail = f"delivery {number} is {found.state}; what waits or is parked can be dropped"
        raise RefusedError(RefusalCode.DELIVERY_STATE, detail)
    _notify(outbox, found.effect, found.target)


async def retry_target(outbox: Outbox, target: str) -> int:
    """Lets all parked deliveries of the target wait again, and returns how many."""
    effect = await _effect_of(outbox, target)
    count = await in_outbox(outbox.retry_parked, target)
    _notify(outbox, effect, target)
    return count


async def resume_target(outbox: Outbox, target: str) -> None:
    """Lets a target work again that was stopped."""
    effect = await _effect_of(outbox, target)
    await in_outbox(outbox.resume, target)
    if (runner := outbox.runners.get(effect)) is not None:
        runner.resume()


async def rewind_target(outbox: Outbox, target: str, position: int, effect: str | None = None) -> None:
    """Lets the events beyond the position go to the target again. A target that never had a delivery is known only to
    those who name its ``effect``."""
    effect = effect or await _effect_of(outbox, target)
    runner = outbox.runners.get(effect)
    if runner is None:
        await in_outbox(outbox.rewind, effect, target, position)
    else:
        with _available():
            await runner.rewind(target, position)


@contextmanager
def _available() -> Iterator[None]:
    try:
        yield
    except DataFileUnavailableError as error:
        detail = "deliveries cannot be read or written just now; repeat the request shortly"
        raise RefusedError(RefusalCode.DELIVERIES_UNAVAILABLE, detail) from error


def _notify(outbox: Outbox, effect: str, target: str) -> None:
    if (runner := outbox.runners.get(effect)) is not None:
        runner.notify([target])


async def _effect_of(outbox: Outbox, target: str) -> str:
    effect = await in_outbox(effect_of_target, outbox, target)
    if effect is None:
        raise RefusedError(RefusalCode.NOT_FOUND, f"there is no target {target[:_MAX_QUOTED]!r}")
    return effect
