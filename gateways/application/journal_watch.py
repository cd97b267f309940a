"""Watches the journal's file: whether it is in its place, whether it can be written, and how long its log is."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from actors.journal import JournalUnavailableError, SqliteJournal
from gateways.services import Services

__all__ = ["look_at_journal", "watch_journal"]

_NAME = "journal"
_LOOK_SECONDS = 1.0

_logger = logging.getLogger(__name__)


@asynccontextmanager
async def watch_journal(services: Services) -> AsyncIterator[None]:
    """Looks at it every second until the context is left. A journal in memory needs no watch."""
    if isinstance(services.journal, SqliteJournal):
        work = partial(_keep_looking, services, services.journal)
        async with services.supervision.supervised("watch of the journal", work):
            yield
    else:
        yield


async def look_at_journal(services: Services) -> None:
    """Notes whether the journal can be written now."""
    journal = services.journal
    if not isinstance(journal, SqliteJournal):
        return
    try:
        await asyncio.to_thread(journal.check_writable)
    except JournalUnavailableError as error:
        if _NAME not in services.supervision.impediments:
            _logger.critical("%s", error)
        services.supervision.fail(_NAME, "nothing can be written; the log says why")
    else:
        if _NAME in services.supervision.impediments:
            _logger.warning("the journal can be written again")
        services.supervision.clear(_NAME)


async def _keep_looking(services: Services, journal: SqliteJournal) -> None:
    while True:
        await look_at_journal(services)
        await asyncio.to_thread(journal.shorten_log)
        await asyncio.sleep(_LOOK_SECONDS)
