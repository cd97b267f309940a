"""Waiting until projections have seen an event: whoever has written reads what was written."""

import asyncio
from collections.abc import Sequence

from gateways.http.call import Call
from gateways.http.problems import Problem, invalid_input
from projections.runner import DatabaseUnavailableError, Projection
from projections.runner.status import is_caught_up

__all__ = ["wait_for_position", "wait_until_caught_up"]

_PATIENCE = 10.0
_LOOK_SECONDS = 0.03


async def wait_until_caught_up(call: Call, projections: Sequence[Projection]) -> None:
    """For what ``after_position`` asks. Raises Problem 503 when it takes too long."""
    if "after_position" not in call.query:
        return
    position = call.number("after_position", 0, 0, 2**62)
    if position > await asyncio.to_thread(call.services.journal.last_position):
        raise invalid_input("after_position", f"the record has not come as far as {position}")
    await wait_for_position(call, projections, position)


async def wait_for_position(call: Call, projections: Sequence[Projection], position: int) -> None:
    """Raises Problem 503 when it takes too long."""
    names = {projection.name for projection in projections}
    try:
        async with asyncio.timeout(_PATIENCE):
            while not await asyncio.to_thread(_caught_up, call, names, position):  # noqa: ASYNC110 - another process's
                await asyncio.sleep(_LOOK_SECONDS)
    except TimeoutError:
        detail = f"the report has not seen position {position} yet; try again shortly"
        raise Problem(503, "report_behind", detail, headers={"Retry-After": "2"}) from None


def _caught_up(call: Call, names: set[str], position: int) -> bool:
    try:
        return is_caught_up(call.services.projections.open(), names, position)
    except DatabaseUnavailableError:
        return False
