"""Waits until projections have seen an event, so that callers can read what they have written."""

import asyncio
from collections.abc import Sequence

from gateways.read_models.database import ProjectionsDatabase
from gateways.read_models.exceptions import ReportBehindError
from projections.runner import DatabaseUnavailableError, Projection
from projections.runner.status import is_caught_up

__all__ = ["wait_for_position"]

_MAX_SECONDS = 10.0
_LOOK_SECONDS = 0.03


async def wait_for_position(database: ProjectionsDatabase, projections: Sequence[Projection], position: int) -> None:
    """Waits until the projections have reached the position. Raises ReportBehindError when that takes too long."""
    names = {projection.name for projection in projections}
    try:
        async with asyncio.timeout(_MAX_SECONDS):
            while not await asyncio.to_thread(_caught_up, database, names, position):  # noqa: ASYNC110 - another process's
                await asyncio.sleep(_LOOK_SECONDS)
    except TimeoutError:
        raise ReportBehindError(f"the report has not seen position {position} yet; try again shortly") from None


def _caught_up(database: ProjectionsDatabase, names: set[str], position: int) -> bool:
    try:
        return is_caught_up(database.open(), names, position)
    except DatabaseUnavailableError:
        return False
