"""Reads from the projections outside the event loop."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from gateways.read_models.database import ProjectionsDatabase
from projections.runner import Database, Projection, TableReader, read_tables

__all__ = ["read"]

T = TypeVar("T")


async def read(database: ProjectionsDatabase, projections: Sequence[Projection], work: Callable[[TableReader], T]) -> T:
    """The result of ``work``, which runs on another thread as soon as one is free. Raises NotBuiltError or
    DatabaseUnavailableError while the projections cannot be read."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(database.readers, _read, database.open, projections, work)


def _read(
    open_database: Callable[[], Database], projections: Sequence[Projection], work: Callable[[TableReader], T]
) -> T:
    with read_tables(open_database(), *projections) as reader:
        return work(reader)
