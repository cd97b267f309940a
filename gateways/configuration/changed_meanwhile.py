"""Refusals of changes that came too late name the change that came before them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gateways.configuration.recorded_changes import change_at
from gateways.exceptions import RefusedError
from gateways.services import Services
from schemas.configuration import TableName
from schemas.replies import RefusalCode

__all__ = ["naming_changes"]

_TOO_LATE = (RefusalCode.CHANGED_MEANWHILE, RefusalCode.CONFIGURATION_CHANGED)


@asynccontextmanager
async def naming_changes(services: Services, table: TableName | None = None, name: str = "") -> AsyncIterator[None]:
    """Adds to a refusal ``changed``: the last change of the item, or of the whole configuration, who made it and when,
    and how the item is since then."""
    try:
        yield
    except RefusedError as refused:
        if refused.code not in _TOO_LATE:
            raise
        configuration = services.configuration
        version = configuration.version if table is None else configuration.last_change(table, name)
        last = await asyncio.to_thread(change_at, services.journal, version)
        if last is not None:
            refused.more["changed"] = last.described()
        raise
