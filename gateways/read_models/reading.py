"""Reading from the projections on behalf of a call."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from gateways.http.call import Call
from gateways.http.problems import Problem
from projections.runner import (
    Database,
    DatabaseUnavailableError,
    NotBuiltError,
    Projection,
    Reading,
    read_tables,
)

__all__ = ["read"]

T = TypeVar("T")


async def read(call: Call, projections: Sequence[Projection], work: Callable[[Reading], T]) -> T:
    """What ``work`` makes of the tables, on another thread, when it is its turn. Raises Problem 503 while the
    projections cannot be read."""
    database, loop = call.services.projections, asyncio.get_running_loop()
    try:
        return await loop.run_in_executor(database.readers, _read, database.open, projections, work)
    except NotBuiltError as error:
        raise Problem(503, "not_built", str(error), headers={"Retry-After": "2"}) from None
    except DatabaseUnavailableError as error:
        detail = "the reports' database does not serve; try again shortly"
        raise Problem(503, "reports_unavailable", detail, headers={"Retry-After": "5"}) from error


def _read(open_database: Callable[[], Database], projections: Sequence[Projection], work: Callable[[Reading], T]) -> T:
    with read_tables(open_database(), *projections) as reading:
        return work(reading)
