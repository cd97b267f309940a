"""Watches what nobody delivers: parked deliveries wait for somebody's decision."""

import asyncio
import logging

from gateways.data_directory import DataFileError
from gateways.outbox.listing import parked_deliveries
from gateways.services import Services

__all__ = ["look_at_deliveries"]

_NAME = "deliveries"
_PARKED = "parked deliveries to "

_logger = logging.getLogger(__name__)


async def look_at_deliveries(services: Services) -> None:
    """Notes the targets with parked deliveries, and whether the outbox can be read."""
    supervision = services.supervision
    try:
        parked = await asyncio.to_thread(parked_deliveries, services.outbox)
    except DataFileError as error:
        _logger.warning("parked deliveries cannot be counted: %s", error)
        supervision.impair(_NAME, "the outbox cannot be read; the log says why")
        return
    supervision.clear(_NAME)
    for name in supervision.impediments:
        if name.startswith(_PARKED) and name.removeprefix(_PARKED) not in parked:
            supervision.clear(name)
    for target, count in parked.items():
        supervision.impair(f"{_PARKED}{target}", f"{count} to be tried again or dropped")
